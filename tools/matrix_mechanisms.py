"""The rows of the table on mechanisms that come into the portal."""

from accounts.people.enums import SecretariatRole
from portal.mechanisms.enums import ChoiceStatus
from portal.mechanisms.policy import PERMISSIONS, MechanismFacts
from tools.matrix_cells import MatrixRow, Who, cells, everybody

_BRINGER = Who("Administrator who has brought it in", "Secretariat", role=SecretariatRole.ADMINISTRATOR)


def mechanism_rows() -> list[MatrixRow]:
    """A choice in each status, and while a worker loads one."""
    return [
        MatrixRow(
            who,
            f"{status.label}{'; another one is being loaded' if is_running else ''}",
            cells(
                PERMISSIONS,
                MechanismFacts(role=who.role, status=status, is_own=who == _BRINGER, is_running=is_running),
            ),
        )
        for who in [_BRINGER, *(who for who in everybody() if who.capacity is None)]
        for status in ChoiceStatus
        for is_running in ((False, True) if status in {ChoiceStatus.WAITING, ChoiceStatus.CONFIRMED} else (False,))
    ]
