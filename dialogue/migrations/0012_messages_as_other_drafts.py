"""A message of the dialogue is held like other drafts, whatever a statement writes (docs/adr/0095, 0014)."""

from django.db import migrations

from core.database.guards import changed, guarded, refused
from reviews.walls import OWN_WORDS, WRITES, not_said_by

_MESSAGE = "dialogue_dialoguemessage"
_UNSENT = f"""EXISTS (
        SELECT FROM {_MESSAGE} WHERE review_id = NEW.id
            AND room_id IN (SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.id)
    )"""
_IN_COMMON_ROOM = """EXISTS (
        SELECT FROM reviews_review review WHERE review.id = OLD.review_id AND review.reviewers_share_room
            AND review.state_under_review_id <> OLD.state_party_id
    )"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0011_asides")]

    operations = [
        refused(
            "reviews_review", "room_opens_over_no_message", on="UPDATE", past_rooms=True, condition=_UNSENT,
            when="NEW.reviewers_share_room AND NOT OLD.reviewers_share_room",
            words="something unsent lies in a room that would be opened",
        ),
        refused(
            _MESSAGE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("written_by_id", "state_party_id", who=WRITES),
        ),
        guarded(
            _MESSAGE, "in_own_name_again", on="UPDATE", when=changed(("text", "written_by_id")),
            function=f"{_MESSAGE}_in_own_name",
        ),
        refused(
            _MESSAGE, "recalled_into_its_own_room", on="UPDATE", past_rooms=True, condition=_IN_COMMON_ROOM,
            when="OLD.sent_at IS NOT NULL AND NEW.sent_at IS NULL",
            words="a message is not recalled into a room that others read",
        ),
    ]  # fmt: skip
