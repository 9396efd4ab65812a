"""The rows of the table on requests for access."""

from dataclasses import replace

from accounts.people.enums import SecretariatRole
from reviews.access.enums import AccessStatus
from reviews.access.policy import PERMISSIONS, AccessFacts
from tools.matrix_cells import MatrixRow, Who, cells

_OF_STATE, _SECRETARIAT = "State concerned", "Secretariat"
_OFFICER = SecretariatRole.OFFICER
_NEVER_TOLD = {AccessStatus.PREPARED}
_PEOPLE: tuple[tuple[Who, AccessFacts], ...] = (
    (Who("Focal point, expert or permanent mission", _OF_STATE), AccessFacts(decides=True, is_of_state=True)),
    (
        Who("Whoever would lose access, delayed before", _OF_STATE),
        AccessFacts(decides=True, is_of_state=True, has_delayed=True),
    ),
    (Who("Whoever would gain access", _OF_STATE), AccessFacts(decides=True, is_of_state=True, gains=True)),
    (Who("Contributor or observer", _OF_STATE), AccessFacts(is_of_state=True)),
    (Who("Whose address or factor it is", _OF_STATE), AccessFacts(is_subject=True, may_stop=True)),
    (
        Who("Focal point, of a request of the only officer", _OF_STATE),
        AccessFacts(decides=True, is_of_state=True, is_alone=True),
    ),
    (Who(str(_OFFICER.label), _SECRETARIAT, role=_OFFICER), AccessFacts()),
    (Who("Officer who has prepared it", _SECRETARIAT, role=_OFFICER), AccessFacts(is_preparer=True)),
    (
        Who("Officer who has prepared it, the only one", _SECRETARIAT, role=_OFFICER),
        AccessFacts(is_preparer=True, is_sole=True),
    ),
    (
        Who("Officer who has prepared it, in the first hour", _SECRETARIAT, role=_OFFICER),
        AccessFacts(is_preparer=True, is_sole=True, is_first=True),
    ),
    (Who("Officer whom it is about", _SECRETARIAT, role=_OFFICER), AccessFacts(is_subject=True)),
    *(
        (Who(str(role.label), _SECRETARIAT, role=role), AccessFacts())
        for role in (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)
    ),
    (Who("Anybody else who is signed in", "None"), AccessFacts()),
)


def access_rows() -> list[MatrixRow]:
    return [_row(who, facts, status) for who, facts in _PEOPLE for status in AccessStatus]


def _row(who: Who, facts: AccessFacts, status: AccessStatus) -> MatrixRow:
    facts = replace(facts, role=who.role, was_told=status not in _NEVER_TOLD)
    return MatrixRow(who, str(status.label), cells(PERMISSIONS, replace(facts, status=status)))
