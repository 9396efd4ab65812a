"""The rows of the table on the follow-up of a review."""

from typing import Any

from observations.follow_up.policy import PERMISSIONS, FollowUpFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, cells, everybody

_MOMENTS: dict[str, dict[str, Any]] = {
    "Before the texts are agreed": {"kind": StepKind.DIALOGUE},
    "Nothing recorded": {"kind": StepKind.CLOSING},
    "Recorded": {"kind": StepKind.CLOSING, "is_recorded": True},
    "Recorded and shared": {"kind": StepKind.CLOSING, "is_recorded": True, "is_shared": True},
}


def follow_up_rows() -> list[MatrixRow]:
    """An item before and after something is recorded about it, and shared."""
    return [
        MatrixRow(who, moment, cells(PERMISSIONS, FollowUpFacts(capacity=who.capacity, role=who.role, **facts)))
        for who in everybody()
        for moment, facts in _MOMENTS.items()
    ]
