"""The rows of the table on messages of the dialogue."""

from dataclasses import replace

from dialogue.threads.enums import ThreadAction
from dialogue.threads.policy import PERMISSIONS, ThreadFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cells, everybody_by_state

_WRITER, _OTHER = "Reviewing State that writes it", "Another reviewing State"
_DIALOGUE = StepKind.DIALOGUE
_OF_REVIEW = {ThreadAction.BEGIN, ThreadAction.CHOOSE, ThreadAction.VIEW_NOTES, ThreadAction.NOTE}
_NONE = ThreadFacts(is_on_table=True)
_DRAFT = ThreadFacts(state_party_id=_WRITER)
_RELEASED = replace(_DRAFT, is_on_table=True)
_MOMENTS = {
    "A review": (_NONE, _DIALOGUE),
    "A review whose answers are not sent": (_NONE, StepKind.QUESTIONNAIRE),
    "Draft": (_DRAFT, _DIALOGUE),
    "Draft, where the State lets its experts release": (replace(_DRAFT, by_experts=True), _DIALOGUE),
    "Draft in a closed thread": (replace(_DRAFT, is_closed=True), _DIALOGUE),
    "Released": (_RELEASED, _DIALOGUE),
    "Released, where each State lets its experts release": (replace(_RELEASED, by_experts=True), _DIALOGUE),
    "Released, where the rooms are shared": (replace(_RELEASED, is_shared=True), _DIALOGUE),
    "Released, and opened by another State": (replace(_RELEASED, is_opened=True), _DIALOGUE),
    "Released, with others below it": (replace(_RELEASED, is_answered=True), _DIALOGUE),
    "Released, where its State is not there any more": (replace(_RELEASED, is_left=True), _DIALOGUE),
    "Released, in a closed thread": (replace(_RELEASED, is_closed=True), _DIALOGUE),
    "Released, review closed": (_RELEASED, StepKind.CLOSING),
}


def thread_rows() -> list[MatrixRow]:
    people = everybody_by_state(_WRITER, _OTHER)
    return [MatrixRow(who, moment, _cells(who, *at)) for who in people for moment, at in _MOMENTS.items()]


def _cells(who: Who, facts: ThreadFacts, kind: StepKind) -> Cells:
    """Of a review is asked what needs no message, and of a message the rest."""
    of_all = cells(PERMISSIONS, replace(facts, capacity=who.capacity, role=who.role, kind=kind))
    of_review = {str(action.label) for action in _OF_REVIEW}
    is_message = facts.state_party_id is not None
    return {act: NOTHING if (act in of_review) == is_message else each for act, each in of_all.items()}
