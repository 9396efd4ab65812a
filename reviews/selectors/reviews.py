"""The only ways to a review. A stranger finds nothing, so that a page answers 404."""

import datetime as dt

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.models import Review, ReviewingState, ReviewMilestone
from reviews.permissions import secretariat_role


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """All reviews for the secretariat; for everybody else those in which he or she takes part now."""
    reviews = Review.objects.all()
    if secretariat_role(user):
        return reviews
    return reviews.filter(
        grants__user=user,
        grants__permission__codename="view_review",
        participations__user=user,
        participations__ended_at=None,
    )


def get_review_for(user: User, mechanism: str, code: str) -> Review:
    """One review by its address. Raises Http404 when there is none or the user may not know of it."""
    review = (
        reviews_visible_to(user)
        .select_related("mechanism", "phase__cluster", "state_under_review", "step", "review_group", "officer")
        .filter(mechanism__slug=mechanism, code=code)
        .first()
    )
    if review is None:
        raise Http404(_("There is no such page."))
    return review


def with_next_act(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Add ``next_due_on`` for sorting and filtering, and ``open_milestones`` for showing who owes what."""
    open_milestones = ReviewMilestone.objects.filter(reached_on=None).order_by("plan__order")
    next_due_on = open_milestones.filter(review=OuterRef("pk")).values("due_on")[:1]
    return reviews.annotate(next_due_on=Subquery(next_due_on)).prefetch_related(
        Prefetch("milestones", open_milestones.select_related("plan"), to_attr="open_milestones")
    )


def for_list(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Everything that a row of a list shows, in a constant number of queries."""
    return (
        with_next_act(reviews)
        .select_related("mechanism", "phase", "state_under_review", "step")
        .prefetch_related(Prefetch("reviewing_states", ReviewingState.objects.select_related("state_party")))
    )


def next_act(review: Review) -> ReviewMilestone | None:
    """The first milestone that is not reached: what is due, from whom, by when. None when all are reached."""
    milestones: list[ReviewMilestone] = getattr(review, "open_milestones", None) or list(
        ReviewMilestone.objects.filter(review=review, reached_on=None)
        .select_related("plan")
        .order_by("plan__order")[:1]
    )
    return milestones[0] if milestones else None


def overdue(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those whose next milestone's indicative date has passed (after ``with_next_act``)."""
    return reviews.filter(next_due_on__lt=today)  # type: ignore[misc]  # an annotation


def reviewing_states_of(review: Review) -> QuerySet[ReviewingState]:
    return review.reviewing_states.select_related("state_party").prefetch_related("instruments")


def timeline_of(review: Review) -> QuerySet[ReviewMilestone]:
    return review.milestones.select_related("plan__step").order_by("plan__order")
