"""The rows of the table on experts' names."""

from observations.naming.policy import PERMISSIONS, NamingFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, cells, everybody


def naming_rows() -> list[MatrixRow]:
    """At any step alike."""
    kind = StepKind.CLOSING
    return [
        MatrixRow(who, "At any step", cells(PERMISSIONS, NamingFacts(capacity=who.capacity, role=who.role, kind=kind)))
        for who in everybody()
    ]
