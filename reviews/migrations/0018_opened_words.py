"""What was opened to chosen audiences is found by its words, by those who read it (docs/adr/0099)."""

from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import key, list_of, table
from core.database.row_security import LOOKING, THE_SYSTEM, close

_AUDIENCES = [
    ("review_team", "The reviewing States of this review"), ("states_parties", "All States parties"),
    ("public", "Everybody"),
]  # fmt: skip
# Whoever ends what was opened takes its words out with it.
_ENDS = "acting_focal_point(review_id, (SELECT state_under_review_id FROM reviews_review WHERE id = review_id))"
_READ = f"""audience = 'public' OR {LOOKING} OR {THE_SYSTEM}
    OR audience = 'states_parties' AND acting_party_to(review_id) OR {_ENDS}"""


class Migration(migrations.Migration):
    # That of observations makes acting_party_to.
    dependencies = [("reviews", "0017_notes_and_polls_as_said"), ("observations", "0014_audiences")]

    operations = [
        table("OpenedWords", "words of what was opened", "words of what was opened", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("audience", models.CharField("shared with", max_length=20, choices=_AUDIENCES)),
            ("opened", models.UUIDField("what was opened", unique=True)),
            ("language", models.CharField("language", max_length=10)),
            ("names_experts", models.BooleanField("names experts", default=False)),
            ("letters", models.TextField("words")),
            ("stems", SearchVectorField("stems of the words")),
            ("articles", list_of(models.PositiveSmallIntegerField(), "articles")),
            ("headings", list_of(models.CharField(max_length=30), "headings")),
        ]),
        close("reviews_openedwords", read=_READ, write=f"{THE_SYSTEM} OR {_ENDS}"),
    ]  # fmt: skip
