"""The rows of the table on drafts of questionnaires."""

from accounts.people.enums import SecretariatRole
from questionnaires.editing.policy import PERMISSIONS, EditingFacts
from tools.matrix_cells import MatrixRow, Who, cells

_SIDE = "Secretariat"
_EDITOR = Who("Officer who has edited the draft", _SIDE, role=SecretariatRole.OFFICER)
_PEOPLE = (
    Who(str(SecretariatRole.OFFICER.label), _SIDE, role=SecretariatRole.OFFICER),
    _EDITOR,
    Who(str(SecretariatRole.ADMINISTRATOR.label), _SIDE, role=SecretariatRole.ADMINISTRATOR),
    Who(str(SecretariatRole.AUDITOR.label), _SIDE, role=SecretariatRole.AUDITOR),
    Who("Anybody else who is signed in", "None"),
)


def editing_rows() -> list[MatrixRow]:
    return [
        MatrixRow(who, "The draft", cells(PERMISSIONS, EditingFacts(role=who.role, has_edited=who == _EDITOR)))
        for who in _PEOPLE
    ]
