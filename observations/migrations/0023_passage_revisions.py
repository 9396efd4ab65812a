"""Each save of a passage of a summary is kept, as each of an observation is (docs/adr/0097).

Of passages that are there, what they say now is the first that is kept.
"""

from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import NULL, USER, key, once, table
from core.database.guards import append_only, refused, refused_on
from core.database.row_security import protect_part
from reviews.walls import OWN_WORDS, not_said_by

_TABLE = "observations_passagerevision"
_KEEP = f"""
INSERT INTO {_TABLE} (id, created_at, updated_at, passage_id, number, text, saved_by_id, saved_for_id)
SELECT gen_random_uuid(), updated_at, updated_at, id, revision, text, saved_by_id, saved_for_id
FROM reviews_summarypassage
"""
_OF_PASSAGE = """(
        SELECT summary.review_id FROM reviews_summarypassage piece
        JOIN reviews_agreedtext summary ON summary.id = piece.agreed_text_id WHERE piece.id = NEW.passage_id
    )"""
# Passages are drawn from the list in nobody's name.
_IN_ANOTHERS_NAME = "(NEW.saved_by_id IS NOT NULL OR NEW.saved_for_id IS NOT NULL) AND {said}".format(
    said=not_said_by("saved_by_id", "saved_for_id", review=_OF_PASSAGE)
)
_OTHER_WORDS = """NOT EXISTS (
        SELECT FROM reviews_summarypassage piece
        WHERE piece.id = NEW.passage_id AND piece.revision = NEW.number AND piece.text = NEW.text
    )"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0022_rooms_open_past_who_has_left")]

    operations = [
        table("PassageRevision", "revision of a passage", "revisions of passages", [
            ("passage", key("observations.summarypassage", "passage of a summary", "revisions", rule=CASCADE)),
            ("number", models.PositiveIntegerField("revision")),
            ("text", models.TextField("text", blank=True)),
            ("saved_by", key(USER, "saved by", **NULL)),
            ("saved_for", key("accounts.stateparty", "saved for", **NULL)),
        ], [once("one_passage_a_revision", "passage", "number")], ordering=["-number"]),
        migrations.RunSQL(_KEEP, migrations.RunSQL.noop),
        # The passage is a part itself, and answers for it.
        protect_part(_TABLE, parent="reviews_summarypassage", key="passage_id", read="true", write="true"),
        append_only(_TABLE),
        refused(_TABLE, "in_own_name", on="INSERT", words=OWN_WORDS, condition=_IN_ANOTHERS_NAME),
        refused_on(
            _TABLE, name="as_the_passage", condition=_OTHER_WORDS,
            words="what is kept of a passage is what it says as it is saved",
        ),
    ]  # fmt: skip
