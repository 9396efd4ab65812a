"""Working languages and dates: what is proposed and confirmed, whose word is missing, whose silence counts when."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core.policy import can
from reviews.agreement import Absences, Agreement, SilenceRule, absences_in, words_of
from reviews.capacities import capacity_of
from reviews.cases import without_words
from reviews.cases.enums import Grant, ParticipationRole, ReviewAction
from reviews.cases.models import PartialTeam, Participation, Review, ReviewMilestone
from reviews.clock import due_dates
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal, SilenceNotice
from reviews.due import timeline_of
from reviews.programme.enums import StepKind, StepOwner
from reviews.programme.models import Limit
from reviews.schedule import planned_milestones
from reviews.visibility import states_of, states_taking_part


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


@dataclass(frozen=True, slots=True)
class StandingWords(Agreement[ConsultationConfirmation]):
    """The words of the States of a review on the proposal that stands."""

    proposal: ConsultationProposal


def standing_words(review: Review, states: Iterable[StateParty] | None = None) -> StandingWords | None:
    """None where nothing is proposed. ``states``: whose words, where it is not who takes part now."""
    proposal, absences = standing_proposal(review), absences_in([review])[review.pk]
    states = states_taking_part(review) if states is None else states
    return _words_on(proposal, states, absences) if proposal else None


def standing_words_in(reviews: Iterable[Review]) -> dict[UUID, StandingWords]:
    """By review (of a list), where something is proposed; four queries at most."""
    by_key = {review.pk: review for review in reviews}
    proposals = (
        ConsultationProposal.objects.filter(review__in=by_key)
        .prefetch_related("confirmations")
        .order_by("review_id", "-number")
        .distinct("review_id")
    )
    absences = absences_in(by_key.values())
    return {
        row.review_id: _words_on(row, states_of(by_key[row.review_id]), absences[row.review_id]) for row in proposals
    }


def _words_on(proposal: ConsultationProposal, states: Iterable[StateParty], absences: Absences) -> StandingWords:
    not_waited_for = absences.not_waited_for(proposal.created_at)
    return StandingWords(words_of(states, proposal.confirmations.all(), not_waited_for=not_waited_for), proposal)


def partial_teams_of(review: Review) -> QuerySet[PartialTeam]:
    """What was recorded, the earliest first."""
    return PartialTeam.objects.filter(review=review).select_related("state_party", "recorded_by")


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


def proposals_waiting_for(user: User, review: Review) -> int:
    """1 where a proposal waits for the word of the State for which the reader clears, or 0; one query at the step."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.CLEAR) or review.step.kind != StepKind.CONSULTATION:
        return 0
    said = ConsultationConfirmation.objects.filter(proposal=OuterRef("pk"), state_party=capacity.state_party_id)
    standing = review.proposals.order_by("-number").annotate(is_confirmed=Exists(said)).first()
    return int(standing is not None and not standing.is_confirmed)


@dataclass(frozen=True, slots=True)
class LanguagesOfState:
    """``mostly_used``: with the United Nations, empty where unknown; ``people``: how many say they work in which."""

    state: StateParty
    mostly_used: str
    people: Counter[str]


def languages_of_states(states: Sequence[StateParty], participants: Iterable[Participation]) -> list[LanguagesOfState]:
    """In the order of ``states``; ``participants`` as of ``participants_of``. Whom a State consults is not counted."""
    spoken: dict[object, Counter[str]] = {state.pk: Counter() for state in states}
    for row in participants:
        if row.role != ParticipationRole.NATIONAL_CONTRIBUTOR:
            spoken[row.state_party_id].update(set(row.user.working_languages))
    return [LanguagesOfState(state, state.un_language, spoken[state.pk]) for state in states]


def suggested_languages(rows: Sequence[LanguagesOfState], usual: int) -> list[str]:
    """At most ``usual`` languages to begin a proposal with: what most States use, then what most people work in.

    Among equals that of the State under review comes first, for its laws and answers are in it.
    """
    states = Counter(row.mostly_used for row in rows if row.mostly_used)
    people: Counter[str] = sum((row.people for row in rows), Counter())
    own = rows[0].mostly_used if rows else ""
    known = sorted(states | people, key=lambda code: (-states[code], code != own, -people[code], code))
    wanted = [own, *(code for code in known if code != own)] if own else known
    return wanted[:usual]


_DAYS, _NOTICE_DAYS = "consultation_silence_days", "consultation_silence_notice_days"


def silence_rule_of(review: Review) -> SilenceRule | None:
    """None where silence never counts, which is so unless the secretariat has set a number of days."""
    limits = Limit.objects.filter(mechanism_id=review.mechanism_id, key__in=(_DAYS, _NOTICE_DAYS))
    values = dict(limits.values_list("key", "value"))
    days = values.get(_DAYS, 0)
    return SilenceRule(days, values.get(_NOTICE_DAYS, 0)) if days else None


def reviews_under_the_rule() -> QuerySet[Review]:
    """Those in consultation with a proposal, where silence counts."""
    rule = Limit.objects.filter(mechanism=OuterRef("mechanism"), key=_DAYS, value__gt=0)
    proposed = ConsultationProposal.objects.filter(review=OuterRef("pk"))
    return (
        Review.objects.filter(Exists(rule), Exists(proposed), step__kind=StepKind.CONSULTATION)
        .select_related("mechanism", "step", "state_under_review", "officer")
        .order_by("code")
    )


def silence_days(
    review: Review, proposal: ConsultationProposal, states: Iterable[StateParty], today: dt.date
) -> dict[UUID, dt.date]:
    """For each of ``states`` whose silence will count: the first day on which it does; three queries at most."""
    rule, states = silence_rule_of(review), list(states)
    if rule is None or not states:
        return {}
    told = days_told(proposal)
    return rule.days_of(states, review, asked_at=proposal.created_at, told=told, today=today)


def days_told(proposal: ConsultationProposal) -> dict[UUID, dt.date]:
    """By State, the day that it was told on which its silence counts."""
    return dict(SilenceNotice.objects.filter(proposal=proposal).values_list("state_party", "counts_on"))


def proposals_for(reader: Actor, review: Review) -> list[ConsultationProposal]:
    """All proposals for working languages and dates, the last first; without words for who may not read them."""
    rows = proposals_of(review)
    return list(rows) if can(reader, ReviewAction.READ_REASONS, review) else without_words(rows, "reason", "note")
