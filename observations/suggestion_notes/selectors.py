"""The threads below a suggestion that a reader has before him or her, and whom a note may mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.people.models import User
from core.policy import Decision, explain
from observations.suggestion_notes.enums import NoteMark
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestions.enums import SuggestionAction
from observations.suggestions.models import Suggestion
from observations.texts.models import AgreedText
from reviews.capacities import capacity_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.discussion import colleagues_of
from reviews.drafts import in_own_room, readable

_READ_THE_ROOM = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT, ParticipationRole.OBSERVER)


@dataclass(frozen=True, slots=True)
class NoteThread:
    """What is said below a suggestion in one place; ``may_write``: whether the reader may, or why not."""

    is_to_all: bool
    notes: Sequence[SuggestionNote]
    may_write: Decision

    @property
    def is_resolved(self) -> bool:
        return is_resolved(self.notes)


def is_resolved(notes: Sequence[SuggestionNote]) -> bool:
    """By the last mark; ``notes`` in the order in which they were written."""
    marks = [note.mark for note in notes if note.mark]
    return bool(marks) and marks[-1] == NoteMark.RESOLVED


def notes_visible_to(user: User, review: Review) -> QuerySet[SuggestionNote]:
    """On the shared table, and of the reader's own State; a room that is shared opens nothing here."""
    rows = SuggestionNote.objects.all()
    mine = in_own_room(rows, user, review).values("pk")
    return readable(rows, user, review).filter(Q(room=None) | Q(pk__in=mine))


def threads_of(user: User, suggestion: Suggestion) -> list[NoteThread]:
    """Among the reader's own people, and before all; that one only where the suggestion lies there too."""
    review = suggestion.review
    rows = notes_visible_to(user, review).filter(suggestion=suggestion)
    notes = list(rows.select_related("state_party", "written_by").order_by("created_at"))
    capacity = capacity_of(user, review)
    found = []
    if suggestion.room_id is None:
        to_all = [note for note in notes if note.room_id is None]
        found.append(NoteThread(True, to_all, explain(user, SuggestionAction.REPLY, suggestion)))
    if capacity is not None:
        own = [note for note in notes if note.room_id is not None]
        found.append(NoteThread(False, own, explain(user, SuggestionAction.NOTE, suggestion)))
    return found


def thread_in(suggestion: Suggestion, room: UUID | None) -> list[SuggestionNote]:
    """All that is said in one place, in the order of writing; the caller has asked the policy."""
    return list(SuggestionNote.objects.filter(suggestion=suggestion, room=room).order_by("created_at"))


def counts_of(user: User, text: AgreedText) -> dict[UUID, int]:
    """How many notes in words the reader finds, by key of the suggestion; one query."""
    rows = notes_visible_to(user, text.review).filter(suggestion__agreed_text=text, mark="").order_by()
    return dict(rows.values_list("suggestion").annotate(number=Count("pk")))


def said_to_all(review: Review) -> dict[UUID, list[SuggestionNote]]:
    """What lies on the shared table, by key of the suggestion; one query, for who reads the table."""
    rows = SuggestionNote.objects.filter(review=review, room=None).select_related("state_party")
    found: dict[UUID, list[SuggestionNote]] = {}
    for row in rows.order_by("created_at"):
        found.setdefault(row.suggestion_id, []).append(row)
    return found


def mentionable(user: User, review: Review) -> list[User]:
    """The colleagues of the same State who read its room, by name."""
    return colleagues_of(user, review, _READ_THE_ROOM)
