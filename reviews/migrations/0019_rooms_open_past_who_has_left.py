"""A common room begins also where a State that has left had drafted notes: nobody reads its room (docs/adr/0056, 0014)."""

from django.db import migrations

from core.database.guards import refused_otherwise

_NOTES = "EXISTS (\n        SELECT FROM reviews_meetingnotes WHERE review_id = NEW.id AND {rooms}\n    )"
_STATES = "(SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.id)"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0018_opened_words")]

    operations = [
        refused_otherwise(
            "reviews_review_room_opens_over_no_notes", past_rooms=True,
            before=_NOTES.format(rooms="room_id IS NOT NULL AND room_id <> NEW.state_under_review_id"),
            condition=_NOTES.format(rooms=f"room_id IN {_STATES}"),
            words="something unsent lies in a room that would be opened",
        ),
    ]  # fmt: skip
