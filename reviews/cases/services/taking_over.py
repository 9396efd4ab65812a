"""How far a review had come in another place, when it is brought in with its days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from reviews.cases.models import Review, ReviewMilestone, StepChange
from reviews.cases.selectors.reviews import has_begun
from reviews.cases.services.announcements import open_exchange
from reviews.cases.services.locks import lock_review
from reviews.cases.services.steps import recompute_due_dates
from reviews.programme.models import Step


@dataclass(frozen=True, slots=True)
class PastCourse:
    """``moves``: the steps after the first whose day is known, in their order; the last one is where the review stands.

    ``milestones`` are those that are over, by the short name of the plan, and the day of each. ``languages``: those on
    which the States had agreed; none leaves what the review has.
    """

    opened_on: dt.date
    moves: Sequence[tuple[Step, dt.date]]
    milestones: Mapping[str, dt.date]
    languages: Sequence[str] = field(default=())


def may_be_taken_over(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those that have not moved here: nothing is brought in over what has happened in the portal."""
    return reviews.exclude(step_changes__from_step__isnull=False).exclude(proposals__isnull=False)


def take_over_course(*, actor: User, review: Review, course: PastCourse) -> None:
    """Put a review where it stood, on the days on which it came there; within the transaction of who asked the policy.

    Its opening, which alone may go, is written anew with its true day. What begins with the answers is opened; nobody
    is told, and no reminder is sent of a date that has passed by now. Raises ServiceError where the review has moved.
    """
    lock_review(review)
    if not may_be_taken_over(Review.objects.filter(pk=review.pk)).exists():
        message = _("The review %(code)s has moved on in the portal, or its consultations have begun.")
        raise ServiceError(message % {"code": review.code})
    _write_changes(actor, review, course)
    before, review.step = review.step, course.moves[-1][0]
    review.working_languages = [*course.languages] or review.working_languages
    review.save(update_fields=["step", "working_languages", "updated_at"])
    _reach(review, course.milestones)
    recompute_due_dates(review)
    past = ReviewMilestone.objects.filter(review=review, reached_on=None, due_on__lt=timezone.localdate())
    past.update(quiet_through=timezone.localdate())
    if has_begun(review):
        open_exchange(review)
    days = {step.slug: day.isoformat() for step, day in course.moves}
    audit.record(
        actor,
        "reviews.review.course_brought_in",
        review,
        before={"step": before.slug},
        after={"step": review.step.slug, "opened_on": course.opened_on.isoformat(), "reached": days},
    )


def _write_changes(actor: User, review: Review, course: PastCourse) -> None:
    opening = StepChange.objects.filter(review=review, from_step=None)
    first = opening.get().to_step
    opening.delete()
    steps = [first, *(step for step, _day in course.moves)]
    days = [course.opened_on, *(day for _step, day in course.moves)]
    StepChange.objects.bulk_create(
        StepChange(review=review, from_step=before, to_step=step, at=_beginning(day), actor=actor, is_brought_in=True)
        for before, step, day in zip([None, *steps], steps, days, strict=False)
    )


def _beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _reach(review: Review, milestones: Mapping[str, dt.date]) -> None:
    """Also those that the portal has reached already, as by naming a focal point: elsewhere it was earlier."""
    rows = list(ReviewMilestone.objects.filter(review=review, plan__slug__in=milestones).select_related("plan"))
    for row in rows:
        row.reached_on, row.updated_at = milestones[row.plan.slug], timezone.now()
    ReviewMilestone.objects.bulk_update(rows, ["reached_on", "updated_at"])
