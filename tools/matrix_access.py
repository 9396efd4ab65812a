"""The rows of the table on requests for access."""

from dataclasses import replace

from accounts.people.enums import SecretariatRole
from reviews.access.enums import AccessAction, AccessStatus
from reviews.access.policy import Standing, decide_for
from tools.matrix_cells import Row, Who, cell

_OF_STATE, _SECRETARIAT = "State concerned", "Secretariat"
_OFFICER = SecretariatRole.OFFICER
_NEVER_TOLD = {AccessStatus.PREPARED}
_PEOPLE: tuple[tuple[Who, Standing], ...] = (
    (Who("Focal point, expert or permanent mission", _OF_STATE), Standing(decides=True, is_of_state=True)),
    (Who("Whoever would lose access, delayed before", _OF_STATE), Standing(True, True, has_delayed=True)),
    (Who("Whoever would gain access", _OF_STATE), Standing(True, True, gains=True)),
    (Who("Contributor or observer", _OF_STATE), Standing(is_of_state=True)),
    (Who("Whose address or factor it is", _OF_STATE), Standing(is_subject=True, may_stop=True)),
    (Who("Focal point, of a request of the only officer", _OF_STATE), Standing(True, True, is_alone=True)),
    (Who(str(_OFFICER.label), _SECRETARIAT, role=_OFFICER), Standing()),
    (Who("Officer who has prepared it", _SECRETARIAT, role=_OFFICER), Standing(is_preparer=True)),
    (
        Who("Officer who has prepared it, the only one", _SECRETARIAT, role=_OFFICER),
        Standing(is_preparer=True, is_sole=True),
    ),
    (Who("Officer whom it is about", _SECRETARIAT, role=_OFFICER), Standing(is_subject=True)),
    *(
        (Who(str(role.label), _SECRETARIAT, role=role), Standing())
        for role in (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)
    ),
    (Who("Anybody else who is signed in", "None"), Standing()),
)


def access_rows() -> list[Row]:
    return [_row(who, standing, status) for who, standing in _PEOPLE for status in AccessStatus]


def _row(who: Who, standing: Standing, status: AccessStatus) -> Row:
    standing = replace(standing, was_told=status not in _NEVER_TOLD)
    decisions = {
        action: decide_for(action, standing, who.role, None if action == AccessAction.LIST else status)
        for action in AccessAction
    }
    return Row(who, str(status.label), {str(action.label): cell(decision) for action, decision in decisions.items()})
