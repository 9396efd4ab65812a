"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit, policy as table
from core.audit import AuditPlace
from core.policy import can
from questionnaires.laws import policy
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import LawVersion
from questionnaires.laws.selectors import flagged_answers, laws_said
from questionnaires.sending import register_flags, register_frozen
from reviews.capacities import place_in_review
from reviews.cases.models import Review
from reviews.navigation import ReviewPart, ReviewTab, register_tab

VERBS = {
    "questionnaires.law.added": _("entered a law into the legal library"),
    "questionnaires.law.changed": _("changed a law of the legal library"),
    "questionnaires.law.file_added": _("put a file to a law of the legal library"),
    "questionnaires.law.file_ended": _("took a file off a law of the legal library"),
    "questionnaires.law.ended": _("took a law of the legal library out of use"),
    "questionnaires.law.used_again": _("took a law of the legal library into use again"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(LawVersion, _of_version)
    register_tab(ReviewTab(ReviewPart.ANSWERS, 15, _("Legal library"), _address))
    register_frozen(laws_said)
    register_flags(flagged_answers)


def _of_version(actor: Actor, verb: str, version: LawVersion) -> AuditPlace:
    return place_in_review(actor, version.review, room_id=version.law.state_party_id)


def _address(user: Any, review: Review) -> str | None:
    if not can(user, LawAction.VIEW, review):
        return None
    return reverse("questionnaires:law-list", args=[review.mechanism.slug, review.code])
