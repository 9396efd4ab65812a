"""What the tests of the programme share: who may change it, and its dates otherwise."""

import datetime as dt

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from reviews.periods.grid import CellKey, PeriodGrid, Span
from reviews.periods.selectors import grid_of
from reviews.periods.services import change_periods
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Mechanism
from reviews.programme.selectors import periods_of
from tests.factories.accounts import AdministratorFactory

NOTE = "Decision 12/4 of the Conference."


def in_session() -> User:
    """An administrator with an open staff session."""
    administrator: User = AdministratorFactory()
    start_staff_session(actor=administrator, reason="The programme begins later.", state_party=None)
    return administrator


def grid_now(mechanism: Mechanism) -> PeriodGrid:
    return grid_of(periods_of(mechanism))


def with_cell(grid: PeriodGrid, phase: int, group: int, first: str, last: str) -> PeriodGrid:
    return {**grid, CellKey(phase, group): Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))}


def store(
    actor: User, mechanism: Mechanism, wanted: PeriodGrid, *, shown: PeriodGrid | None = None, reason: str = ""
) -> int:
    """How many periods change, for somebody who looks and acts at once where ``shown`` says nothing else."""
    changes = change_periods(
        actor=actor,
        mechanism=mechanism,
        shown=grid_now(mechanism) if shown is None else shown,
        wanted=wanted,
        evidence_mark=EvidenceMark.OTHER_PAGE,
        evidence_note=NOTE,
        reason=reason,
    )
    return len(changes)
