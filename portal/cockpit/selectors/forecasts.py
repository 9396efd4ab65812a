"""When reviews are expected to end: what ``reviews.clock.forecasting`` reckons from the stays of their mechanism."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from portal.cockpit.selectors.cockpit import Stay, stays_of, steps_in_order
from reviews.cases.models import Review
from reviews.clock import DayRange, Experience, StepCurve, compute_due_dates, curve_of, time_left, together
from reviews.programme.enums import StepKind
from reviews.programme.models import Limit, Mechanism, Step
from reviews.schedule import planned_milestones

LEAST_LIMIT = "forecast_least_stays"
_LEAST = 10  # reviews, where the mechanism has no such rule
KEPT_FOR = 5 * 60  # seconds
_ANY_DAY = dt.date(2001, 1, 1)  # the plan is counted from some start; months differ by a day or two
AS_IT_IS: Mapping[Any, int] = MappingProxyType({})


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
    """What the reviews of a mechanism have taken so far, from which each of them is forecast.

    ``known`` is that as the cache keeps it.
    """

    steps: Sequence[Step]
    known: Mapping[str, Any]
    experiences: Mapping[Any, Experience]
    stays: Mapping[Any, Sequence[Stay]]
    curves: Mapping[tuple[Any, Any], StepCurve]
    least: int
    today: dt.date

    def of(self, review: Review, longer: Mapping[Any, int] = AS_IT_IS) -> Forecast | None:
        """None where the review is closed. ``longer``: by step, how many days more it is to take than it would."""
        place = next(place for place, step in enumerate(self.steps) if step.pk == review.step_id)
        ahead = self.steps[place:] if review.has_begun else self.steps
        ahead = [step for step in ahead if step.kind != StepKind.CLOSING]
        if not ahead or self.steps[place].kind == StepKind.CLOSING:
            return None
        begin, elapsed = max(self.today, review.starts_on), 0
        if review.has_begun and self.stays.get(review.pk):
            elapsed = max(0, (self.today - self.stays[review.pk][-1].since).days)
        return self._along(ahead, review.plan_version_id, begin, elapsed, longer)

    def of_one_to_come(
        self, version_id: Any, starts_on: dt.date, longer: Mapping[Any, int] = AS_IT_IS
    ) -> Forecast | None:
        """Of a review that is not open yet, by a version of the plan that ``forecaster_of`` was asked for."""
        ahead = [step for step in self.steps if step.kind != StepKind.CLOSING]
        return self._along(ahead, version_id, max(self.today, starts_on), 0, longer) if ahead else None

    def _along(
        self, ahead: Sequence[Step], version_id: Any, begin: dt.date, elapsed: int, longer: Mapping[Any, int]
    ) -> Forecast:
        ranges = [
            time_left(self.curves[version_id, step.pk], 0 if number else elapsed).longer(longer.get(step.pk, 0))
            for number, step in enumerate(ahead)
        ]
        is_by_plan = any(len(self.experiences[step.pk].finished) < self.least for step in ahead)
        return _forecast(begin, together(ranges), is_by_plan=is_by_plan)


def _forecast(begin: dt.date, days: DayRange, *, is_by_plan: bool) -> Forecast:
    low, middle, high = (begin + dt.timedelta(days=each) for each in (days.low, days.middle, days.high))
    return Forecast(low, middle, high, days.middle_is_open, days.high_is_open, is_by_plan)


def forecaster_of(mechanism: Mechanism, today: dt.date, *, versions: Iterable[UUID] = ()) -> Forecaster:
    """From all reviews of the mechanism that have begun, whatever a list is narrowed to.

    In a number of queries that grows with the versions of the step plan alone; ``versions``: of those by which no
    review runs yet.
    """
    steps = steps_in_order(mechanism)
    reviews = list(Review.objects.filter(mechanism=mechanism).only("pk", "starts_on", "plan_version_id", "step_id"))
    stays = stays_of([review for review in reviews if review.starts_on <= today])
    known_versions = sorted({review.plan_version_id for review in reviews} | set(versions))
    return _forecaster(steps, _known(mechanism, steps, known_versions, stays, today), stays, today)


def forecasts_of(reviews: Iterable[Review], mechanism: Mechanism, today: dt.date) -> Mapping[Any, Forecast | None]:
    """By key."""
    forecaster = forecaster_of(mechanism, today)
    return {review.pk: forecaster.of(review) for review in reviews}


def forecast_of(review: Review) -> Forecast | None:
    """Of one review, today; None where it is closed.

    What the other reviews have taken is kept for some minutes: each page of a review asks for it.
    """
    if review.step.kind == StepKind.CLOSING:
        return None
    today = timezone.localdate()
    key = f"forecast:{review.mechanism_id}:{today.isoformat()}"
    steps, known = steps_in_order(review.mechanism), cache.get(key)
    if known is None or {str(step.pk) for step in steps} != set(known["planned"].get(str(review.plan_version_id), ())):
        forecaster = forecaster_of(review.mechanism, today)
        cache.set(key, forecaster.known, KEPT_FOR)
        return forecaster.of(review)
    return _forecaster(steps, known, stays_of([review]), today).of(review)


def _known(
    mechanism: Mechanism,
    steps: Sequence[Step],
    versions: Iterable[Any],
    stays: Mapping[Any, Sequence[Stay]],
    today: dt.date,
) -> dict[str, Any]:
    """What is known of each step, as the cache can keep it: days, with keys as text, and of no review."""
    found = Limit.objects.filter(mechanism=mechanism, key=LEAST_LIMIT).values_list("value", flat=True).first()
    finished, running = _lengths(stays.values(), steps, today)
    return {
        "least": _LEAST if found is None else found,
        "stays": {str(step.pk): [finished[step.pk], running[step.pk]] for step in steps},
        "planned": {
            str(version): {str(step): days for step, days in planned_days(version, steps).items()}
            for version in versions
        },
    }


def _forecaster(
    steps: Sequence[Step], known: dict[str, Any], stays: Mapping[Any, Sequence[Stay]], today: dt.date
) -> Forecaster:
    curves: dict[tuple[Any, Any], StepCurve] = {}
    experiences: dict[Any, Experience] = {}
    for version, planned in known["planned"].items():
        for step in steps:
            finished, running = known["stays"][str(step.pk)]
            experience = Experience(tuple(finished), tuple(running), planned[str(step.pk)])
            experiences[step.pk] = experience
            curves[UUID(version), step.pk] = curve_of(experience, known["least"])
    return Forecaster(steps, known, experiences, stays, curves, known["least"], today)


def _lengths(
    stays: Iterable[Sequence[Stay]], steps: Sequence[Step], today: dt.date
) -> tuple[Mapping[Any, list[int]], Mapping[Any, list[int]]]:
    """By step, the days of stays that have ended, and of those that go on; a step passed over took none."""
    places = {step.pk: place for place, step in enumerate(steps)}
    finished: dict[Any, list[int]] = defaultdict(list)
    running: dict[Any, list[int]] = defaultdict(list)
    for each in stays:
        for stay in each:
            if stay.until is None:
                running[stay.step_id].append(max(0, (today - stay.since).days))
            else:
                finished[stay.step_id].append((stay.until - stay.since).days)
        stood = {places[stay.step_id] for stay in each if stay.step_id in places}
        # What lies before the first is not known: a review may have been brought in there.
        for place in range(min(stood, default=0), max(stood, default=0)):
            if place not in stood:
                finished[steps[place].pk].append(0)
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
