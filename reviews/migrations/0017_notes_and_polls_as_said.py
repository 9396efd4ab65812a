"""Notes and polls hold what was said of them, whatever a statement writes (docs/adr/0090, 0014).

What a State has agreed to is the text that it saw; a draft of notes is a draft like any other where rooms are opened;
and a mute goes with a review that is taken back, whoever has set it.
"""

from django.db import migrations

from core.database.guards import FOR_PAGES, changed, guarded, refused, refused_on
from core.database.row_security import also_taken_out
from reviews.walls import OFFICER, OWN_WORDS

_NOTES, _POLL = "reviews_meetingnotes", "reviews_meetingpoll"
_UNSENT = f"""EXISTS (
        SELECT FROM {_NOTES} WHERE review_id = NEW.id AND room_id IS NOT NULL AND room_id <> NEW.state_under_review_id
    )"""
# Answers name a revision and a hash: neither comes back, and no other text has the hash of the one before.
_SAID_OF_ANOTHER = f"""OLD.room_id IS NULL AND ({changed(("text", "revision", "sha256"))})
    AND (NEW.revision <= OLD.revision OR NEW.text IS DISTINCT FROM OLD.text AND NEW.sha256 = OLD.sha256)"""
_ASKED = ("starts", "time_zone", "minutes", "means", "place", "agenda")
_ASKED_OTHERWISE = f"NEW.revision < OLD.revision OR NEW.revision = OLD.revision AND ({changed(_ASKED)})"
_NO_SUCH_MEETING = """NOT EXISTS (
        SELECT FROM {table} row WHERE row.id = NEW.meeting_id AND row.review_id = NEW.review_id
    )"""
# As ``reviews.agreement`` has it: a State that takes part now and is waited for, and has said nothing of this revision.
_WAITS = """EXISTS (
        SELECT FROM (
            SELECT row.state_party_id AS state FROM reviews_reviewingstate row WHERE row.review_id = NEW.review_id
            UNION SELECT review.state_under_review_id FROM reviews_review review WHERE review.id = NEW.review_id
        ) part
        WHERE NOT EXISTS (
            SELECT FROM reviews_pollanswer said WHERE said.poll_id = NEW.id AND said.revision = NEW.revision
                AND said.state_party_id = part.state
        ) AND NOT EXISTS (
            SELECT FROM reviews_partialteam row WHERE row.review_id = NEW.review_id AND row.state_party_id = part.state
        )
    )"""
_UNTOUCHED = """NOT EXISTS (
        SELECT FROM reviews_stepchange row WHERE row.review_id = reviews_mute.review_id AND row.from_step_id IS NOT NULL
    )"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_notes_taken_up")]

    operations = [
        refused(
            "reviews_review", "room_opens_over_no_notes", on="UPDATE", past_rooms=True, condition=_UNSENT,
            when="NEW.reviewers_share_room AND NOT OLD.reviewers_share_room",
            words="something unsent lies in a room that would be opened",
        ),
        guarded(
            _NOTES, "starts_unagreed", on="INSERT", when="NEW.status = 'agreed'",
            words="notes are agreed once all States that met have agreed to them",
        ),
        guarded(
            _NOTES, "revision_goes_on", on="UPDATE", when=_SAID_OF_ANOTHER,
            words="another text of notes is asked about anew",
        ),
        refused(
            _NOTES, "saved_in_own_name", on="UPDATE", when=changed(("text", "saved_by_id")), words=OWN_WORDS,
            condition=f"{FOR_PAGES} AND NEW.saved_by_id IS DISTINCT FROM acting_person()",
        ),
        refused_on(
            _NOTES, name="of_its_review", condition=_NO_SUCH_MEETING.format(table="reviews_dialoguemeeting"),
            words="notes are of a meeting of their review",
        ),
        refused_on(
            _POLL, name="of_its_review", words="a poll is about a meeting of its review",
            condition=f"NEW.meeting_id IS NOT NULL AND {_NO_SUCH_MEETING.format(table='reviews_plannedmeeting')}",
        ),
        refused(
            _POLL, "revision_goes_on", on="UPDATE", when=_ASKED_OTHERWISE, condition=FOR_PAGES,
            words="other times are asked about anew",
        ),
        refused(
            _POLL, "answered_by_all", on="UPDATE", when="OLD.status = 'open' AND NEW.status = 'closed'",
            condition=f"{FOR_PAGES} AND {_WAITS}",
            words="a poll is closed once all States have answered it as it stands",
        ),
        also_taken_out("reviews_mute", "with_review", f"{OFFICER} AND {_UNTOUCHED}"),
    ]  # fmt: skip
