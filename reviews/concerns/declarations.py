"""What this feature declares to the kernel: how its acts are called, where they are kept, who may, its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core import audit, policy as table
from core.models import AuditEntry
from core.policy import can
from reviews.cases.models import Review
from reviews.concerns import policy
from reviews.concerns.enums import ConcernAction
from reviews.concerns.models import Concern
from reviews.concerns.selectors import concerns_waiting_for
from reviews.navigation import ReviewPart, ReviewTab, register_tab

# Kept, chained and verified like every act, in one chain for the whole portal of which no page and no file is made: in
# that of a review the numbers and the times of its neighbours would tell that there is one (docs/adr/0049).
CHAIN = f"{audit.PORTAL}/concerns"
VERBS = {
    "reviews.concern.opened": _("opened a private consultation"),
    "reviews.concern.written": _("wrote in a private consultation"),
    "reviews.concern.settled": _("had nothing to add in a private consultation"),
    "reviews.concern.closed": _("closed a private consultation"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Concern, _place_of)
    label = pgettext_lazy("page of a review", "Concerns")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 40, label, _address, concerns_waiting_for))


def _place_of(actor: Any, verb: str, concern: Concern) -> audit.AuditPlace:
    return audit.AuditPlace(chain=CHAIN, room=AuditEntry.NOBODY)


def _address(user: Any, review: Review) -> str | None:
    if not can(user, ConcernAction.LIST, review):
        return None
    return reverse("reviews:concern-list", args=[review.mechanism.slug, review.code])
