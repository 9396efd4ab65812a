"""Writing below a suggestion, to one's own colleagues or for one's State to all, and saying that it is settled."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from accounts.people.models import User
from core import audit
from observations.suggestion_notes.enums import NoteMark
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestion_notes.selectors import is_resolved, mentionable, thread_in
from observations.suggestions import deciding_states, lock_suggestion
from observations.suggestions.enums import SuggestionAction
from observations.suggestions.models import Suggestion
from observations.texts import states_agreeing
from reviews.capacities import require_capacity
from reviews.cases import tell
from reviews.cases.enums import News
from reviews.discussion import clean_note, named_in, require_all_seen, require_unresolved
from reviews.drafts import Shown, require_shown, shown_on_table, shown_to_own_state
from reviews.participation import focal_points_of, participants_of

_ACTION = {True: SuggestionAction.REPLY, False: SuggestionAction.NOTE}


@transaction.atomic
def write_to_colleagues(
    *, actor: User, suggestion: Suggestion, text: str, shown: Shown, mentioned: Collection[UUID] = ()
) -> SuggestionNote:
    """Write a note for the people of one's own State; ``mentioned``, or who is named with an @, is told by mail.

    Raises ServiceError, by the field, for a note without words; OutdatedError where the thread was resolved meanwhile;
    ConflictError where others would read it than was ``shown``.
    """
    row = lock_suggestion(actor, suggestion, SuggestionAction.NOTE)
    room = require_capacity(actor, row.review).state_party_id
    require_shown(shown, shown_to_own_state(room))
    people = mentionable(actor, row.review)
    for person in people:
        if person.pk in mentioned and person not in named_in(text, people):
            text = f"@{person.full_name} {text}"
    note = _add(actor, row, room, text)
    _tell(row, note, named_in(note.text, people), News.SUGGESTION_MENTIONS, is_private=True)
    return note


@transaction.atomic
def write_to_all(*, actor: User, suggestion: Suggestion, text: str, shown: Shown) -> SuggestionNote:
    """Say something for one's State before all who read the text. Raises like ``write_to_colleagues``."""
    row = lock_suggestion(actor, suggestion, SuggestionAction.REPLY)
    require_shown(shown, shown_on_table(row.review))
    wrote = {note.written_by_id for note in thread_in(row, None)}
    note = _add(actor, row, None, text)
    states = deciding_states(row, states_agreeing(row.review, row.agreed_text.instrument_id))
    there = participants_of(row.review).filter(user__in=[row.written_by_id, row.tabled_by_id, *wrote])
    people = {*focal_points_of(row.review, states=states), *(part.user for part in there)}
    _tell(row, note, people, News.SUGGESTION_NOTED)
    return note


@transaction.atomic
def mark_resolved(*, actor: User, suggestion: Suggestion, is_to_all: bool, is_resolved_now: bool, seen: int) -> bool:
    """Say that the matter of a thread is settled, or is not; False where it was so before.

    ``seen``: how many entries stood there on the page. Raises ServiceError where it would settle what came since.
    """
    row = lock_suggestion(actor, suggestion, _ACTION[is_to_all])
    room = None if is_to_all else require_capacity(actor, row.review).state_party_id
    there = thread_in(row, room)
    if is_resolved(there) == is_resolved_now:
        return False
    if is_resolved_now:
        require_all_seen(seen, len(there))
    mark = NoteMark.RESOLVED if is_resolved_now else NoteMark.REOPENED
    note = SuggestionNote.objects.create(**_placed(actor, row, room), mark=mark)
    verb = "resolved" if is_resolved_now else "reopened"
    audit.record(actor, f"observations.suggestionnote.{verb}", note, after=_facts(note))
    return True


def _add(actor: User, row: Suggestion, room: UUID | None, text: str) -> SuggestionNote:
    require_unresolved(is_resolved=is_resolved(thread_in(row, room)))
    note = SuggestionNote.objects.create(**_placed(actor, row, room), text=clean_note(text))
    audit.record(actor, "observations.suggestionnote.written", note, after=_facts(note))
    return note


def _placed(actor: User, row: Suggestion, room: UUID | None) -> dict[str, object]:
    return {
        "review_id": row.review_id,
        "room_id": room,
        "language": row.language,
        "suggestion": row,
        "state_party_id": require_capacity(actor, row.review).state_party_id,
        "written_by": actor,
    }


def _tell(
    row: Suggestion, note: SuggestionNote, people: Iterable[User], news: News, *, is_private: bool = False
) -> None:
    args = (row.agreed_text.instrument.slug, row.agreed_text.kind, str(row.pk))
    tell(
        people,
        row.review,
        news,
        page="observations:suggestion-notes",
        args=args,
        key=str(note.pk),
        but=note.written_by,
        is_private=is_private,
    )


def _facts(note: SuggestionNote) -> dict[str, object]:
    return {"suggestion": str(note.suggestion_id), "note": str(note.pk)}
