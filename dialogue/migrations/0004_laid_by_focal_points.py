"""What lies in a room comes to the shared table by the focal point of its State alone, and begins in a room."""

from django.db import migrations

from core.database.guards import FOR_PAGES, guarded, refused

_FIRST, *_OTHERS = (
    "reviews_writtenfeedback", "reviews_clarificationrequest", "reviews_clarificationanswer",
    "reviews_supplementaryinformation", "dialogue_feedbackreply",
)  # fmt: skip
_LAID = "OLD.room_id IS NOT NULL AND NEW.room_id IS NULL"
_BEGINS = "NEW.room_id IS NULL"
_BY_FOCAL_POINT, _IN_A_ROOM = "reviews_laid_by_focal_point", "reviews_begins_in_a_room"


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0003_replies")]

    operations = [
        refused(
            _FIRST, "laid_by_focal_point", on="UPDATE", when=_LAID, function=_BY_FOCAL_POINT,
            condition=f"{FOR_PAGES} AND NOT acting_focal_point(OLD.review_id, OLD.room_id)",
            words="what lies in a room is laid on the table by the focal point of its State",
        ),
        *[guarded(each, "laid_by_focal_point", on="UPDATE", when=_LAID, function=_BY_FOCAL_POINT) for each in _OTHERS],
        refused(
            _FIRST, "begins_in_a_room", on="INSERT", when=_BEGINS, function=_IN_A_ROOM, condition=FOR_PAGES,
            words="what people write begins in the room of their State",
        ),
        *[guarded(each, "begins_in_a_room", on="INSERT", when=_BEGINS, function=_IN_A_ROOM) for each in _OTHERS],
    ]  # fmt: skip
