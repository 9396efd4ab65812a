"""Figures of the progress report for the Conference: by phase and group, and in the aggregate. No State is in them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.cockpit.discretion import LEAST_GROUP, GroupProgress, ToldProgress, put_together, told, told_rising
from portal.cockpit.selectors.cockpit import steps_in_order, with_due_date
from portal.cockpit.selectors.forecasts import Forecast, forecasts_of
from reviews.cases.models import Review, ReviewMilestone
from reviews.due import overdue
from reviews.lists import under_way
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism, Step


@dataclass(frozen=True, slots=True)
class YearForecast:
    """How many of all reviews are expected to be finished by the end of a year, from ``low`` to ``high``.

    Without a year: of how many it is not known. None: a number that is not told.
    """

    year: int | None
    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known; it stays in here. ``steps`` are those before the closing one."""

    steps: list[Step]
    groups: list[GroupProgress]
    forecasts: list[Forecast]  # of those that are not closed


@dataclass(frozen=True, slots=True)
class Progress:
    """What may be told (``portal.cockpit.discretion``); no groups and no years where the mechanism has few reviews.

    ``is_open``: some forecasts say "or later".
    """

    steps: list[Step]
    groups: list[ToldProgress]
    together: ToldProgress
    years: list[YearForecast]
    is_open: bool
    is_by_plan: bool


def progress_of(mechanism: Mechanism, now: dt.datetime) -> Progress:
    """Of all reviews of the mechanism: what narrows a list could leave one State. In a constant number of queries."""
    figures = figures_of(mechanism, now)
    rows, together = told(put_together(figures.groups))
    if together.total < LEAST_GROUP:
        return Progress(figures.steps, [], together, [], is_open=False, is_by_plan=False)
    return Progress(
        figures.steps,
        rows,
        together,
        years_of(figures.forecasts, together.total, timezone.localdate(now)),
        any(forecast.high_is_open for forecast in figures.forecasts),
        any(forecast.is_by_plan for forecast in figures.forecasts),
    )


def figures_of(mechanism: Mechanism, now: dt.datetime) -> Figures:
    today = timezone.localdate(now)
    reviews = Review.objects.filter(mechanism=mechanism)
    rows = list(reviews.select_related("phase", "review_group", "step").order_by("phase__number", "code"))
    steps = [step for step in steps_in_order(mechanism) if step.kind != StepKind.CLOSING]
    late = set(overdue(with_due_date(under_way(reviews, today)), now).values_list("pk", flat=True))
    on_time = _on_time(rows)
    by_group: dict[tuple[int, int], list[Review]] = defaultdict(list)
    for review in rows:
        by_group[review.phase.number, review.review_group.number if review.review_group else 0].append(review)
    return Figures(
        steps,
        [_group(key, by_group[key], steps, late, on_time) for key in sorted(by_group)],
        [forecast for forecast in forecasts_of(rows, mechanism, today).values() if forecast],
    )


def _group(
    key: tuple[int, int], reviews: Sequence[Review], steps: Sequence[Step], late: set[Any], on_time: set[Any]
) -> GroupProgress:
    closed = [review for review in reviews if _is_finished(review)]
    later = [review for review in reviews if not review.has_begun and not _is_finished(review)]
    at_steps = Counter(review.step_id for review in reviews if review.has_begun)
    return GroupProgress(
        *key,
        total=len(reviews),
        later=len(later),
        at_steps=[at_steps[step.pk] for step in steps],
        late=sum(review.pk in late for review in reviews),
        finished=len(closed),
        on_time=sum(review.pk in on_time for review in closed),
    )


def _is_finished(review: Review) -> bool:
    return review.step.kind == StepKind.CLOSING


def _on_time(reviews: Iterable[Review]) -> set[Any]:
    """The finished ones whose last milestone was reached by its indicative date."""
    closed = [review.pk for review in reviews if _is_finished(review)]
    last = ReviewMilestone.objects.filter(review__in=closed, reached_on__isnull=False)
    last = last.order_by("review_id", "-plan__order").distinct("review_id")
    rows = last.values_list("review_id", "reached_on", "due_on")
    return {review for review, reached_on, due_on in rows if reached_on is not None and reached_on <= due_on}


def years_of(known: Sequence[Forecast], total: int, today: dt.date) -> list[YearForecast]:
    """Year by year, and at last of how many it is not known; who is closed is finished in each.

    Where a quantile is open, the day is the earliest that is possible, and counts in no year.
    """
    columns = [
        [each.high for each in known if not each.high_is_open],
        [each.middle for each in known if not each.middle_is_open],
        [each.low for each in known],
    ]
    closed = total - len(known)
    years = range(today.year, max([today, *(day for days in columns for day in days)]).year + 1)
    cells, unknown = [], []
    for days in columns:
        numbers = [closed + sum(day.year <= year for day in days) for year in years]
        shown, rest = told_rising(numbers, total, len(known) - len(days))
        cells.append(shown)
        unknown.append(rest)
    rows = [YearForecast(year, *numbers) for year, *numbers in zip(years, *cells, strict=True)]
    if any(rest != 0 for rest in unknown):
        rows.append(YearForecast(None, *unknown))
    return rows if known else []
