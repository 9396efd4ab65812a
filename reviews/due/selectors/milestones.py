"""What is due in a review, from whom, by when."""

import datetime as dt

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from core.language.i18n import list_of
from reviews.cases.models import Review, ReviewMilestone
from reviews.due.selectors.places import past
from reviews.programme.enums import StepOwner
from reviews.programme.models import StepPlan


def with_next_act(reviews: QuerySet[Review], *, with_later: bool = False) -> QuerySet[Review]:
    """Add ``next_due_on`` for sorting and filtering, and ``open_milestones`` for showing who owes what.

    That is the next one alone, or ``with_later`` all that are open, those of earlier steps included.
    """
    # Each plan and its step once, with their words in six languages, and not again with every milestone.
    plans = Prefetch("plan", StepPlan.objects.select_related("step"))
    rows = _open_milestones()
    if not with_later:
        rows = rows.filter(plan__step__order__gte=F("review__step__order"))
        rows = rows.order_by("review_id", "plan__order").distinct("review_id")
    rows = rows.defer("created_at", "updated_at").prefetch_related(plans)
    return reviews.annotate(next_due_on=next_milestone_of("due_on")).prefetch_related(
        Prefetch("milestones", rows, to_attr="open_milestones")
    )


def next_milestone_of(field: str) -> Subquery:
    """A field of a review's next milestone (see ``next_act``), for annotations."""
    due = _open_milestones().filter(review=OuterRef("pk"), plan__step__order__gte=OuterRef("step__order"))
    return Subquery(due.values(field)[:1])


def _open_milestones() -> QuerySet[ReviewMilestone]:
    return ReviewMilestone.objects.filter(reached_on=None).order_by("plan__order")


def next_act(review: Review) -> ReviewMilestone | None:
    """What is due, from whom, by when: the first open milestone of the review's step or of a later one.

    What an earlier step left open (a State that named no expert, say) is shown where it can be mended, and does not
    hide what the review waits for now. None when all is done.
    """
    return next((row for row in open_milestones(review) if row.plan.step.order >= review.step.order), None)


def open_milestones(review: Review) -> list[ReviewMilestone]:
    """Those not reached, in the order of the plan; without a query on a review of a list (``with_later``)."""
    milestones: list[ReviewMilestone] | None = getattr(review, "open_milestones", None)
    if milestones is None:
        milestones = list(_open_milestones().filter(review=review).select_related("plan__step"))
    return milestones


def debtor_names(review: Review, owner: str) -> str:
    """The States by name where some owe it and others do not. Reads ``review.reviewing_states``, best prefetched."""
    if owner == StepOwner.STATE_UNDER_REVIEW:
        return review.state_under_review.name
    if owner == StepOwner.REVIEWING_STATES:
        return list_of([row.state_party.name for row in review.reviewing_states.all()])
    return str(StepOwner(owner).label)


def overdue(reviews: QuerySet[Review], now: dt.datetime) -> QuerySet[Review]:
    """Those whose next milestone's indicative date has ended where it is owed (after ``with_next_act``)."""
    return past(reviews.annotate(next_owner=next_milestone_of("plan__owed_by")), now)


def timeline_of(review: Review) -> QuerySet[ReviewMilestone]:
    return review.milestones.select_related("plan__step").order_by("plan__order")
