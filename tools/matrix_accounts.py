"""The rows of the tables on accounts and staff sessions, and on the directory."""

from dataclasses import replace

from accounts.people.enums import SecretariatRole
from accounts.people.policy import PERMISSIONS as ON_ACCOUNTS, AccountFacts
from reviews.states.enums import StateAction
from reviews.states.policy import PERMISSIONS as ON_STATES, StateFacts
from tools.matrix_cells import NOTHING, MatrixRow, Who, cell, cells

_SIDE = "Secretariat"
_PEOPLE = (
    *(Who(str(role.label), _SIDE, role=role) for role in SecretariatRole),
    Who("Anybody else who is signed in", "None"),
)
_MOMENTS = {
    "None": AccountFacts(),
    "For the State of the person": AccountFacts(has_session=True),
    "For another State": AccountFacts(has_session=True, covers=False),
    "Open; one's own account": AccountFacts(has_session=True, is_self=True),
    "For no State; the last administrator": AccountFacts(has_session=True, is_last=True),
    "In the first hour": AccountFacts(is_first=True),
}
_NEVER = _MOMENTS["None"]


def account_rows() -> list[MatrixRow]:
    """With and without a staff session; only officers and administrators can have one."""
    return [
        MatrixRow(who, moment, cells(ON_ACCOUNTS, replace(facts, role=who.role)))
        for who in _PEOPLE
        for moment, facts in _MOMENTS.items()
        if facts == _NEVER or who.role in {SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR}
    ]


_MISSION = "Permanent mission"
_STATE_PEOPLE = {
    Who("Focal point", "The State"): (StateFacts(takes_part=True, is_focal_point=True), StateFacts(takes_part=True)),
    Who("Anybody else who takes part in a review", "The State"): (
        StateFacts(takes_part=True),
        StateFacts(takes_part=True),
    ),
    Who(_MISSION, "The State"): (StateFacts(is_mission=True), StateFacts(is_mission=True)),
    Who("Who takes part in a review", "Another State"): (StateFacts(), StateFacts(takes_part=True)),
    Who(_MISSION, "Another State"): (StateFacts(), StateFacts(is_mission=True)),
    Who("Anybody else who is signed in", "None"): (StateFacts(), StateFacts()),
    **{Who(str(role.label), _SIDE, role=role): (StateFacts(), StateFacts()) for role in SecretariatRole},
}


def state_rows() -> list[MatrixRow]:
    """``Asked about``: one State, or the directory of all."""
    rows = []
    for who, (about_state, at_large) in _STATE_PEOPLE.items():
        of_state = ON_STATES.decide(StateAction.VIEW_STAFF_SESSIONS, replace(about_state, role=who.role))
        of_all = ON_STATES.decide(StateAction.VIEW_DIRECTORY, replace(at_large, role=who.role))
        of_rules = ON_STATES.decide(StateAction.VIEW_REMINDER_RULES, replace(at_large, role=who.role))
        of_ahead = ON_STATES.decide(StateAction.FORESEE_REMINDERS, replace(at_large, role=who.role))
        sessions, directory = str(StateAction.VIEW_STAFF_SESSIONS.label), str(StateAction.VIEW_DIRECTORY.label)
        rules, ahead = (str(each.label) for each in (StateAction.VIEW_REMINDER_RULES, StateAction.FORESEE_REMINDERS))
        at_large_cells = {directory: cell(of_all), rules: cell(of_rules), ahead: cell(of_ahead)}
        rows.append(MatrixRow(who, "The State", dict.fromkeys(at_large_cells, NOTHING) | {sessions: cell(of_state)}))
        rows.append(MatrixRow(who, "The directory", at_large_cells | {sessions: NOTHING}))
    return rows
