"""What this feature declares to the kernel: how its act is called in the record, who may, and where its page is."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from observations.naming import policy
from reviews.capacities import capacity_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.navigation import ReviewPart, ReviewTab, register_tab

VERBS = {"observations.naming.answered": _("said whether the own name may be published")}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    register_tab(ReviewTab(ReviewPart.TEXTS, 40, _("Your name"), _address))


def _address(user: Any, review: Review) -> str | None:
    capacity = capacity_of(user, review)
    if capacity is None or capacity.role != ParticipationRole.GOVERNMENTAL_EXPERT:
        return None
    return reverse("observations:naming", args=[review.mechanism.slug, review.code])
