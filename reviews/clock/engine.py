"""The engine of dates: when each milestone of a review is due, by the plan and by what has actually happened.

Pure: no database, no settings, no present moment, so that a simulation can run it a million times. Dates are
indicative; nothing here locks anything.

How a date comes about. A milestone is due some time after the review's start or after another milestone: after the day
on which that one was reached, after its own date until it is. Dates that the States agreed in their consultations go
before the plan's; an agreed extension moves a date to a later day, never to an earlier one; days inside a pause count
for nothing that is still open. Processing stops the clock of what follows the same event (resolution 10/1, annex I,
note b to the figure). Where the plan says so, a date on a day off of the place that owes it moves to the next working
day.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from core.time.deadlines import add

_DAY = dt.timedelta(days=1)
_WEEK = range(1, 8)


NOT_LONGER = (0, "days")


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """One row of the step plan: ``amount`` of ``unit`` after ``counted_from`` (None: the review's start).

    ``owed_by`` is the key under which the days off of whoever owes it are looked up (see ``compute_due_dates``).
    """

    slug: str
    order: int
    amount: int
    unit: str
    counted_from: str | None
    clock_stops: bool = False
    owed_by: str = ""
    longer: tuple[int, str] = NOT_LONGER
    """How much later (earlier, if negative) it is to be than its duration says, where that is only tried out."""

    def after(self, day: dt.date) -> dt.date:
        return add(add(day, self.amount, self.unit), *self.longer)


class PlanError(ValueError):
    """The plan names an unknown milestone or counts in a circle."""


@dataclass(frozen=True, slots=True)
class AgreedDate:
    """A milestone is due by ``until``, as agreed on ``decided_on``; earlier pauses were known, and do not move it."""

    slug: str
    until: dt.date
    decided_on: dt.date


@dataclass(frozen=True, slots=True)
class Pause:
    """The days from ``first`` to ``last``, both included, count for nothing; empty where ``last`` comes before."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class DaysOff:
    """When a place does not work: ISO numbers of weekdays (1 is Monday) and single days."""

    weekend: frozenset[int] = frozenset()
    holidays: frozenset[dt.date] = frozenset()

    def __contains__(self, day: dt.date) -> bool:
        # A week without a working day is a mistake in the data, and must not send the search on for ever.
        is_weekend = day.isoweekday() in self.weekend and not self.weekend.issuperset(_WEEK)
        return is_weekend or day in self.holidays

    def __or__(self, other: "DaysOff") -> "DaysOff":
        """Where several owe, a day on which one of them is off."""
        return DaysOff(self.weekend | other.weekend, self.holidays | other.holidays)


NO_DAYS_OFF: Mapping[str, DaysOff] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Events:
    """What has happened in a review; the order inside each collection says nothing.

    ``reached`` maps milestones to actual days. ``agreed`` are the dates of the consultations, one a milestone at most,
    that stand in place of the plan's; ``extensions`` and ``pauses`` are those that were agreed.
    """

    reached: Mapping[str, dt.date] = field(default_factory=dict)
    agreed: Collection[AgreedDate] = ()
    extensions: Collection[AgreedDate] = ()
    pauses: Collection[Pause] = ()


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a milestone is due, and why.

    ``origin`` is the milestone that the time is counted from (None: the review's start) and ``counted_from_on`` its
    day. ``agreed_on`` is the date of the consultations that stands in place of the plan's, ``extended_to`` that of the
    extension that decides, ``paused_days`` how many days of pauses it was moved by, ``moved_from`` the day off from
    which it was moved to the next working day.
    """

    slug: str
    due_on: dt.date
    origin: str | None
    counted_from_on: dt.date
    agreed_on: dt.date | None
    extended_to: dt.date | None
    paused_days: int
    moved_from: dt.date | None


@dataclass(frozen=True, slots=True)
class _Term:
    """A way to a date: ``nominal`` by the calendar alone, of which the days after ``since`` count.

    Pauses are laid over the whole way at once, and not over each duration of it: months differ in length, and a longer
    pause could otherwise make a later date earlier by moving the day from which a month is counted.
    """

    since: dt.date
    nominal: dt.date
    extension: AgreedDate | None = None
    is_named: bool = False


@dataclass(slots=True)
class _Computation:
    milestones: Mapping[str, PlannedMilestone]
    origins: Mapping[str, str | None]
    starts_on: dt.date
    events: Events
    days_off: Mapping[str, DaysOff]
    terms: dict[str, list[_Term]] = field(default_factory=dict)
    due: dict[str, DueDate] = field(default_factory=dict)

    def compute(self, slug: str) -> DueDate:
        milestone, origin = self.milestones[slug], self.origins[slug]
        reached_on = self.events.reached.get(slug)
        agreed = next((each for each in self.events.agreed if each.slug == slug), None)
        self.terms[slug] = self._terms_of(milestone, origin, agreed)
        pauses = _merged(self.events.pauses, until=reached_on)
        due_on, term = max(
            ((_stretched(term, pauses), term) for term in self.terms[slug]), key=lambda pair: (pair[0], pair[1].nominal)
        )
        begins = self._cause_of(origin)
        earliest = max(begins, self._cause_of(milestone.counted_from))
        is_exact = agreed is not None or (term.extension is not None and term.extension.slug == slug)
        # On a day that people agreed nobody has to wait for a working day.
        free = due_on if is_exact else _next_free(due_on, self.days_off.get(milestone.owed_by), pauses)
        return DueDate(
            slug=slug,
            due_on=free if agreed else max(free, earliest),
            origin=origin,
            counted_from_on=begins,
            agreed_on=agreed.until if agreed else None,
            extended_to=term.nominal if term.extension and term.extension.slug == slug else None,
            paused_days=(due_on - term.nominal).days,
            moved_from=due_on if free != due_on else None,
        )

    def _terms_of(self, milestone: PlannedMilestone, origin: str | None, agreed: AgreedDate | None) -> list[_Term]:
        if agreed is not None:
            terms = [_Term(agreed.decided_on, agreed.until, is_named=True)]
        else:
            terms = [_Term(term.since, milestone.after(term.nominal), term.extension) for term in self._begins(origin)]
        extensions = (each for each in self.events.extensions if each.slug == milestone.slug)
        return [*terms, *(_Term(each.decided_on, each.until, each) for each in extensions)]

    def _begins(self, origin: str | None) -> list[_Term]:
        day = self.starts_on if origin is None else self.events.reached.get(origin)
        return [_Term(day, day)] if day is not None or origin is None else self.terms[origin]  # type: ignore[arg-type]

    def _cause_of(self, origin: str | None) -> dt.date:
        if origin is None:
            return self.starts_on
        return self.events.reached.get(origin, self.due[origin].due_on)


def compute_due_dates(
    plan: Iterable[PlannedMilestone],
    starts_on: dt.date,
    events: Events | None = None,
    days_off: Mapping[str, DaysOff] = NO_DAYS_OFF,
) -> dict[str, DueDate]:
    """Give each milestone its indicative date and what it comes from.

    ``days_off`` says by whoever owes a milestone (``owed_by``) when a due date moves to the next working day; leave it
    empty where the plan keeps the day. Raises PlanError.
    """
    milestones = {milestone.slug: milestone for milestone in plan}
    origins = {slug: _origin(milestone, milestones) for slug, milestone in milestones.items()}
    dates = _Computation(milestones, origins, starts_on, events or Events(), days_off)
    for slug in _in_order(origins):
        dates.due[slug] = dates.compute(slug)
    return dates.due


def _merged(pauses: Iterable[Pause], until: dt.date | None) -> Sequence[Pause]:
    """The pauses in order, none overlapping; of a milestone that was reached, only the days until then."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: (each.first, each.last)):
        last = min(pause.last, until) if until else pause.last
        if last < pause.first:
            continue
        if merged and pause.first <= merged[-1].last + _DAY:
            merged[-1] = Pause(merged[-1].first, max(merged[-1].last, last))
        else:
            merged.append(Pause(pause.first, last))
    return merged


def _stretched(term: _Term, pauses: Sequence[Pause]) -> dt.date:
    """The nominal day, later by every paused day after ``since``; so that it never lies in a pause itself.

    Time of no length (``nominal`` is ``since``) that begins in a pause ends on the first day that counts again, unless
    the States named that day themselves.
    """
    day = term.nominal
    for pause in pauses:
        if pause.first <= day and pause.last > term.since:
            day += pause.last - max(pause.first - _DAY, term.since)
        if pause.first <= day <= pause.last and not term.is_named:
            day = pause.last + _DAY
    return day


def _next_free(day: dt.date, days_off: DaysOff | None, pauses: Sequence[Pause]) -> dt.date:
    if days_off is None:
        return day
    while day in days_off or any(pause.first <= day <= pause.last for pause in pauses):
        day += _DAY
    return day


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
