"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.mail.reports import register_told
from reviews.capacities import place_in_review
from reviews.cases.models import Review
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.selectors import consultations_confirmed, proposals_waiting_for
from reviews.consultations.services import follow_team
from reviews.due import register_shares
from reviews.navigation import ReviewPart, ReviewTab, open_to_all, register_tab
from reviews.opening import follows_team
from reviews.programme.enums import StepKind
from reviews.visibility import lacks_step

VERBS = {
    "reviews.consultation.proposed": _("proposed working languages and dates"),
    "reviews.consultation.confirmed": _("confirmed working languages and dates"),
    "reviews.consultation.agreed": _("completed the agreement on working languages and dates"),
    "reviews.consultation.silence_announced": _("told a State on which day its silence counts"),
    "reviews.consultation.silence_counted": _("counted a State's silence as its confirmation"),
    "reviews.consultation.went_ahead": _("let the others go ahead without a State"),
}


def _address(user: Any, review: Review) -> str | None:
    """There is no page of consultations where the mechanism has none."""
    has_none = lacks_step(review, StepKind.CONSULTATION)
    return None if has_none else open_to_all("reviews:consultation")(user, review)


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("reviews/silence_near")
    audit.register(ConsultationProposal, lambda actor, verb, proposal: place_in_review(actor, proposal.review))
    register_shares(consultations_confirmed)
    follows_team(follow_team)
    register_tab(ReviewTab(ReviewPart.PEOPLE, 20, _("Consultations"), _address, proposals_waiting_for))
