"""The rows of the table on meetings of the experts to come."""

from dataclasses import replace

from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.policy import PERMISSIONS, MeetingFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cells, everybody_by_state

_INVITER, _OTHER = "Reviewing State that invited", "Another reviewing State"
_DIALOGUE = StepKind.DIALOGUE
_MOMENTS = {
    "Nobody has invited": (MeetingFacts(), _DIALOGUE),
    "Nobody has invited, answers not sent": (MeetingFacts(), StepKind.QUESTIONNAIRE),
    "Waiting for answers": (MeetingFacts(invited_for=_INVITER, status=MeetingStatus.INVITED), _DIALOGUE),
    "Invited by the secretariat": (MeetingFacts(status=MeetingStatus.INVITED), _DIALOGUE),
    "Not agreed": (MeetingFacts(invited_for=_INVITER, status=MeetingStatus.NOT_AGREED), _DIALOGUE),
    "Not agreed, its time has passed": (
        MeetingFacts(invited_for=_INVITER, status=MeetingStatus.NOT_AGREED, is_over=True),
        _DIALOGUE,
    ),
    "Agreed": (MeetingFacts(invited_for=_INVITER, status=MeetingStatus.AGREED, was_agreed=True), _DIALOGUE),
    "Held and recorded": (
        MeetingFacts(
            invited_for=_INVITER, status=MeetingStatus.AGREED, was_agreed=True, is_over=True, is_recorded=True
        ),
        _DIALOGUE,
    ),
    "Agreed and cancelled": (
        MeetingFacts(invited_for=_INVITER, status=MeetingStatus.CANCELLED, was_agreed=True),
        _DIALOGUE,
    ),
    "Agreed, review closed": (
        MeetingFacts(invited_for=_INVITER, status=MeetingStatus.AGREED, was_agreed=True),
        StepKind.CLOSING,
    ),
}


def meeting_rows() -> list[MatrixRow]:
    people = everybody_by_state(_INVITER, _OTHER)
    return [MatrixRow(who, moment, _cells(who, *at)) for who in people for moment, at in _MOMENTS.items()]


def _cells(who: Who, facts: MeetingFacts, kind: StepKind) -> Cells:
    """To invite is there where no meeting is asked about, and everything else where one is."""
    of_all = cells(PERMISSIONS, replace(facts, capacity=who.capacity, role=who.role, kind=kind))
    invite = str(MeetingAction.INVITE.label)
    return {act: each if (act == invite) == (facts.status is None) else NOTHING for act, each in of_all.items()}
