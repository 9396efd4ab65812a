"""Notes of meetings that the tests write, as people who look and act in the same moment."""

from typing import Any

from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as_system
from reviews.cases.models import Review
from reviews.drafts.situations import shown_on_table
from reviews.meetings.models import DialogueMeeting
from reviews.minutes import services
from reviews.minutes.models import MeetingNotes
from reviews.minutes.selectors import get_held_meeting, get_notes, notes_of
from tests.at_once import log_meeting
from tests.dialogue.supplements.dialogues import REVIEW
from tests.utils import Cast

MET = ("expert", "same_group_expert", "other_group_expert")


def held(cast: Cast, *names: str, by: User | None = None) -> DialogueMeeting:
    """A meeting of today at which these took part; all three States, where nobody is named."""
    people = [cast.participations[name] for name in names or MET]
    logged = {"held_on": timezone.localdate(), "means": "videoconference", "participants": people}
    return log_meeting(actor=by or cast.focal_point, review=Review.objects.get(pk=cast.review.pk), **logged)


def _stored(meeting: DialogueMeeting) -> DialogueMeeting:
    with identified_as_system():
        return get_held_meeting(Review.objects.get(pk=meeting.review_id), meeting.pk)


def now(meeting: DialogueMeeting) -> MeetingNotes:
    with identified_as_system():
        return get_notes(Review.objects.get(pk=meeting.review_id), meeting.pk)


def write(actor: User, meeting: DialogueMeeting, text: str, **seen: Any) -> MeetingNotes:
    meeting = _stored(meeting)
    with identified_as_system():
        notes = notes_of(meeting.review, meeting)
        shown = services.shown_of_notes(actor, meeting, notes)
    given: dict[str, Any] = {"base": notes.revision if notes else 0, "shown": shown, **seen}
    return services.write_notes(actor=actor, meeting=meeting, text=text, **given)


def lay(actor: User, notes: MeetingNotes) -> MeetingNotes:
    with identified_as_system():
        notes = get_notes(Review.objects.get(pk=notes.review_id), notes.meeting_id)
        shown = shown_on_table(notes.review)
    return services.lay_notes(actor=actor, notes=notes, base=notes.revision, shown=shown)


def say(actor: User, meeting: DialogueMeeting, agrees: bool = True, note: str = "", **seen: Any) -> MeetingNotes:
    notes = now(meeting)
    given: dict[str, Any] = {"sha256": notes.sha256, **seen}
    return services.answer_notes(actor=actor, notes=notes, agrees=agrees, note=note, **given)


def page_of(meeting: DialogueMeeting, act: str = "") -> str:
    return f"{REVIEW}meetings/{meeting.pk}/notes/{act}"
