"""An act on many reviews is the act of the officer who has prepared it, whoever writes a statement (docs/adr/0014).

Another one carries on by having a worker do what is left, and writes nothing of it. A line goes with a review that is
taken back, and forgets a milestone that goes, whoever takes it out.
"""

from django.db import migrations

from core.database.guards import FOR_PAGES, refused, stays_as_written
from core.database.row_security import THE_SYSTEM
from reviews.walls import OFFICER

_ACT, _LINE = "reviews_bulkact", "reviews_bulkactline"
_WORDS = "an act on many reviews is done in the name of the officer who has prepared it"
_FORGETS = "NEW.milestone_id IS NULL AND to_jsonb(NEW) - 'milestone_id' = to_jsonb(OLD) - 'milestone_id'"
_OF_ANOTHER = f"""{FOR_PAGES} AND NOT (TG_OP = 'UPDATE' AND {_FORGETS}) AND NOT EXISTS (
        SELECT FROM {_ACT} act WHERE act.id = NEW.act_id AND act.actor_id = acting_person()
    )"""
_WITH_REVIEW = f"""({OFFICER} OR {THE_SYSTEM}) AND NOT EXISTS (
        SELECT FROM reviews_stepchange row WHERE row.review_id = {_LINE}.review_id AND row.from_step_id IS NOT NULL
    )"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_views_and_acts")]

    operations = [
        stays_as_written(_ACT, ("mechanism_id", "actor_id", "kind")),
        stays_as_written(_LINE, ("act_id", "review_id")),
        refused(
            _ACT, "by_its_actor", on="UPDATE", words=_WORDS,
            condition=f"{FOR_PAGES} AND OLD.actor_id IS DISTINCT FROM acting_person()",
        ),
        refused(_LINE, "by_its_actor", on="INSERT OR UPDATE", condition=_OF_ANOTHER, words=_WORDS),
        # Nothing was taken out before: no role had the right.
        migrations.RunSQL(
            f"ALTER POLICY door_delete ON {_LINE} USING ({_WITH_REVIEW})",
            f"ALTER POLICY door_delete ON {_LINE} USING ({OFFICER} OR {THE_SYSTEM})",
        ),
    ]  # fmt: skip
