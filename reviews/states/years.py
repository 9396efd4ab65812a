"""The years of a State: when each phase of the programme reviews its group."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.states.models import StateParty
from reviews.cases.models import Review
from reviews.programme.models import Mechanism, Phase, PhasePeriod, ReviewGroup


@dataclass(frozen=True, slots=True)
class PhaseOfState:
    """``review`` is that of the phase, where there is one that the reader may know of."""

    phase: Phase
    first: dt.date
    last: dt.date
    review: Review | None


@dataclass(frozen=True, slots=True)
class ReviewYears:
    mechanism: Mechanism
    group: ReviewGroup
    phases: list[PhaseOfState]


def review_years(state: StateParty, visible: Iterable[Review]) -> list[ReviewYears]:
    """For each mechanism that has drawn the State, the phases of its group; ``visible`` are its reviews for the reader.

    The group is public with the draw, whoever may read the reviews (procedures and rules, paragraph 17). Two queries.
    """
    groups = {row.mechanism_id: row.review_group for row in _drawn(state) if row.review_group}
    known = {review.phase_id: review for review in visible}
    periods = PhasePeriod.objects.filter(review_group__in=[group.pk for group in groups.values()])
    years: dict[ReviewGroup, ReviewYears] = {}
    for row in periods.select_related("phase__cluster", "review_group__mechanism").order_by("period"):
        own = years.setdefault(row.review_group, ReviewYears(row.review_group.mechanism, row.review_group, []))
        last = row.period.upper - dt.timedelta(days=1)
        own.phases.append(PhaseOfState(row.phase, row.period.lower, last, known.get(row.phase_id)))
    return list(years.values())


def _drawn(state: StateParty) -> QuerySet[Review]:
    """The newest last, so that its group is the one that counts."""
    rows = Review.objects.filter(state_under_review=state, review_group__isnull=False)
    return rows.select_related("review_group").order_by("phase__number")
