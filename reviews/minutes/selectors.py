"""Notes of meetings: who met, who has agreed, and what a reader of the dialogue sees of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy, looking_past_rooms
from core.errors import found
from core.policy import Decision, can, explain
from reviews.agreement import Absences, Agreement, absences_in, with_answers, worded_in_each, worded_now, words_on
from reviews.capacities import EXCHANGE_KINDS, own_state_of
from reviews.cases.models import Review, ReviewingState
from reviews.meetings import meetings_of
from reviews.meetings.models import DialogueMeeting
from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.minutes.models import MeetingNotes, NotesAnswer, states_that_met
from reviews.visibility import states_taking_part


@dataclass(frozen=True, slots=True)
class Notes(Agreement[NotesAnswer]):
    """Notes that are laid, with the words of the States that met on the revision that stands."""

    notes: MeetingNotes


@dataclass(frozen=True, slots=True)
class NotesRow:
    """What the dialogue shows below a meeting that was held.

    ``notes`` is None where there are none that the reader may read; ``drafting`` then is the State that drafts some.
    ``write`` is there where nobody has begun.
    """

    meeting: DialogueMeeting
    words: Notes | None
    notes: MeetingNotes | None
    drafting: StateParty | None
    may_write: bool
    may_change: bool
    may_discard: bool
    may_lay: bool
    answer: Decision | None
    may_reconsider: bool


def get_held_meeting(review: Review, pk: UUID | str) -> DialogueMeeting:
    """One of the log of a review; the caller asks the policy about it. Raises Http404 where there is none."""
    rows = meetings_of(review).filter(pk=pk).select_related("planned", "recorded_by", "recorded_for")
    meeting = found(found_for_policy(rows.first))
    meeting.review = review
    return meeting


def get_notes(review: Review, meeting: UUID) -> MeetingNotes:
    """Those of a meeting; the caller asks the policy about them. Raises Http404 where there are none."""
    notes = found(found_for_policy(_related(MeetingNotes.objects.filter(review=review, meeting_id=meeting)).first))
    return _at_home(notes, review)


def notes_of(review: Review, meeting: DialogueMeeting) -> MeetingNotes | None:
    """The same, or None: whatever room they lie in, to ask the policy about."""
    notes = found_for_policy(_related(MeetingNotes.objects.filter(review=review, meeting=meeting)).first)
    return None if notes is None else _at_home(notes, review)


def notes_visible_to(user: User, review: Review) -> list[MeetingNotes]:
    """Those that the reader of the review may read: of the table, and drafts of the own room; three queries."""
    rows = [_at_home(notes, review) for notes in _related(MeetingNotes.objects.filter(review=review))]
    return [notes for notes in rows if can(user, NotesAction.VIEW, notes)]


def notes_as_they_stand(notes: MeetingNotes) -> Notes:
    """The words on notes as they are stored now."""
    return worded_now(_at_home(_related(MeetingNotes.objects.filter(pk=notes.pk)).get(), notes.review), _words)


def open_notes(reviews: Iterable[Review]) -> list[Notes]:
    """Those in reviews of ``for_work`` that are laid and not agreed, and drafts; a constant number of queries.

    The database gives the drafts of the reader's own rooms alone; the caller asks the policy about each.
    """
    rows = _related(MeetingNotes.objects.exclude(status=NotesStatus.AGREED))
    return worded_in_each(reviews, rows, _words)


def notes_that_wait() -> list[MeetingNotes]:
    """Laid and not agreed, in reviews in which the States exchange anything."""
    rows = MeetingNotes.objects.filter(status=NotesStatus.LAID, review__step__kind__in=EXCHANGE_KINDS)
    return list(rows.select_related("review__step", "review__mechanism"))


def unsent_notes(review: Review) -> QuerySet[MeetingNotes]:
    """What the reviewing States have drafted and not laid, whoever asks; not of one that has left."""
    return MeetingNotes.objects.filter(review=review, room__in=review.reviewing_states.values("state_party"))


def drafts_of_who_left() -> list[MeetingNotes]:
    """Drafts of States that take part in the review no longer: nobody else could begin."""
    reviewing = ReviewingState.objects.filter(review=OuterRef("review"), state_party=OuterRef("drafted_for"))
    rows = MeetingNotes.objects.filter(~Exists(reviewing), status=NotesStatus.DRAFT)
    return list(rows.exclude(drafted_for=F("review__state_under_review")).select_related("review"))


def notes_rows(user: User, review: Review, meetings: Iterable[DialogueMeeting]) -> dict[UUID, NotesRow]:
    """By the key of each meeting of the log."""
    meetings = list(meetings)
    if not meetings:
        return {}
    readable = {notes.meeting_id: notes for notes in notes_visible_to(user, review)}
    with looking_past_rooms():  # that a State drafts some is known to all, so that no other begins
        rows = MeetingNotes.objects.filter(review=review, status=NotesStatus.DRAFT).select_related("drafted_for")
        drafting = {row.meeting_id: row.drafted_for for row in rows.defer("text", "text_html")}
    states = list(states_taking_part(review)) if readable else []
    absences = absences_in([review])[review.pk] if readable else Absences()
    found_rows: dict[UUID, NotesRow] = {}
    for meeting in meetings:
        meeting.review = review
        notes = readable.get(meeting.pk)
        words = _words(notes, states, absences) if notes and notes.room_id is None else None
        found_rows[meeting.pk] = _row(user, meeting, notes, words, drafting.get(meeting.pk))
    return found_rows


def _row(
    user: User, meeting: DialogueMeeting, notes: MeetingNotes | None, words: Notes | None, drafting: StateParty | None
) -> NotesRow:
    state = own_state_of(user, meeting.review)
    is_laid = notes is not None and notes.status == NotesStatus.LAID
    said = words.answer_of(state) if words else None
    is_asked = is_laid and words is not None and words.waits_for(state)
    may_begin = drafting is None and can(user, NotesAction.WRITE, meeting) if notes is None else False
    return NotesRow(
        meeting,
        words,
        notes,
        None if notes else drafting,
        may_write=can(user, NotesAction.WRITE, notes) if notes else may_begin,
        may_change=is_laid and can(user, NotesAction.CHANGE, notes),
        may_discard=notes is not None and can(user, NotesAction.DISCARD, notes),
        may_lay=notes is not None and can(user, NotesAction.LAY, notes),
        answer=explain(user, NotesAction.ANSWER, notes) if is_asked else None,
        may_reconsider=is_laid and said is not None and can(user, NotesAction.ANSWER, notes),
    )


def _related(rows: QuerySet[MeetingNotes]) -> QuerySet[MeetingNotes]:
    related = ("meeting__planned", "drafted_for", "saved_by", "review__mechanism", "review__step")
    rows = rows.select_related(*related, "review__state_under_review")
    return with_answers(rows.prefetch_related("meeting__participants__state_party"), NotesAnswer.objects.all())


def _at_home(notes: MeetingNotes, review: Review) -> MeetingNotes:
    notes.review = notes.meeting.review = review
    return notes


def _words(notes: MeetingNotes, states: Iterable[StateParty], absences: Absences) -> Notes:
    """Of the States that met and still take part."""
    notes.meeting.review = notes.review
    keys = {state.pk for state in states_that_met(notes.meeting)}
    asked = [state for state in states if state.pk in keys]
    return Notes(words_on(notes, asked, absences, since=notes.waits_since), notes)
