"""The rows of the table on polls for the time of a meeting."""

from dataclasses import replace

from reviews.polls.enums import PollAction, PollStatus
from reviews.polls.policy import PERMISSIONS, PollFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cells, everybody_by_state

_PROPOSER, _OTHER = "Reviewing State that asked", "Another reviewing State"
_DIALOGUE = StepKind.DIALOGUE


def _of(status: PollStatus, *, is_over: bool = False, is_without_meeting: bool = False) -> PollFacts:
    return PollFacts(proposed_for=_PROPOSER, status=status, is_over=is_over, is_without_meeting=is_without_meeting)


_MOMENTS = {
    "Nobody has asked": (PollFacts(), _DIALOGUE),
    "Nobody has asked, answers not sent": (PollFacts(), StepKind.QUESTIONNAIRE),
    "Waiting for answers": (_of(PollStatus.OPEN), _DIALOGUE),
    "Asked by the secretariat": (PollFacts(status=PollStatus.OPEN), _DIALOGUE),
    "Waiting for answers, all times have passed": (_of(PollStatus.OPEN, is_over=True), _DIALOGUE),
    "Waiting for answers, the meeting was cancelled or held": (
        _of(PollStatus.OPEN, is_without_meeting=True),
        _DIALOGUE,
    ),
    "All States have answered": (_of(PollStatus.CLOSED), _DIALOGUE),
    "A time was picked": (_of(PollStatus.DECIDED), _DIALOGUE),
    "Withdrawn": (_of(PollStatus.WITHDRAWN), _DIALOGUE),
    "Waiting for answers, review closed": (_of(PollStatus.OPEN), StepKind.CLOSING),
}


def poll_rows() -> list[MatrixRow]:
    people = everybody_by_state(_PROPOSER, _OTHER)
    return [MatrixRow(who, moment, _cells(who, *at)) for who in people for moment, at in _MOMENTS.items()]


def _cells(who: Who, facts: PollFacts, kind: StepKind) -> Cells:
    """To propose is there where no poll is asked about, and everything else where one is."""
    of_all = cells(PERMISSIONS, replace(facts, capacity=who.capacity, role=who.role, kind=kind))
    propose = str(PollAction.PROPOSE.label)
    return {act: each if (act == propose) == (facts.status is None) else NOTHING for act, each in of_all.items()}
