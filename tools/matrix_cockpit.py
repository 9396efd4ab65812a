"""The rows of the table on the secretariat's cockpit."""

from dataclasses import replace

from portal.cockpit.policy import PERMISSIONS, CockpitFacts
from tools.matrix_cells import MatrixRow, cells, everybody

_MOMENTS = {
    "One's own, or none": CockpitFacts(),
    "A colleague's, shared": CockpitFacts(is_own=False),
    "A colleague's, private": CockpitFacts(is_own=False, is_shared=False),
}


def cockpit_rows() -> list[MatrixRow]:
    """Whose view or act it is matters to the secretariat; everybody else learns nothing of it."""
    return [
        MatrixRow(who, moment, cells(PERMISSIONS, replace(facts, role=who.role)))
        for who in everybody()
        if who.capacity is None
        for moment, facts in _MOMENTS.items()
    ]
