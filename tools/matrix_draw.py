"""The rows of the table on the drawing of lots."""

from accounts.people.enums import SecretariatRole
from lots.draws.enums import DrawStatus
from lots.draws.policy import PERMISSIONS, DrawFacts
from tools.matrix_cells import MatrixRow, Who, cells

_SIDE = "Secretariat"
_RECORDER = Who("Officer who has recorded a part of the seed", _SIDE, role=SecretariatRole.OFFICER)
_ASKER = Who("Officer who has asked for the voiding", _SIDE, role=SecretariatRole.OFFICER)
_PEOPLE = (
    Who(str(SecretariatRole.OFFICER.label), _SIDE, role=SecretariatRole.OFFICER),
    _RECORDER,
    _ASKER,
    Who(str(SecretariatRole.ADMINISTRATOR.label), _SIDE, role=SecretariatRole.ADMINISTRATOR),
    Who(str(SecretariatRole.AUDITOR.label), _SIDE, role=SecretariatRole.AUDITOR),
    Who("Anybody else who is signed in", "None"),
)


def draw_rows() -> list[MatrixRow]:
    """Each status, and each with the voiding asked for; what is drawn may also be on the way to its publication."""
    return [
        _row(who, status, is_void_requested=asked, is_being_published=published)
        for who in _PEOPLE
        for status in DrawStatus
        for published in ((False, True) if status == DrawStatus.DRAWN else (False,))
        for asked in (False, True)
        if _can_be(who, status, asked)
    ]


def _can_be(who: Who, status: DrawStatus, asked: bool) -> bool:
    """A draw is voided only when asked for, and nobody has asked or recorded anything before it could be done."""
    if who == _ASKER:
        return asked
    if who == _RECORDER and status == DrawStatus.PREPARED:
        return False
    return asked or status != DrawStatus.VOIDED


def _row(who: Who, status: DrawStatus, *, is_void_requested: bool, is_being_published: bool) -> MatrixRow:
    facts = DrawFacts(
        role=who.role,
        status=status,
        has_recorded_seed=who == _RECORDER,
        is_being_published=is_being_published,
        is_void_requested=is_void_requested,
        has_requested_void=who == _ASKER,
    )
    moment = f"{status.label}; being published" if is_being_published else str(status.label)
    if is_void_requested and status != DrawStatus.VOIDED:
        moment = f"{moment}; voiding asked for"
    return MatrixRow(who, moment, cells(PERMISSIONS, facts))
