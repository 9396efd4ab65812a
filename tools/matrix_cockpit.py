"""The rows of the table on the secretariat's cockpit."""

from portal.cockpit.enums import CockpitAction
from portal.cockpit.policy import Belongs, decide_for
from tools.matrix_cells import Row, cell, everybody

_MOMENTS = {
    "One's own, or none": Belongs(),
    "A colleague's, shared": Belongs(is_own=False),
    "A colleague's, private": Belongs(is_own=False, is_shared=False),
}


def cockpit_rows() -> list[Row]:
    """Whose view or act it is matters to the secretariat; everybody else learns nothing of it."""
    return [
        Row(who, moment, {str(action.label): cell(decide_for(action, who.role, belongs)) for action in CockpitAction})
        for who in everybody()
        if who.hat is None
        for moment, belongs in _MOMENTS.items()
    ]
