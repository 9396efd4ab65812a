"""Who reads a draft, in words."""

from django import template
from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from reviews.cases.models import Review

register = template.Library()


@register.simple_tag
def draft_mark(review: Review, state: StateParty, is_joint: bool = False) -> str:
    """What stands on a draft of ``state``, so that whoever writes knows who reads; or of all that review."""
    if is_joint or (review.reviewers_share_room and state.pk != review.state_under_review_id):
        return _("Draft, seen by the reviewing States only")
    return _("Draft, seen by %(state)s only") % {"state": state}
