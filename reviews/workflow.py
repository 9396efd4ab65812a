"""The workflow as data and pure functions: which kind of step follows which, and when milestones are due.

The steps and the plan are rows of the mechanism; nothing here touches the database. Dates are indicative: a
milestone that is late keeps nobody from acting.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from core.deadlines import add
from reviews.enums import StepKind

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


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """One row of the step plan: ``amount`` of ``unit`` after ``counted_from`` (None: the review's start)."""

    slug: str
    order: int
    amount: int
    unit: str
    counted_from: str | None
    clock_stops: bool = False


NOTHING_AGREED: Mapping[str, dt.date] = MappingProxyType({})


class PlanError(ValueError):
    """The plan names an unknown milestone or counts in a circle."""


def is_allowed_move(from_kind: str, to_kind: str) -> bool:
    return to_kind in ALLOWED_MOVES[StepKind(from_kind)]


def due_dates(
    plan: Iterable[PlannedMilestone],
    starts_on: dt.date,
    reached: Mapping[str, dt.date],
    agreed: Mapping[str, dt.date] = NOTHING_AGREED,
) -> dict[str, dt.date]:
    """Give each milestone its indicative date.

    ``reached`` holds the actual dates, ``agreed`` those on which the States agreed, which go before the plan's. What is
    counted from a milestone runs from its actual date, and from its due date until it is reached. Processing
    (``clock_stops``) that follows the same event comes first: the time of the others begins when it ends (resolution
    10/1, annex I, note b to the figure). Raises PlanError.
    """
    milestones = {milestone.slug: milestone for milestone in plan}
    origins = {slug: _origin(milestone, milestones) for slug, milestone in milestones.items()}
    due: dict[str, dt.date] = {}
    for slug in _in_order(origins):
        milestone, origin = milestones[slug], origins[slug]
        begins = starts_on if origin is None else reached.get(origin, due[origin])
        due[slug] = agreed.get(slug) or add(begins, milestone.amount, milestone.unit)
    return due


def _origin(milestone: PlannedMilestone, milestones: Mapping[str, PlannedMilestone]) -> str | None:
    """The milestone whose date begins the time: the one named, or the last processing that it waits for."""
    if milestone.counted_from is None or milestone.clock_stops:
        return milestone.counted_from
    processing = [
        other
        for other in milestones.values()
        if other.clock_stops and other.counted_from == milestone.counted_from and other.order < milestone.order
    ]
    return max(processing, key=lambda other: other.order).slug if processing else milestone.counted_from


def _in_order(origins: Mapping[str, str | None]) -> list[str]:
    if unknown := {origin for origin in origins.values() if origin is not None and origin not in origins}:
        raise PlanError(f"unknown milestones: {', '.join(sorted(unknown))}")
    graph = {slug: {origin} if origin else set() for slug, origin in origins.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise PlanError(f"milestones count in a circle: {', '.join(error.args[1])}") from error
