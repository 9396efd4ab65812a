"""What this feature declares to the kernel: how its acts are called, where they are kept, who may, its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core import audit, policy as table
from core.models import AuditEntry
from core.policy import can
from reviews.cases import ReviewPart, ReviewTab, chain_of_review, register_tab
from reviews.cases.models import Review
from reviews.concerns import policy
from reviews.concerns.enums import ConcernAction
from reviews.concerns.models import Concern
from reviews.concerns.selectors import concerns_waiting_for

# Kept, chained and verified like every act, and told on no page.
VERBS = {
    "reviews.concern.opened": _("opened a private consultation"),
    "reviews.concern.written": _("wrote in a private consultation"),
    "reviews.concern.closed": _("closed a private consultation"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Concern, _place_of)
    label = pgettext_lazy("page of a review", "Concerns")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 40, label, _address, concerns_waiting_for))


def _place_of(actor: Any, verb: str, concern: Concern) -> audit.AuditPlace:
    """In the chain of the review, for no State that reads it, and in a room that nobody reads."""
    return audit.AuditPlace(chain=chain_of_review(concern.review), room=AuditEntry.UNTOLD)


def _address(user: Any, review: Review) -> str | None:
    if not can(user, ConcernAction.LIST, review):
        return None
    return reverse("reviews:concern-list", args=[review.mechanism.slug, review.code])
