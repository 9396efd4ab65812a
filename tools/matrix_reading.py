"""The rows of the table on the list of publications and tools."""

from accounts.people.policy import RoleFacts
from reviews.reading.policy import PERMISSIONS
from tools.matrix_cells import MatrixRow, cells, everybody


def reading_rows() -> list[MatrixRow]:
    """It belongs to the mechanism: no State and no review is concerned."""
    return [
        MatrixRow(who, "The list", cells(PERMISSIONS, RoleFacts(role=who.role)))
        for who in everybody()
        if who.capacity is None
    ]
