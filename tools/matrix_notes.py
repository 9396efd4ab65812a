"""The rows of the table on the notes of a meeting."""

from dataclasses import replace

from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.minutes.policy import PERMISSIONS, NotesFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cells, everybody_by_state

_DRAFTER, _OTHER = "Reviewing State that drafts them", "Another reviewing State"
_DIALOGUE = StepKind.DIALOGUE
_NONE = NotesFacts(is_on_table=True)
_OURS = replace(_NONE, drafted_for=_DRAFTER, met=True)
_DRAFT = replace(_OURS, status=NotesStatus.DRAFT, is_on_table=False)
_LAID = replace(_OURS, status=NotesStatus.LAID)
_MOMENTS = {
    "A meeting without notes": (replace(_NONE, met=True), _DIALOGUE),
    "A meeting without notes, with the secretariat": (replace(_NONE, met=True, secretariat_met=True), _DIALOGUE),
    "A meeting without notes, of other States": (_NONE, _DIALOGUE),
    "Draft": (_DRAFT, _DIALOGUE),
    "Draft, review closed": (_DRAFT, StepKind.CLOSING),
    "Laid before the States": (_LAID, _DIALOGUE),
    "Laid before other States": (replace(_LAID, met=False), _DIALOGUE),
    "Laid by a State that has left": (replace(_LAID, drafted_for="Left", has_drafter_left=True), _DIALOGUE),
    "Laid by the secretariat": (replace(_LAID, drafted_for=None, secretariat_met=True), _DIALOGUE),
    "Agreed": (replace(_LAID, status=NotesStatus.AGREED), _DIALOGUE),
    "Laid before the States, review closed": (_LAID, StepKind.CLOSING),
}


def notes_rows() -> list[MatrixRow]:
    people = everybody_by_state(_DRAFTER, _OTHER)
    return [MatrixRow(who, moment, _cells(who, *at)) for who in people for moment, at in _MOMENTS.items()]


def _cells(who: Who, facts: NotesFacts, kind: StepKind) -> Cells:
    """Of a meeting without notes only whether one may write some is asked."""
    of_all = cells(PERMISSIONS, replace(facts, capacity=who.capacity, role=who.role, kind=kind))
    write = str(NotesAction.WRITE.label)
    return {act: each if act == write or facts.status is not None else NOTHING for act, each in of_all.items()}
