"""What is due in a review, and the names of whoever owes it."""

from django import template

from core.i18n import list_of
from reviews.enums import StepOwner
from reviews.models import Review, ReviewMilestone
from reviews.selectors.reviews import next_act

register = template.Library()


@register.simple_tag
def debtor(review: Review, owner: str) -> str:
    """The States by name where some owe it and others do not. Reads ``review.reviewing_states``, best prefetched."""
    if owner == StepOwner.STATE_UNDER_REVIEW:
        return review.state_under_review.name
    if owner == StepOwner.REVIEWING_STATES:
        return list_of([row.state_party.name for row in review.reviewing_states.all()])
    return str(StepOwner(owner).label)


@register.simple_tag
def next_milestone(review: Review) -> ReviewMilestone | None:
    """What the review waits for. Reads ``review.open_milestones`` where a list has prefetched them."""
    return next_act(review)
