"""Working languages and dates: what is proposed, by whom it is confirmed, whose word is missing."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from accounts.models import StateParty
from reviews.enums import StepKind, StepOwner
from reviews.models import ConsultationConfirmation, ConsultationProposal, Review, ReviewMilestone
from reviews.selectors.partial_teams import states_not_waited_for
from reviews.selectors.plans import planned_milestones
from reviews.selectors.reviews import states_taking_part, timeline_of
from reviews.workflow import due_dates


@dataclass(frozen=True, slots=True)
class DateToAgree:
    """A milestone that States owe, with its indicative date by the plan alone. ``is_open``: it may still be agreed."""

    slug: str
    name: str
    planned_on: dt.date
    is_open: bool


def proposals_of(review: Review) -> QuerySet[ConsultationProposal]:
    """All proposals, the last first; only that one stands. Two queries."""
    confirmations = ConsultationConfirmation.objects.select_related("state_party", "focal_point")
    return (
        review.proposals.select_related("proposed_by", "proposed_for")
        .prefetch_related(Prefetch("confirmations", confirmations))
        .order_by("-number")
    )


def standing_proposal(review: Review) -> ConsultationProposal | None:
    return proposals_of(review).first()


def states_still_to_confirm(review: Review, proposal: ConsultationProposal) -> list[StateParty]:
    """The States of the review whose word a proposal needs and has not."""
    confirmed = {confirmation.state_party_id for confirmation in proposal.confirmations.all()}
    not_needed = confirmed | states_not_waited_for(review, proposal.created_at)
    return [state for state in states_taking_part(review) if state.pk not in not_needed]


def milestones_to_agree(review: Review) -> list[ReviewMilestone]:
    """The milestones whose dates the States may agree: those that States owe after the consultations."""
    return [milestone for milestone in timeline_of(review) if _may_be_agreed(review, milestone)]


def _may_be_agreed(review: Review, milestone: ReviewMilestone) -> bool:
    is_open = milestone.reached_on is None and milestone.plan.step.order > review.step.order
    return is_open and milestone.plan.owed_by != StepOwner.SECRETARIAT


def dates_to_agree(review: Review, milestones: Iterable[ReviewMilestone]) -> list[DateToAgree]:
    """What the consultations are about, also after they were held; ``milestones`` are those of ``timeline_of``."""
    milestones = list(milestones)
    _rows, plan = planned_milestones(review.plan_version_id)
    reached = {row.plan.slug: row.reached_on for row in milestones if row.reached_on}
    planned = due_dates(plan, review.starts_on, reached)
    return [
        DateToAgree(row.plan.slug, row.plan.name, planned[row.plan.slug], _may_be_agreed(review, row))
        for row in milestones
        if row.plan.step.kind != StepKind.CONSULTATION and row.plan.owed_by != StepOwner.SECRETARIAT
    ]


def consultations_confirmed(reviews: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Keys of the reviews at the consultations, and of the States that have confirmed the standing proposal."""
    proposals = ConsultationProposal.objects.filter(review__in=reviews, review__step__kind=StepKind.CONSULTATION)
    standing = dict(proposals.values("review").annotate(last=Max("number")).values_list("review", "last"))
    confirmed = ConsultationConfirmation.objects.filter(proposal__review__in=standing)
    rows = confirmed.values_list("proposal__review", "proposal__number", "state_party")
    return [(review, state) for review, number, state in rows if standing[review] == number]
