"""The years of a State: when each phase of the programme reviews its group."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

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


def review_years(visible: Collection[Review]) -> list[ReviewYears]:
    """For each mechanism that has drawn the State, the phases of its group; ``visible`` are its reviews for the reader.

    The group is told by these reviews alone: that there is a review opened by hand is not for everybody. One query.
    """
    known = {review.phase_id: review for review in visible}
    newest = sorted((review for review in visible if review.review_group_id), key=lambda review: review.phase.number)
    groups = {review.mechanism_id: review.review_group_id for review in newest}
    periods = PhasePeriod.objects.filter(review_group__in=groups.values())
    years: dict[ReviewGroup, ReviewYears] = {}
    for row in periods.select_related("phase__cluster", "review_group__mechanism").order_by("period"):
        own = years.setdefault(row.review_group, ReviewYears(row.review_group.mechanism, row.review_group, []))
        last = row.period.upper - dt.timedelta(days=1)
        own.phases.append(PhaseOfState(row.phase, row.period.lower, last, known.get(row.phase_id)))
    return list(years.values())
