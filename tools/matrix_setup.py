"""The rows of the table on setting up the portal."""

from accounts.people.policy import RoleFacts
from portal.setup.policy import PERMISSIONS
from tools.matrix_cells import MatrixRow, cells, everybody


def setup_rows() -> list[MatrixRow]:
    """It is the portal's own: no State and no review is concerned."""
    return [
        MatrixRow(who, "The portal", cells(PERMISSIONS, RoleFacts(role=who.role)))
        for who in everybody()
        if who.capacity is None
    ]
