"""An observation comes to the shared table by the focal point of its State alone, and begins in a room."""

from django.db import migrations

from core.database.guards import guarded

_TABLE = "reviews_observation"


class Migration(migrations.Migration):
    dependencies = [("observations", "0004_clearances_taken_back"), ("dialogue", "0004_laid_by_focal_points")]

    operations = [
        guarded(
            _TABLE, "laid_by_focal_point", on="UPDATE", when="OLD.room_id IS NOT NULL AND NEW.room_id IS NULL",
            function="reviews_laid_by_focal_point",
        ),
        guarded(
            _TABLE, "begins_in_a_room", on="INSERT", when="NEW.room_id IS NULL", function="reviews_begins_in_a_room"
        ),
    ]  # fmt: skip
