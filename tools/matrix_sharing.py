"""The rows of the table on opening the answers to others."""

from typing import Any

from questionnaires.sharing.policy import PERMISSIONS, SharingFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, Who, cells, everybody

_MOMENTS: dict[str, dict[str, Any]] = {
    "Sent, and opened by no reviewing State": {"is_settled": False},
    "Sent, and opened by a reviewing State": {"is_settled": True},
    "Open to others": {"is_settled": True, "is_shared": True},
}


def sharing_rows() -> list[MatrixRow]:
    """Answers that were sent, before and after others read something of them."""
    return [
        MatrixRow(who, moment, cells(PERMISSIONS, _facts(who, given)))
        for who in everybody()
        for moment, given in _MOMENTS.items()
    ]


def _facts(who: Who, given: dict[str, Any]) -> SharingFacts:
    return SharingFacts(capacity=who.capacity, role=who.role, kind=StepKind.FEEDBACK, **given)
