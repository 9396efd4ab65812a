"""The rows of the table on the legal library of a State."""

from questionnaires.laws.policy import PERMISSIONS
from reviews.capacities import ReviewFacts
from tools.matrix_cells import MatrixRow, cells, everybody


def law_rows() -> list[MatrixRow]:
    """Asked in a review of the State; the step does not matter."""
    return [
        MatrixRow(who, "The library", cells(PERMISSIONS, ReviewFacts(capacity=who.capacity, role=who.role)))
        for who in everybody()
    ]
