"""The rows of the table on responses, and on what was sent of them."""

from collections.abc import Callable

from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.policy import PERMISSIONS, ResponseFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cell, everybody

_SUBMISSION_ACTIONS = (ResponseAction.VIEW_SUBMISSION, ResponseAction.RENDER_SUBMISSION)
_OF_NO_DRAFT = {ResponseAction.OPEN, ResponseAction.VIEW_VERSION, *_SUBMISSION_ACTIONS}
_DRAFT_ACTIONS = tuple(action for action in ResponseAction if action not in _OF_NO_DRAFT)


def response_rows() -> list[MatrixRow]:
    """Before the self-assessment is opened, and in each status afterwards."""
    rows = []
    for who in everybody(with_assignments=True):
        for kinds, moment in _BEFORE_OPENING.items():
            opening = {_opening(who, kind) for kind in kinds}
            if len(opening) > 1:
                raise ValueError(f"steps that differ are in one row: {moment}")
            rows.append(MatrixRow(who, moment, _response_cells(opening.pop(), lambda action: NOTHING)))
        rows += [_opened_row(who, status) for status in ResponseStatus]
        rows.append(_opened_row(who, ResponseStatus.SENT, "Sent, and opened by a reviewing State", is_opened=True))
        rows.append(_opened_row(who, ResponseStatus.SENT, "Sent, with something sent beside", is_supplemented=True))
        rows.append(_opened_row(who, ResponseStatus.OPEN, "Recalled, and being drafted", is_recalled=True))
        rows.append(_opened_row(who, ResponseStatus.OPEN, "Sent, and a new version being drafted", is_revised=True))
    return rows


_BEFORE_OPENING = {
    (StepKind.CONSULTATION, StepKind.QUESTIONNAIRE): "Not opened, at the consultations or the questionnaire",
    tuple(kind for kind in StepKind if kind not in {StepKind.CONSULTATION, StepKind.QUESTIONNAIRE}): (
        "Not opened, at any later step"
    ),
}


def _opened_row(
    who: Who, status: ResponseStatus, moment: str = "", *, is_recalled: bool = False, **facts_of_moment: bool
) -> MatrixRow:
    is_sent = status == ResponseStatus.SENT or facts_of_moment.get("is_revised", False)
    facts = ResponseFacts(
        capacity=who.capacity,
        role=who.role,
        kind=StepKind.FEEDBACK if is_sent else StepKind.QUESTIONNAIRE,
        is_open=True,
        status=status,
        is_assigned=who.is_assigned,
        has_leave=who.has_leave,
        is_recalled=is_recalled,
        **facts_of_moment,
    )

    def comes_to(action: ResponseAction) -> str:
        if action in _SUBMISSION_ACTIONS and not (is_sent or is_recalled):
            return NOTHING
        return cell(PERMISSIONS.decide(action, facts))

    opening = _opening(who, StepKind.QUESTIONNAIRE, is_open=True)
    return MatrixRow(who, moment or str(status.label), _response_cells(opening, comes_to))


def _opening(who: Who, kind: StepKind, *, is_open: bool = False) -> str:
    facts = ResponseFacts(capacity=who.capacity, role=who.role, kind=kind, is_open=is_open)
    return cell(PERMISSIONS.decide(ResponseAction.OPEN, facts))


def _response_cells(opening: str, comes_to: Callable[[ResponseAction], str]) -> Cells:
    others = {str(action.label): comes_to(action) for action in (*_DRAFT_ACTIONS, *_SUBMISSION_ACTIONS)}
    return {str(ResponseAction.OPEN.label): opening, **others}
