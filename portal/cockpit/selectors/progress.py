"""Figures of the progress report for the Conference: by phase and group, and in the aggregate. No State is in them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.cockpit.selectors.cockpit import steps_in_order, with_due_date
from portal.cockpit.selectors.forecasts import Forecast, forecasts_of
from reviews.cases import overdue, under_way
from reviews.cases.models import Review, ReviewMilestone
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism, Step


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """The reviews of a phase and a group (0 where they have none): how many are where.

    ``at_steps`` are those under way, in the order of the steps; ``on_time`` those of the finished ones whose last
    milestone was reached by its indicative date, agreed extensions included; ``late`` those under way whose next act is
    past its date.
    """

    phase: int
    group: int
    total: int
    later: int
    at_steps: list[int]
    late: int
    finished: int
    on_time: int


@dataclass(frozen=True, slots=True)
class YearForecast:
    """How many of all reviews are expected to be finished by the end of a year, from ``low`` to ``high``."""

    year: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Progress:
    """``steps`` are those before the closing one; ``is_open``: some forecasts say "or later"."""

    steps: list[Step]
    groups: list[GroupProgress]
    years: list[YearForecast]
    is_open: bool
    is_by_plan: bool

    def sum_of(self, name: str) -> int:
        """Over all groups: of ``total``, ``later``, ``late``, ``finished`` or ``on_time``."""
        return sum(getattr(each, name) for each in self.groups)

    @property
    def under_way(self) -> int:
        return self.sum_of("total") - self.sum_of("later") - self.sum_of("finished")


def progress_of(mechanism: Mechanism, now: dt.datetime) -> Progress:
    """Of all reviews of the mechanism: what narrows a list could leave one State. In a constant number of queries."""
    today = timezone.localdate(now)
    reviews = Review.objects.filter(mechanism=mechanism)
    rows = list(reviews.select_related("phase", "review_group", "step").order_by("phase__number", "code"))
    steps = [step for step in steps_in_order(mechanism) if step.kind != StepKind.CLOSING]
    late = set(overdue(with_due_date(under_way(reviews, today)), now).values_list("pk", flat=True))
    on_time = _on_time(rows)
    by_group: dict[tuple[int, int], list[Review]] = defaultdict(list)
    for review in rows:
        by_group[review.phase.number, review.review_group.number if review.review_group else 0].append(review)
    forecasts = forecasts_of(rows, mechanism, today)
    known = [forecast for forecast in forecasts.values() if forecast]
    return Progress(
        steps,
        [_group(key, by_group[key], steps, late, on_time) for key in sorted(by_group)],
        _years(forecasts, today),
        any(forecast.is_open for forecast in known),
        any(forecast.is_by_plan for forecast in known),
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


def _years(forecasts: Mapping[Any, Forecast | None], today: dt.date) -> list[YearForecast]:
    """Year by year until all are expected to be finished; who is closed is finished in each."""
    known = [forecast for forecast in forecasts.values() if forecast]
    closed = len(forecasts) - len(known)
    years = []
    for year in range(today.year, max([today, *(each.high for each in known)]).year + 1):
        end = dt.date(year, 12, 31)
        years.append(
            YearForecast(
                year,
                closed + sum(each.high <= end for each in known),
                closed + sum(each.middle <= end for each in known),
                closed + sum(each.low <= end for each in known),
            )
        )
    return years if known else []
