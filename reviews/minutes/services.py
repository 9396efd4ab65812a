"""Notes of a meeting: written by one of those who met, laid before the others, changed until each has agreed.

Source: the experts hold their dialogue by the means that suit them (procedures and rules, paragraph 35); that notes of
a meeting are agreed is the portal's (docs/adr/0090).
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.hashes import document_hash
from core.language.text import clean_markdown, clean_text, require_text
from core.policy import SystemActor, require
from reviews.agreement import require_current
from reviews.capacities import own_state_of, require_capacity
from reviews.cases import language_of, lock_review, lock_with_review, tell
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.drafts import Shown, require_base, require_seen, require_shown, rewrite, shown_in_room, shown_on_table
from reviews.meetings.models import DialogueMeeting
from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.minutes.models import MeetingNotes, states_that_met
from reviews.minutes.selectors import drafts_of_who_left, get_notes, notes_as_they_stand, notes_of, notes_that_wait
from reviews.opening import TeamChange
from reviews.participation import focal_points_of
from reviews.visibility import states_taking_part

logger = logging.getLogger(__name__)
_MAXIMUM_TEXT, _MAXIMUM_NOTE = 50_000, 2000  # characters


@transaction.atomic
def write_notes(*, actor: User, meeting: DialogueMeeting, text: str, base: int, shown: Shown) -> MeetingNotes:
    """Save the notes of a meeting: a draft in the room of the actor's State; of the secretariat, before all at once.

    Where they are laid already the other States are asked anew: what they had said no longer counts. ``base`` is the
    revision that the writer saw, 0 for none, ``shown`` who was to read it. Raises ConflictError where a colleague saved
    since or others would read it, and ServiceError without a text, and where another State drafts them by now.
    """
    lock_review(meeting.review)
    review, notes = meeting.review, notes_of(meeting.review, meeting)
    if notes is not None and base == 0 and notes.room_id not in {None, own_state_of(actor, review)}:
        raise ServiceError(_("Another State drafts the notes of this meeting by now."), field="text")
    is_laid = notes is not None and notes.status != NotesStatus.DRAFT
    require(actor, NotesAction.CHANGE if is_laid else NotesAction.WRITE, notes or meeting)
    text = clean_markdown(text.strip(), maximum=_MAXIMUM_TEXT)
    if not text:
        raise ServiceError(_("Write what was said."), field="text")
    require_shown(shown, shown_of_notes(actor, meeting, notes), notes, base=base)
    if notes is None:
        require_base(notes, base)
        return _begin(actor, meeting, text)
    if not rewrite(notes, text, base, saved_by=actor):
        return notes
    if notes.status == NotesStatus.LAID:
        notes.sha256, notes.asked_at = document_hash(notes.document()), timezone.now()
    notes.save()
    if notes.status == NotesStatus.LAID:
        audit.record(actor, "reviews.notes.changed", notes, after=_facts(notes))
        _ask(actor, notes, News.NOTES_CHANGED)
    return notes


@transaction.atomic
def lay_notes(*, actor: User, notes: MeetingNotes, base: int, shown: Shown) -> MeetingNotes:
    """Lay a draft before the States that met; the actor's own has agreed by that.

    ``base``: the revision that the focal point saw; ``shown``: who reads it on the table. Raises ServiceError and
    ConflictError where something else holds by now.
    """
    notes = _hold(notes)
    require(actor, NotesAction.LAY, notes)
    require_seen(notes.revision, base)
    require_shown(shown, shown_on_table(notes.review), notes, base=base)
    notes.room, notes.status, notes.laid_at = None, NotesStatus.LAID, timezone.now()
    notes.sha256 = document_hash(notes.document())
    notes.save()
    audit.record(actor, "reviews.notes.laid", notes, after=_facts(notes))
    _ask(actor, notes, News.NOTES_LAID)
    return notes


@transaction.atomic
def answer_notes(*, actor: User, notes: MeetingNotes, sha256: str, agrees: bool, note: str = "") -> MeetingNotes:
    """Agree for the actor's State to exactly the text with this hash, or object; with the last yes it is frozen.

    As long as it is not, a State may change its word. Raises OutdatedError when the text was changed since, and
    ServiceError for an objection without a word what is to change.
    """
    notes = _hold(notes)
    require(actor, NotesAction.ANSWER, notes)
    message = _("The notes were changed in the meantime. Read them as they are now, and say so again.")
    outdated = OutdatedError(message, now=notes.sha256)
    require_current(notes, outdated, sha256=sha256)
    if document_hash(notes.document()) != sha256:  # what stands there is not what the row says of it
        raise outdated
    note = clean_text(note, maximum=_MAXIMUM_NOTE, field="note").strip()
    if not agrees:
        note = require_text(note, _("Say what is to be changed."), field="note")
    answer, _is_new = notes.answers.update_or_create(
        state_party_id=require_capacity(actor, notes.review).state_party_id,
        revision=notes.revision,
        defaults={
            "agrees": agrees, "note": note, "answered_by": actor, "answered_at": timezone.now(), "sha256": sha256
        },
    )  # fmt: skip
    facts = {**_facts(notes), "state": answer.state_party.iso3, "agrees": agrees}
    audit.record(actor, "reviews.notes.answered", notes, after=facts)
    if not _settle(actor, notes) and not agrees:
        _tell(actor, notes, _keepers(notes), News.NOTES_OBJECTED, more=f":{answer.pk}:{answer.answered_at.timestamp()}")
    return notes


@transaction.atomic
def discard_notes(*, actor: User, notes: MeetingNotes, base: int) -> None:
    """Throw a draft away, so that any State that met may begin. Raises ServiceError where ``base`` is stale."""
    notes = _hold(notes)
    require(actor, NotesAction.DISCARD, notes)
    require_seen(notes.revision, base)
    audit.record(actor, "reviews.notes.discarded", notes, after=_facts(notes))
    notes.delete()


def settle_notes(actor: SystemActor) -> None:
    """As a worker: what waits for nobody any more is agreed, and drafts of States that have left go.

    An absence is recorded, and a participation ends, without a word on notes.
    """
    for row in notes_that_wait():
        try:
            _settle_if_said(actor, row)
        except Exception:  # one that fails by a mistake of ours keeps no other waiting
            logger.exception("The notes %s were not settled", row.pk)
    for row in drafts_of_who_left():
        with transaction.atomic():
            audit.record(actor, "reviews.notes.discarded", row, after=_facts(row))
            row.delete()


def shown_of_notes(actor: Actor, meeting: DialogueMeeting, notes: MeetingNotes | None) -> Shown:
    """Who reads what is saved: a State's people until it is laid; what the secretariat writes all at once."""
    state = own_state_of(actor, meeting.review)
    if notes is None:
        return shown_on_table(meeting.review) if state is None else shown_in_room(meeting.review, state)
    return shown_on_table(meeting.review) if notes.room_id is None else shown_in_room(meeting.review, notes.room_id)


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: notes that only a State that has left had not agreed to are agreed."""
    for row in MeetingNotes.objects.filter(review=review, status=NotesStatus.LAID):
        _settle(actor, get_notes(review, row.meeting_id))


def _hold(notes: MeetingNotes) -> MeetingNotes:
    """Raises ServiceError where a colleague has discarded the draft meanwhile."""
    try:
        return lock_with_review(notes, "meeting", "drafted_for")
    except MeetingNotes.DoesNotExist as error:
        raise ServiceError(_("This draft is not there any more.")) from error


def _begin(actor: User, meeting: DialogueMeeting, text: str) -> MeetingNotes:
    review, state = meeting.review, own_state_of(actor, meeting.review)
    notes = MeetingNotes(
        review=review,
        language=language_of(review),
        meeting=meeting,
        text=text,
        room_id=state,
        drafted_for_id=state,
        saved_by=actor,
    )
    if state is None:
        notes.status, notes.laid_at = NotesStatus.LAID, timezone.now()
        notes.sha256 = document_hash(notes.document())
    notes.save()
    if state is None:
        audit.record(actor, "reviews.notes.laid", notes, after=_facts(notes))
        _ask(actor, notes, News.NOTES_LAID)
    else:
        audit.record(actor, "reviews.notes.begun", notes, after=_facts(notes))
    return notes


def _ask(actor: User, notes: MeetingNotes, news: News) -> None:
    """Whoever lays or changes them has agreed for the own State; an officer speaks for none."""
    if notes.drafted_for_id is not None and notes.drafted_for_id == own_state_of(actor, notes.review):
        notes.answers.create(
            state_party_id=notes.drafted_for_id,
            revision=notes.revision,
            sha256=notes.sha256,
            agrees=True,
            answered_by=actor,
        )
    if not _settle(actor, notes):
        missing = [state.pk for state in notes_as_they_stand(notes).missing]
        _tell(actor, notes, focal_points_of(notes.review, states=missing), news)


def _settle(actor: Actor, notes: MeetingNotes) -> bool:
    """The only place that says from the words that notes are agreed; tells all who speak for a State that met."""
    if not _is_said_by_all(notes):
        return False
    notes.status, notes.agreed_at = NotesStatus.AGREED, timezone.now()
    notes.save(update_fields=["status", "agreed_at", "updated_at"])
    audit.record(actor, "reviews.notes.agreed", notes, after=_facts(notes))
    states = [state.pk for state in states_that_met(notes.meeting)]
    _tell(actor, notes, focal_points_of(notes.review, states=states), News.NOTES_AGREED)
    return True


def _is_said_by_all(notes: MeetingNotes) -> bool:
    words = notes_as_they_stand(notes)
    return bool(words.words) and words.is_agreed


@transaction.atomic
def _settle_if_said(actor: SystemActor, row: MeetingNotes) -> None:
    if not _is_said_by_all(row):
        return
    notes = _hold(get_notes(row.review, row.meeting_id))
    if notes.status == NotesStatus.LAID:
        _settle(actor, notes)


def _keepers(notes: MeetingNotes) -> list[User]:
    """Who goes on with notes that are laid: an officer where the State that drafted them takes part no longer."""
    if notes.drafted_for_id is None:
        return [notes.saved_by]
    if states_taking_part(notes.review).filter(pk=notes.drafted_for_id).exists():
        return focal_points_of(notes.review, states=[notes.drafted_for_id])
    return [notes.review.officer] if notes.review.officer else []


def _facts(notes: MeetingNotes) -> dict[str, object]:
    """For the record of acts: which revision, and nothing written."""
    return {"revision": notes.revision, **({"sha256": notes.sha256} if notes.sha256 else {})}


def _tell(actor: Actor, notes: MeetingNotes, people: list[User], news: News, *, more: str = "") -> None:
    args, key = (str(notes.meeting_id),), f"{notes.pk}:{notes.revision}{more}"
    tell(people, notes.review, news, page="reviews:notes", args=args, key=key, but=actor)
