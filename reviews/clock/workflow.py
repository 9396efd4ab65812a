"""The workflow as data and pure functions: which kind of step follows which, and when milestones are due.

The steps and the plan are rows of the mechanism; nothing here touches the database. The engine of the dates is
``reviews.clock.engine``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reviews.clock.engine import AgreedDate, Events, PlanError, PlannedMilestone, compute_due_dates
from reviews.programme.enums import StepKind

__all__ = ["ALLOWED_MOVES", "PlanError", "PlannedMilestone", "due_dates", "is_allowed_move"]

# From a step of this kind a review may move to the next step of one of those kinds.
ALLOWED_MOVES: Mapping[StepKind, frozenset[StepKind]] = {
    StepKind.CONSULTATION: frozenset({StepKind.QUESTIONNAIRE}),
    StepKind.QUESTIONNAIRE: frozenset({StepKind.FEEDBACK}),
    StepKind.FEEDBACK: frozenset({StepKind.DIALOGUE, StepKind.AGREED_TEXT}),
    StepKind.DIALOGUE: frozenset({StepKind.AGREED_TEXT}),
    StepKind.AGREED_TEXT: frozenset({StepKind.AGREED_TEXT, StepKind.CLOSING}),
    StepKind.PROCESSING: frozenset(StepKind),
    StepKind.CLOSING: frozenset(),
}

NOTHING_AGREED: Mapping[str, dt.date] = MappingProxyType({})


def is_allowed_move(from_kind: str, to_kind: str) -> bool:
    return to_kind in ALLOWED_MOVES[StepKind(from_kind)]


def due_dates(
    plan: Iterable[PlannedMilestone],
    starts_on: dt.date,
    reached: Mapping[str, dt.date],
    agreed: Mapping[str, dt.date] = NOTHING_AGREED,
) -> dict[str, dt.date]:
    """Give each milestone its indicative date by the plan and these facts alone: no extension, pause or day off.

    ``reached`` holds the actual dates, ``agreed`` those on which the States agreed in their consultations, which go
    before the plan's. Raises PlanError.
    """
    events = Events(reached, [AgreedDate(slug, day, starts_on) for slug, day in agreed.items()])
    return {slug: due.due_on for slug, due in compute_due_dates(plan, starts_on, events).items()}
