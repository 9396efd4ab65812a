"""The rows of the table on practising."""

from accounts.people.policy import RoleFacts
from portal.practice.policy import PERMISSIONS
from tools.matrix_cells import MatrixRow, cells, everybody


def practice_rows() -> list[MatrixRow]:
    """No State and no review is concerned."""
    return [
        MatrixRow(who, "The portal", cells(PERMISSIONS, RoleFacts(role=who.role)))
        for who in everybody()
        if who.capacity is None
    ]
