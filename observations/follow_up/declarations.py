"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from core.policy import can
from observations.follow_up import policy
from observations.follow_up.beside import agreed_before
from observations.follow_up.enums import FollowUpAction
from observations.follow_up.models import FollowUp
from questionnaires.answers import register_above
from reviews.capacities import place_of_piece
from reviews.cases.models import Review
from reviews.navigation import ReviewPart, ReviewTab, register_tab

VERBS = {
    "observations.follow_up.recorded": _("recorded what is done about an observation"),
    "observations.follow_up.shared": _("shared an item of the follow-up"),
    "observations.follow_up.taken_back": _("took back an item of the follow-up that was shared"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(FollowUp, place_of_piece)
    register_tab(ReviewTab(ReviewPart.TEXTS, 30, _("Follow-up"), _address))
    register_above(agreed_before)


def _address(user: Any, review: Review) -> str | None:
    if not can(user, FollowUpAction.LIST, review):
        return None
    return reverse("observations:follow-up", args=[review.mechanism.slug, review.code])
