"""The rows of the table on nominations."""

from accounts.people.enums import SecretariatRole
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.policy import Standing, decide_for
from tools.matrix_cells import Row, Who, cell

_OF_STATE, _SECRETARIAT = "State that sent the note", "Secretariat"
_OFFICER = SecretariatRole.OFFICER
_PEOPLE: tuple[tuple[Who, Standing], ...] = (
    (Who("Focal point", _OF_STATE), Standing(is_focal_point=True, is_of_state=True)),
    (Who("Permanent mission", _OF_STATE), Standing(is_mission=True, is_of_state=True)),
    (Who("Expert, contributor or observer", _OF_STATE), Standing(is_of_state=True)),
    (Who(str(_OFFICER.label), _SECRETARIAT, role=_OFFICER), Standing()),
    (Who("Officer who has recorded the note", _SECRETARIAT, role=_OFFICER), Standing(is_recorder=True)),
    (
        Who("Officer who has recorded it, the only one", _SECRETARIAT, role=_OFFICER),
        Standing(is_recorder=True, is_sole=True),
    ),
    (Who("Officer who belongs to the State", _SECRETARIAT, role=_OFFICER), Standing(is_of_state=True)),
    *(
        (Who(str(role.label), _SECRETARIAT, role=role), Standing())
        for role in (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)
    ),
    (Who("Anybody else who is signed in", "None"), Standing()),
)
_WITHOUT_NOTE = frozenset(
    {
        NominationAction.LIST,
        NominationAction.VIEW_STATE,
        NominationAction.READ_RECORD,
        NominationAction.RECORD,
        NominationAction.ASK_FOR_MISSION,
        NominationAction.SET_STATUS_CONSENT,
    }
)


def nomination_rows() -> list[Row]:
    return [_row(who, standing, status) for who, standing in _PEOPLE for status in NoteStatus]


def _row(who: Who, standing: Standing, status: NoteStatus) -> Row:
    decisions = {
        action: decide_for(action, standing, who.role, None if action in _WITHOUT_NOTE else status)
        for action in NominationAction
    }
    return Row(who, str(status.label), {str(action.label): cell(decision) for action, decision in decisions.items()})
