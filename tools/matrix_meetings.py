"""The rows of the table on meetings of the experts to come."""

from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.policy import Standing, decide_for
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Row, Who, cell, everybody_by_state

_INVITER, _OTHER = "Reviewing State that invited", "Another reviewing State"
_DIALOGUE = StepKind.DIALOGUE
_MOMENTS = {
    "Nobody has invited": (None, _DIALOGUE),
    "Nobody has invited, answers not sent": (None, StepKind.QUESTIONNAIRE),
    "Waiting for answers": (Standing(_INVITER, MeetingStatus.INVITED), _DIALOGUE),
    "Invited by the secretariat": (Standing(None, MeetingStatus.INVITED), _DIALOGUE),
    "Not agreed": (Standing(_INVITER, MeetingStatus.NOT_AGREED), _DIALOGUE),
    "Not agreed, its time has passed": (Standing(_INVITER, MeetingStatus.NOT_AGREED, is_over=True), _DIALOGUE),
    "Agreed": (Standing(_INVITER, MeetingStatus.AGREED, was_agreed=True), _DIALOGUE),
    "Held and recorded": (
        Standing(_INVITER, MeetingStatus.AGREED, was_agreed=True, is_over=True, is_recorded=True),
        _DIALOGUE,
    ),
    "Agreed and cancelled": (Standing(_INVITER, MeetingStatus.CANCELLED, was_agreed=True), _DIALOGUE),
    "Agreed, review closed": (Standing(_INVITER, MeetingStatus.AGREED, was_agreed=True), StepKind.CLOSING),
}


def meeting_rows() -> list[Row]:
    people = everybody_by_state(_INVITER, _OTHER)
    return [Row(who, moment, _cells(who, *at)) for who in people for moment, at in _MOMENTS.items()]


def _cells(who: Who, standing: Standing | None, kind: StepKind) -> dict[str, str]:
    """To invite is there where no meeting is asked about, and everything else where one is."""
    return {
        str(action.label): (
            cell(decide_for(action, who.hat, who.role, kind, standing))
            if (action == MeetingAction.INVITE) == (standing is None)
            else NOTHING
        )
        for action in MeetingAction
    }
