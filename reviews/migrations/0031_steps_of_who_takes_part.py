"""How a review was opened goes with it alone, and a step is written by who takes it (docs/adr/0022).

Which States review, and what they cover, may be written until a review has its first step (reviews.0027).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.row_security import ME, THE_SYSTEM, close, written_as

_TAKES_PART = (
    "review_id IN (SELECT acting_reviews()) OR (SELECT acting_secretariat('{officer,administrator}'))"
    f" OR {THE_SYSTEM}"
)
_TAKES_STEP = f"(actor_id IS NULL OR actor_id = {ME}) AND ({_TAKES_PART})"
_GOES = """
CREATE CONSTRAINT TRIGGER goes_with_it AFTER DELETE ON reviews_stepchange DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION reviews_goes_with_review()
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0030_who_makes_public")]

    operations = [
        close("reviews_stepchange", read="true", write=_TAKES_PART),  # public pages show which step was reached
        written_as("reviews_stepchange", added=_TAKES_STEP, becoming=_TAKES_STEP, was=_TAKES_PART),
        RunSQL(_GOES, "DROP TRIGGER goes_with_it ON reviews_stepchange"),
    ]
