"""When reviews are expected to end: what ``portal.cockpit.forecasting`` reckons from the stays of their mechanism."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.cockpit.forecasting import DayRange, Experience, StepCurve, curve_of, time_left, together
from portal.cockpit.selectors.cockpit import Stay, stays_of, steps_in_order
from reviews.cases import planned_milestones
from reviews.cases.models import Review
from reviews.programme import compute_due_dates
from reviews.programme.enums import StepKind
from reviews.programme.models import Limit, Mechanism, Step

LEAST_LIMIT = "forecast_least_stays"
_LEAST = 10  # reviews, where the mechanism has no such rule
_ANY_DAY = dt.date(2001, 1, 1)  # the plan is counted from some start; months differ by a day or two


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a review is expected to end: one in ten by ``low``, half by ``middle``, nine in ten by ``high``.

    ``middle_is_open``, ``high_is_open``: it may well be later. ``is_by_plan``: a step ahead has been ended by too few
    reviews, and the plan speaks in their place.
    """

    low: dt.date
    middle: dt.date
    high: dt.date
    middle_is_open: bool
    high_is_open: bool
    is_by_plan: bool


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What the reviews of a mechanism have taken so far, from which each of them is forecast."""

    steps: Sequence[Step]
    experiences: Mapping[Any, Experience]
    stays: Mapping[Any, Sequence[Stay]]
    curves: Mapping[tuple[Any, Any], StepCurve]
    least: int
    today: dt.date

    def of(self, review: Review) -> Forecast | None:
        """None where the review is closed."""
        place = next(place for place, step in enumerate(self.steps) if step.pk == review.step_id)
        ahead = self.steps[place:] if review.has_begun else self.steps
        ahead = [step for step in ahead if step.kind != StepKind.CLOSING]
        if not ahead or self.steps[place].kind == StepKind.CLOSING:
            return None
        begin, elapsed = max(self.today, review.starts_on), 0
        if review.has_begun and self.stays.get(review.pk):
            elapsed = max(0, (self.today - self.stays[review.pk][-1].since).days)
        ranges = [
            time_left(self.curves[review.plan_version_id, step.pk], 0 if number else elapsed)
            for number, step in enumerate(ahead)
        ]
        is_by_plan = any(len(self.experiences[step.pk].finished) < self.least for step in ahead)
        return _forecast(begin, together(ranges), is_by_plan=is_by_plan)


def _forecast(begin: dt.date, days: DayRange, *, is_by_plan: bool) -> Forecast:
    low, middle, high = (begin + dt.timedelta(days=each) for each in (days.low, days.middle, days.high))
    return Forecast(low, middle, high, days.middle_is_open, days.high_is_open, is_by_plan)


def forecaster_of(mechanism: Mechanism, today: dt.date) -> Forecaster:
    """From all reviews of the mechanism that have begun, whatever a list is narrowed to.

    In a number of queries that grows with the versions of the step plan alone.
    """
    steps = steps_in_order(mechanism)
    reviews = list(Review.objects.filter(mechanism=mechanism).only("pk", "starts_on", "plan_version_id", "step_id"))
    stays = stays_of([review for review in reviews if review.starts_on <= today])
    found = Limit.objects.filter(mechanism=mechanism, key=LEAST_LIMIT).values_list("value", flat=True).first()
    least = _LEAST if found is None else found
    finished, running = _lengths(stays.values(), today)
    curves = {}
    experiences: dict[Any, Experience] = {}
    for version in sorted({review.plan_version_id for review in reviews}):
        planned = planned_days(version, steps)
        for step in steps:
            known = Experience(tuple(finished[step.pk]), tuple(running[step.pk]), planned[step.pk])
            experiences[step.pk] = known
            curves[version, step.pk] = curve_of(known, least)
    return Forecaster(steps, experiences, stays, curves, least, today)


def forecasts_of(reviews: Iterable[Review], mechanism: Mechanism, today: dt.date) -> Mapping[Any, Forecast | None]:
    """By key."""
    forecaster = forecaster_of(mechanism, today)
    return {review.pk: forecaster.of(review) for review in reviews}


def forecast_of(review: Review) -> Forecast | None:
    """Of one review, today; None where it is closed."""
    return forecaster_of(review.mechanism, timezone.localdate()).of(review)


def _lengths(
    stays: Iterable[Sequence[Stay]], today: dt.date
) -> tuple[Mapping[Any, list[int]], Mapping[Any, list[int]]]:
    """By step, the days of stays that have ended, and of those that go on."""
    finished: dict[Any, list[int]] = defaultdict(list)
    running: dict[Any, list[int]] = defaultdict(list)
    for stay in (stay for each in stays for stay in each):
        if stay.until is None:
            running[stay.step_id].append(max(0, (today - stay.since).days))
        else:
            finished[stay.step_id].append((stay.until - stay.since).days)
    return finished, running


def planned_days(version_id: Any, steps: Sequence[Step]) -> Mapping[Any, int]:
    """How many days each step takes by a version of the plan: from the end of the one before to its last milestone."""
    rows, plan = planned_milestones(version_id)
    due = compute_due_dates(plan, _ANY_DAY)
    ends: dict[Any, dt.date] = {}
    for slug, row in rows.items():
        ends[row.step_id] = max(due[slug].due_on, ends.get(row.step_id, due[slug].due_on))
    planned, before = {}, _ANY_DAY
    for step in steps:
        end = max(before, ends.get(step.pk, before))
        planned[step.pk], before = (end - before).days, end
    return planned
