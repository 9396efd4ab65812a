"""The rows of the table on nominations."""

from dataclasses import replace

from accounts.people.enums import SecretariatRole
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.policy import PERMISSIONS, NominationFacts
from reviews.speakers.selectors import StateRelation
from tools.matrix_cells import MatrixRow, Who, cell

_OF_STATE, _SECRETARIAT = "State that sent the note", "Secretariat"
_OFFICER = SecretariatRole.OFFICER
_PEOPLE: tuple[tuple[Who, NominationFacts], ...] = (
    (Who("Focal point", _OF_STATE), NominationFacts(relation=StateRelation(is_focal_point=True, is_of_state=True))),
    (Who("Permanent mission", _OF_STATE), NominationFacts(relation=StateRelation(is_mission=True, is_of_state=True))),
    (Who("Expert, contributor or observer", _OF_STATE), NominationFacts(relation=StateRelation(is_of_state=True))),
    (Who(str(_OFFICER.label), _SECRETARIAT, role=_OFFICER), NominationFacts()),
    (Who("Officer who has recorded the note", _SECRETARIAT, role=_OFFICER), NominationFacts(is_recorder=True)),
    (Who("Officer who opened the link that it came by", _SECRETARIAT, role=_OFFICER), NominationFacts(is_opener=True)),
    (
        Who("Officer who has recorded it, the only one", _SECRETARIAT, role=_OFFICER),
        NominationFacts(is_recorder=True, is_sole=True),
    ),
    (
        Who("Officer who has recorded it, in the first hour", _SECRETARIAT, role=_OFFICER),
        NominationFacts(is_recorder=True, is_sole=True, is_first=True),
    ),
    (
        Who("Officer who belongs to the State", _SECRETARIAT, role=_OFFICER),
        NominationFacts(relation=StateRelation(is_of_state=True)),
    ),
    *(
        (Who(str(role.label), _SECRETARIAT, role=role), NominationFacts())
        for role in (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)
    ),
    (Who("Anybody else who is signed in", "None"), NominationFacts()),
)
_WITHOUT_NOTE = frozenset(
    {
        NominationAction.LIST,
        NominationAction.VIEW_BOARD,
        NominationAction.WRITE_TO_STATES,
        NominationAction.TAKE_OVER,
        NominationAction.VIEW_STATE,
        NominationAction.READ_RECORD,
        NominationAction.RECORD,
        NominationAction.ASK_FOR_MISSION,
        NominationAction.SET_STATUS_CONSENT,
    }
)


def nomination_rows() -> list[MatrixRow]:
    return [_row(who, facts, status) for who, facts in _PEOPLE for status in NoteStatus]


def _row(who: Who, facts: NominationFacts, status: NoteStatus) -> MatrixRow:
    of_state = replace(facts, role=who.role)
    of_note = replace(of_state, status=status)
    decisions = {
        action: PERMISSIONS.decide(action, of_state if action in _WITHOUT_NOTE else of_note)
        for action in NominationAction
    }
    return MatrixRow(
        who, str(status.label), {str(action.label): cell(decision) for action, decision in decisions.items()}
    )
