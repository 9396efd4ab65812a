"""What a person does next in a review, and where: the milestone that is due joined with the page that serves it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.enums import ParticipationRole, Side, StepKind, StepOwner
from reviews.models import Review, ReviewMilestone
from reviews.selectors.reviews import next_act

_OWNERS_OF_SIDE = {
    Side.UNDER_REVIEW: {StepOwner.STATE_UNDER_REVIEW, StepOwner.ALL},
    Side.REVIEWING: {StepOwner.REVIEWING_STATES, StepOwner.ALL},
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """``milestone`` is None when nothing is left to do; ``is_own`` tells whether the reader's side owes it.

    ``label`` and ``url`` are the button that leads on, the same for everybody on that side.
    """

    milestone: ReviewMilestone | None
    is_own: bool
    label: str | Promise
    url: str


def next_act_for(review: Review, *, role: str | None, side: str | None, is_response_open: bool) -> NextAct:
    """``role`` and ``side`` are those of the reader's participation, None for the secretariat."""
    milestone = next_act(review)
    owed_by = milestone.plan.owed_by if milestone else None
    owners = _OWNERS_OF_SIDE[Side(side)] if side else {StepOwner.SECRETARIAT}
    label, url = _way_on(review, role, side, is_response_open)
    return NextAct(milestone, owed_by in owners, label, url)


def _way_on(review: Review, role: str | None, side: str | None, is_response_open: bool) -> tuple[str | Promise, str]:
    kind = StepKind(review.step.kind)
    address = [review.mechanism.slug, review.code]
    detail = reverse("portal:review-detail", args=address)
    if kind == StepKind.CONSULTATION:
        return _("See who takes part"), reverse("reviews:participant-list", args=address)
    if kind == StepKind.QUESTIONNAIRE and side == Side.UNDER_REVIEW and is_response_open:
        response = reverse("questionnaires:response-detail", args=address)
        if role == ParticipationRole.OBSERVER:
            return _("Read the draft answers"), response
        return _("Answer the questionnaire"), response
    is_sent = kind not in {StepKind.QUESTIONNAIRE, StepKind.CLOSING}
    if is_sent and role != ParticipationRole.NATIONAL_CONTRIBUTOR:
        return _("Read the answers"), reverse("questionnaires:submission-detail", args=address)
    return _("Open the review"), detail
