"""All States conclude the dialogue; each says so itself, or an officer notes that it did elsewhere (docs/adr/0084)."""

from django.db import migrations, models
from django.db.models import CASCADE
from django.utils import timezone

from core.database.columns import key, list_of, people, table
from core.database.guards import FOR_PAGES, append_only, refused
from core.database.row_security import protect
from reviews.walls import ANY_OFFICER, OWN_WORDS, SEES_REVIEW

_WORD = "dialogue_conclusionanswer"
_TAKES_PART = """NEW.state_party_id IN (
    SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.review_id
    UNION SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id
)"""
_NOT_SAID = f"""{FOR_PAGES} AND NOT (
    NEW.answered_by_id IS NOT DISTINCT FROM acting_person() AND CASE WHEN NEW.is_recorded
        THEN NEW.agrees AND {ANY_OFFICER} AND {_TAKES_PART}
        ELSE acting_focal_point(NEW.review_id, NEW.state_party_id) END
)"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0006_split")]

    operations = [
        table("ConclusionAnswer", "answer on the conclusion of the dialogue", "answers on the conclusion of the dialogue", [
            ("state_party", key("accounts.stateparty", "State")),
            ("agrees", models.BooleanField("agrees")),
            ("note", models.TextField("note", blank=True)),
            *people({}, answered_by="answered by"),
            ("answered_at", models.DateTimeField("answered at", default=timezone.now)),
            ("review", key("reviews.review", "review", "conclusion_answers", rule=CASCADE)),
            ("open_requests", list_of(models.UUIDField(), "requests that were open", blank=True)),
            ("is_recorded", models.BooleanField("was recorded by the secretariat", default=False)),
        ], ordering=["answered_at"]),
        protect(_WORD, read=SEES_REVIEW, write=SEES_REVIEW),
        append_only(_WORD),
        refused(_WORD, "in_own_name", on="INSERT", condition=_NOT_SAID, words=OWN_WORDS),
    ]  # fmt: skip
