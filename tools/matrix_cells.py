"""What the permission tables are made of: people, moments, and what a decision looks like in a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from accounts.people.enums import SecretariatRole
from core.policy import Decision, Table
from reviews.capacities.capacities import ROLE_GRANTS, Capacity
from reviews.cases.enums import Grant, Side

F = TypeVar("F")
Cells = Mapping[str, str]
INVISIBLE, NOTHING = "invisible", "nothing there yet"


@dataclass(frozen=True, slots=True)
class Who:
    """A person of the table. ``is_assigned`` and ``has_leave`` matter to national contributors alone."""

    name: str
    side: str
    capacity: Capacity | None = None
    role: SecretariatRole | None = None
    is_assigned: bool = False
    has_leave: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One person at one moment, and what each action comes to."""

    who: Who
    moment: str
    cells: Cells


def everybody(*, with_assignments: bool = False) -> list[Who]:
    """All roles on both sides, the secretariat, and a signed-in person who takes no part."""
    people = []
    for (side, role), grants in ROLE_GRANTS.items():
        capacity = Capacity(None, role, side, None, grants)
        variants = [(str(role.label), False, False)]
        if with_assignments and Grant.CONTRIBUTE in grants:
            variants = [
                (f"{role.label}, section not sent", False, False),
                (f"{role.label}, section not sent, may read all answers", False, True),
                (f"{role.label}, section sent", True, False),
            ]
        people += [
            Who(name, str(side.label), capacity, is_assigned=sent, has_leave=leave) for name, sent, leave in variants
        ]
    people += [Who(str(role.label), "Secretariat", role=role) for role in SecretariatRole]
    return [*people, Who("Anybody else who is signed in", "None")]


def everybody_by_state(own: str, other: str) -> list[Who]:
    """The same with each reviewing role twice: of the State in question (``own``) and of another (``other``)."""
    people = []
    for who in everybody():
        if who.capacity is None or who.capacity.side == Side.UNDER_REVIEW:
            people.append(_of_state(who, who.side))
        else:
            people += [_of_state(who, own), _of_state(who, other)]
    return people


def _of_state(who: Who, state: Any) -> Who:
    return replace(who, side=state, capacity=replace(who.capacity, state_party_id=state) if who.capacity else None)


def cells(table: Table[F], facts: F) -> Cells:
    """What every act of a table comes to for somebody at one moment."""
    return {str(action.label): cell(table.decide(action, facts)) for action in table.actions}


def cell(decision: Decision) -> str:
    if decision.allowed:
        return "yes"
    return f"no: {decision.reason}" if decision.is_visible else INVISIBLE


def merged(rows: Sequence[MatrixRow]) -> list[tuple[MatrixRow, str]]:
    """One line for all moments at which a person may do the same."""
    groups: dict[tuple[Who, tuple[str, ...]], list[MatrixRow]] = {}
    moments_of: dict[Who, int] = {}
    for row in rows:
        groups.setdefault((row.who, tuple(row.cells.values())), []).append(row)
        moments_of[row.who] = moments_of.get(row.who, 0) + 1
    lines = []
    for (who, _cells_of), same in groups.items():
        is_always = len(same) == moments_of[who]
        lines.append((same[0], "always" if is_always else "; ".join(row.moment for row in same)))
    return lines
