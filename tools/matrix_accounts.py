"""The rows of the tables on accounts and staff sessions, and on the directory."""

from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.policy import Standing, decide_for
from reviews.states import policy as states
from reviews.states.enums import StateAction
from tools.matrix_cells import NOTHING, Row, Who, cell

_SIDE = "Secretariat"
_PEOPLE = (
    *(Who(str(role.label), _SIDE, role=role) for role in SecretariatRole),
    Who("Anybody else who is signed in", "None"),
)
_MOMENTS = {
    "None": Standing(),
    "For the State of the person": Standing(has_session=True),
    "For another State": Standing(has_session=True, covers=False),
    "Open; one's own account": Standing(has_session=True, is_self=True),
}
_NEVER = _MOMENTS["None"]


def account_rows() -> list[Row]:
    """With and without a staff session; only officers and administrators can have one."""
    return [
        Row(who, moment, {str(action.label): cell(decide_for(action, who.role, standing)) for action in AccountAction})
        for who in _PEOPLE
        for moment, standing in _MOMENTS.items()
        if standing == _NEVER or who.role in {SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR}
    ]


_MISSION = "Permanent mission"
_STATE_PEOPLE = {
    Who("Focal point", "The State"): (states.Standing(True, True), states.Standing(True)),
    Who("Anybody else who takes part in a review", "The State"): (states.Standing(True), states.Standing(True)),
    Who(_MISSION, "The State"): (states.Standing(is_mission=True), states.Standing(is_mission=True)),
    Who("Who takes part in a review", "Another State"): (states.Standing(), states.Standing(True)),
    Who(_MISSION, "Another State"): (states.Standing(), states.Standing(is_mission=True)),
    Who("Anybody else who is signed in", "None"): (states.Standing(), states.Standing()),
    **{Who(str(role.label), _SIDE, role=role): (states.Standing(), states.Standing()) for role in SecretariatRole},
}


def state_rows() -> list[Row]:
    """``Asked about``: one State, or the directory of all."""
    rows = []
    for who, (about_state, at_large) in _STATE_PEOPLE.items():
        of_state = states.decide_for(StateAction.VIEW_STAFF_SESSIONS, who.role, about_state)
        of_all = states.decide_for(StateAction.VIEW_DIRECTORY, who.role, at_large)
        of_rules = states.decide_for(StateAction.VIEW_REMINDER_RULES, who.role, at_large)
        sessions, directory = str(StateAction.VIEW_STAFF_SESSIONS.label), str(StateAction.VIEW_DIRECTORY.label)
        rules = str(StateAction.VIEW_REMINDER_RULES.label)
        rows.append(Row(who, "The State", {directory: NOTHING, rules: NOTHING, sessions: cell(of_state)}))
        rows.append(Row(who, "The directory", {directory: cell(of_all), rules: cell(of_rules), sessions: NOTHING}))
    return rows
