"""Reviews that may be withdrawn, and those that still run when a phase is to begin for their State."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from reviews.cases.models import Participation, Review, ReviewMilestone, StepChange
from reviews.programme.enums import StepKind
from reviews.programme.models import Phase


def untouched(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those in which nothing has happened since they were opened, and nobody was ever registered.

    Where something was proposed for the consultations, something has happened.
    """
    has_moved = StepChange.objects.filter(review=OuterRef("pk"), from_step__isnull=False)
    reached = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False)
    registered = Participation.objects.filter(review=OuterRef("pk"))
    proposed = Review.objects.filter(pk=OuterRef("pk"), proposals__isnull=False)
    return reviews.exclude(Exists(has_moved) | Exists(reached) | Exists(registered) | Exists(proposed))


def with_last_days(reviews: QuerySet[Review]) -> QuerySet[Any]:
    """Those that are not closed, each with ``ends_on``: the last of its indicative dates; None where none is left."""
    last = Max("milestones__due_on", filter=Q(milestones__reached_on=None))
    return reviews.exclude(step__kind=StepKind.CLOSING).annotate(ends_on=last)


def runs_on(ends_on: dt.date | None, day: dt.date, today: dt.date) -> bool:
    """Whether what is not closed runs on a day: it runs now, and until the last of its indicative dates."""
    return day <= today or (ends_on is not None and ends_on >= day)


def still_running(phase: Phase, days: Mapping[Any, dt.date]) -> dict[Any, Review]:
    """Of States for which a phase is to begin on these days, by their keys: the last review, which would still run.

    A phase of a State does not begin while its last one runs, which an officer may override with a reason
    (``services.beginning``). One query; each review has ``ends_on``.
    """
    earlier = Review.objects.filter(mechanism=phase.mechanism_id, phase__number__lt=phase.number)
    rows = with_last_days(earlier.filter(state_under_review__in=days)).order_by("phase__number")
    rows, today = rows.select_related("mechanism", "phase", "state_under_review", "step"), timezone.localdate()
    return {
        review.state_under_review_id: review
        for review in rows
        if runs_on(review.ends_on, days[review.state_under_review_id], today)
    }
