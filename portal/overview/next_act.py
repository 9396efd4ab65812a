"""What a person does next in a review, and where: the milestone that is due joined with the page that serves it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Review, ReviewMilestone
from reviews.due import next_act
from reviews.programme.enums import MilestoneKind, StepKind, StepOwner

OWNERS_OF_SIDE = {
    Side.UNDER_REVIEW: {StepOwner.STATE_UNDER_REVIEW, StepOwner.ALL},
    Side.REVIEWING: {StepOwner.REVIEWING_STATES, StepOwner.ALL},
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """``milestone`` is None when nothing is left to do; ``is_own``: the reader's side owes it, and the reader acts.

    ``label`` and ``url`` are the button that leads on, the same for everybody on that side.
    """

    milestone: ReviewMilestone | None
    is_own: bool
    label: str | Promise
    url: str


def next_act_for(
    review: Review,
    *,
    role: str | None,
    side: str | None,
    is_response_open: bool,
    is_done: bool = False,
    lacks_answers: bool = False,
) -> NextAct:
    """``role`` and ``side`` are those of the reader's participation, None for the secretariat.

    ``is_done``: the reader's State has done its share of the act, and the others are waited for. ``lacks_answers``: the
    review was brought in without its answers, so that no State writes feedback on them.
    """
    milestone = next_act(review)
    owed_by = milestone.plan.owed_by if milestone else None
    owners = OWNERS_OF_SIDE[Side(side)] if side else {StepOwner.SECRETARIAT}
    label, name = _way_on(review, role, side, is_response_open)
    url = reverse(name, args=[review.mechanism.slug, review.code])
    may_act = side is None or _may_act(review, role, is_response_open)
    if lacks_answers and side is not None and review.step.kind == StepKind.FEEDBACK:
        may_act, label = False, _("See the review desk")
    return NextAct(milestone, owed_by in owners and not is_done and may_act, label, url)


def _may_act(review: Review, role: str | None, is_response_open: bool) -> bool:
    """Whether somebody in this role does any of what the State owes: who only reads waits like the others."""
    if role == _READS:
        return False
    if role == ParticipationRole.NATIONAL_CONTRIBUTOR:
        return review.step.kind == StepKind.QUESTIONNAIRE and is_response_open
    return True


Way = tuple[str | Promise, str]
_CLEARS, _READS = ParticipationRole.FOCAL_POINT, ParticipationRole.OBSERVER
_HOME: Way = (_("Open the review"), "portal:review-detail")
_DOCUMENTS: Way = (_("Read the documents"), "observations:text-list")


def _way_on(review: Review, role: str | None, side: str | None, is_response_open: bool) -> Way:
    """The words of the button, and the name of the page behind it."""
    kind = StepKind(review.step.kind)
    if kind == StepKind.CONSULTATION:
        label = _("Agree on languages and dates") if role == _CLEARS else _("See the consultations")
        return label, "reviews:consultation"
    if kind == StepKind.QUESTIONNAIRE:
        if side != Side.UNDER_REVIEW or not is_response_open:
            return _HOME
        label = _("Read the draft answers") if role == _READS else _("Answer the questionnaire")
        return label, "questionnaires:response-detail"
    if role == ParticipationRole.NATIONAL_CONTRIBUTOR:
        return _HOME
    return _later_way_on(review, kind, may_draft=side == Side.REVIEWING and role != _READS, role=role)


def _later_way_on(review: Review, kind: StepKind, *, may_draft: bool, role: str | None) -> Way:
    if kind == StepKind.FEEDBACK:
        return (_("Write the feedback") if may_draft else _("Read the answers")), "portal:desk"
    if kind == StepKind.DIALOGUE:
        return _("Go to the dialogue"), "dialogue:dialogue"
    if kind == StepKind.AGREED_TEXT and role == _CLEARS:
        return _("Clear the texts"), "observations:text-list"
    milestone = next_act(review)
    if may_draft and milestone is not None and milestone.plan.kind == MilestoneKind.LIST:
        return _("Draft the observations"), "observations:observation-list"
    return _DOCUMENTS
