"""The rows of the table on the whole record of a review."""

from typing import Any

from portal.dossier.policy import PERMISSIONS, DossierFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, cells, everybody

_MOMENTS: dict[str, dict[str, Any]] = {
    "Asked for, or made for this person": {},
    "Made for another person, or for another State": {"is_anothers": True},
}


def dossier_rows() -> list[MatrixRow]:
    """The same at every step of a review."""
    return [
        MatrixRow(who, moment, cells(PERMISSIONS, _facts(who, facts)))
        for who in everybody()
        for moment, facts in _MOMENTS.items()
    ]


def _facts(who: Any, facts: dict[str, Any]) -> DossierFacts:
    return DossierFacts(capacity=who.capacity, role=who.role, kind=StepKind.DIALOGUE, **facts)
