"""The table of permissions on the notes of a meeting that was held.

Those who met write them: a State in its room, the secretariat, where it met too, before all at once. The focal point of
each State that met says yes or no. Printed whole in tests/permissions/notes_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, officer
from core.policy import PolicyCondition, Predicate, Rule, Table, during, may, unless
from reviews.capacities import (
    IN_EXCHANGE,
    ONLY_READERS,
    ReviewFacts,
    asker_in,
    drafter,
    focal_point,
    in_own_rooms,
    of_own_state,
    sees_review,
)
from reviews.meetings.models import DialogueMeeting
from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.minutes.models import MeetingNotes, secretariat_met, states_that_met
from reviews.visibility import states_taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesFacts(ReviewFacts):
    """What the table needs to know: of a meeting without notes, no ``status``.

    ``met``: the asker's State took part in the meeting; ``secretariat_met``: the secretariat invited to it or recorded
    it. ``drafted_for`` is None for the secretariat's. ``is_on_table``: or there are no notes yet, which all may know.
    ``has_drafter_left``: the State whose notes are laid takes part no longer; looked up for the secretariat alone.
    """

    status: NotesStatus | None = None
    drafted_for: Any = None
    has_drafter_left: bool = False
    is_on_table: bool = False
    met: bool = False
    secretariat_met: bool = False


begun: Predicate[NotesFacts] = Predicate(lambda facts: facts.status is not None)
drafting: Predicate[NotesFacts] = Predicate(lambda facts: facts.status == NotesStatus.DRAFT)
laid: Predicate[NotesFacts] = Predicate(lambda facts: facts.status == NotesStatus.LAID)
agreed: Predicate[NotesFacts] = Predicate(lambda facts: facts.status == NotesStatus.AGREED)
met: Predicate[NotesFacts] = Predicate(lambda facts: facts.met)
with_secretariat: Predicate[NotesFacts] = Predicate(lambda facts: facts.secretariat_met)
of_secretariat: Predicate[NotesFacts] = Predicate(lambda facts: facts.drafted_for is None)
of_drafting_state: Predicate[NotesFacts] = of_own_state(lambda facts: facts.drafted_for)
drafter_left: Predicate[NotesFacts] = Predicate(lambda facts: facts.has_drafter_left)
_IN_ROOM: Predicate[NotesFacts] = in_own_rooms(lambda facts: facts.drafted_for)
_ON_TABLE: Predicate[NotesFacts] = Predicate(lambda facts: facts.is_on_table)
_BEGINS = ~begun & (drafter & met | officer & with_secretariat)
_GOES_ON = begun & of_drafting_state & drafting & drafter
_CHANGES = laid & (of_drafting_state & focal_point | (of_secretariat | drafter_left) & officer)
_WRITERS = _(
    "Notes are written by one of those who met, for its State or the secretariat; once they are laid before the States "
    "its focal point changes them."
)
_NOT_AGREED: PolicyCondition[NotesFacts] = unless(
    agreed, else_=_("All States that met have agreed to these notes: they no longer change.")
)
_LAID = during({NotesStatus.LAID}, else_=_("The States are asked once the notes are laid before them."))

PERMISSIONS: Table[NotesFacts] = Table(
    NotesAction,
    sees=sees_review & (_ON_TABLE | _IN_ROOM),
    rules={
        NotesAction.VIEW: Rule(ONLY_READERS),
        NotesAction.WRITE: Rule(_NOT_AGREED, may(_BEGINS | _GOES_ON, else_=_WRITERS), IN_EXCHANGE),
        # By changing them a State agrees to its own words.
        NotesAction.CHANGE: Rule(_NOT_AGREED, may(_CHANGES, else_=_WRITERS), IN_EXCHANGE, binds=True),
        # At any step: as long as one lies in a room of theirs, the reviewing States open no common room.
        NotesAction.DISCARD: Rule(
            may(drafter & of_drafting_state, else_=_("Only the State that drafts the notes discards the draft.")),
            during({NotesStatus.DRAFT}, else_=_("The notes are laid before the States already.")),
        ),
        NotesAction.LAY: Rule(
            may(
                focal_point & of_drafting_state,
                else_=_("Only the focal point of the State that drafts the notes lays them before the others."),
            ),
            during({NotesStatus.DRAFT}, else_=_("The notes are laid before the States already.")),
            IN_EXCHANGE,
            binds=True,
        ),
        NotesAction.ANSWER: Rule(
            may(focal_point & met, else_=_("Only the focal points of the States that met agree to the notes.")),
            _NOT_AGREED,
            _LAID,
            IN_EXCHANGE,
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: DialogueMeeting | MeetingNotes) -> NotesFacts:
    """For NotesAction; of a meeting without notes, ``target`` is the meeting."""
    notes = target if isinstance(target, MeetingNotes) else None
    meeting = target.meeting if isinstance(target, MeetingNotes) else target
    asker = asker_in(actor, target.review)
    capacity, states = asker["capacity"], {state.pk for state in states_that_met(meeting)}
    return NotesFacts(
        **asker,
        status=NotesStatus(notes.status) if notes else None,
        drafted_for=notes.drafted_for_id if notes else None,
        has_drafter_left=asker["role"] is not None and notes is not None and _has_drafter_left(notes),
        is_on_table=notes is None or notes.room_id is None,
        met=capacity is not None and capacity.state_party_id in states,
        secretariat_met=secretariat_met(meeting),
    )


def _has_drafter_left(notes: MeetingNotes) -> bool:
    if notes.status != NotesStatus.LAID or notes.drafted_for_id is None:
        return False
    return not states_taking_part(notes.review).filter(pk=notes.drafted_for_id).exists()
