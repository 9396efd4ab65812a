"""How far a review had come in another place, when it is brought in with its days."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.time.dates import moment_on
from reviews.cases import lock_review
from reviews.cases.models import Clearance, Review, ReviewMilestone, StepChange
from reviews.programme.models import Step
from reviews.steps.services.advancing import recompute_due_dates
from reviews.steps.services.announcements import open_exchange
from reviews.visibility import has_begun


@dataclass(frozen=True, slots=True)
class PastCourse:
    """``moves``: the steps after the first whose day is known, in their order; the last one is where the review stands.

    ``milestones`` are those that are over, by the short name of the plan, and the day of each. ``languages``: those on
    which the States had agreed; none leaves what the review has. ``undone``: days of milestones by a course that was
    brought in before, to which the State objects; those that still have them count as not reached.
    """

    opened_on: dt.date
    moves: Sequence[tuple[Step, dt.date]]
    milestones: Mapping[str, dt.date]
    languages: Sequence[str] = field(default=())
    undone: Mapping[str, dt.date] = field(default_factory=dict)


_HOLD_A_COURSE: list[Callable[[QuerySet[Review]], Iterable[UUID]]] = []


def holds_course(held: Callable[[QuerySet[Review]], Iterable[UUID]]) -> None:
    """Register what was made here in reviews, so that they stay as they are; from declarations of a feature above."""
    _HOLD_A_COURSE.append(held)


def may_be_taken_over(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those in which nothing has happened here, over which nothing is brought in.

    They have moved by what was brought in alone. Whether another course may take the place of that is asked by
    ``reviews.bringing``.
    """
    moved_here = StepChange.objects.filter(review=OuterRef("pk"), from_step__isnull=False, is_brought_in=False)
    cleared_here = Clearance.objects.filter(review=OuterRef("pk"))
    held = {key for each in _HOLD_A_COURSE for key in each(reviews)}
    free = reviews.exclude(Exists(moved_here)).exclude(Exists(cleared_here)).exclude(proposals__isnull=False)
    return free.exclude(pk__in=held)


def take_over_course(*, actor: User, review: Review, course: PastCourse) -> None:
    """Put a review where it stood, on the days on which it came there; within the transaction of who asked the policy.

    Its opening is written anew with its true day, and so are moves that were brought in before; no others may go. What
    begins with the answers is opened; nobody is told, and no reminder is sent of a date that has passed by now. Raises
    ServiceError where the review has moved.
    """
    lock_review(review)
    if not may_be_taken_over(Review.objects.filter(pk=review.pk)).exists():
        message = _("The review %(code)s has moved on in the portal, or its consultations have begun.")
        raise ServiceError(message % {"code": review.code})
    _write_changes(review, course)
    before, review.step = review.step, course.moves[-1][0]
    review.working_languages = [*course.languages] or review.working_languages
    review.save(update_fields=["step", "working_languages", "updated_at"])
    _forget(review, course.undone)
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


def _write_changes(review: Review, course: PastCourse) -> None:
    changes = StepChange.objects.filter(review=review)
    first = changes.get(from_step=None).to_step
    changes.delete()
    steps = [first, *(step for step, _day in course.moves)]
    days = [course.opened_on, *(day for _step, day in course.moves)]
    # Of several on one day the later step comes later.
    moments = [moment_on(day) + dt.timedelta(microseconds=place) for place, day in enumerate(days)]
    StepChange.objects.bulk_create(
        StepChange(review=review, from_step=before, to_step=step, at=at, is_brought_in=True)
        for before, step, at in zip([None, *steps], steps, moments, strict=False)
    )


def _forget(review: Review, undone: Mapping[str, dt.date]) -> None:
    """Leave what an earlier course said; what was reached here since has another day."""
    ReviewMilestone.objects.filter(review=review).exclude(quiet_through=None).update(quiet_through=None)
    for slug, day in undone.items():
        row = ReviewMilestone.objects.filter(review=review, plan__slug=slug, reached_on=day)
        row.update(reached_on=None, updated_at=timezone.now())


def _reach(review: Review, milestones: Mapping[str, dt.date]) -> None:
    """Also those that the portal has reached already, as by naming a focal point: elsewhere it was earlier."""
    rows = list(ReviewMilestone.objects.filter(review=review, plan__slug__in=milestones).select_related("plan"))
    for row in rows:
        row.reached_on, row.updated_at = milestones[row.plan.slug], timezone.now()
    ReviewMilestone.objects.bulk_update(rows, ["reached_on", "updated_at"])
