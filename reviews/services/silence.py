"""Silence that counts as a confirmation: off unless the mechanism sets it, announced before, told afterwards."""

import datetime as dt

from django.db import transaction

from accounts.models import StateParty
from core import audit
from core.policy import SystemActor
from reviews.enums import News, ParticipationRole, StepKind
from reviews.models import ConsultationConfirmation, ConsultationProposal, Participation, Review, SilenceNotice
from reviews.notifications import notify_news, notify_silence_near
from reviews.selectors.consultations import standing_proposal, states_still_to_confirm
from reviews.selectors.silence import reviews_under_the_rule, silence_days, silence_rule_of
from reviews.services.consultations import settle
from reviews.services.locks import lock_review

_ACTOR = SystemActor("reviews.count_silence")


def count_silence(today: dt.date) -> tuple[int, int]:
    """Announce and count the silence of all States under the rule; give how many were announced and how many counted.

    Doing it twice, or in two workers at once, announces and counts nothing twice. The rule is ours: resolution 10/1
    knows none, so that no mechanism has it until its secretariat sets a number of days.
    """
    announced = counted = 0
    for review in reviews_under_the_rule().iterator(chunk_size=200):
        told, taken = _count_in(review, today)
        announced, counted = announced + told, counted + taken
    return announced, counted


@transaction.atomic
def _count_in(review: Review, today: dt.date) -> tuple[int, int]:
    """In one transaction and under the review's lock: a focal point who speaks first is heard, and nobody twice."""
    lock_review(review)
    rule, proposal = silence_rule_of(review), standing_proposal(review)
    if rule is None or proposal is None or review.step.kind != StepKind.CONSULTATION:
        return 0, 0
    missing = states_still_to_confirm(review, proposal)
    days = silence_days(review, proposal, missing, today)
    told = set(SilenceNotice.objects.filter(proposal=proposal).values_list("state_party", flat=True))
    due = [state for state in missing if state.pk in told and days.get(state.pk, dt.date.max) <= today]
    near = [
        state
        for state in missing
        if state.pk in days and state.pk not in told and days[state.pk] - dt.timedelta(days=rule.notice_days) <= today
    ]
    for state in near:
        _announce(review, proposal, state, days[state.pk])
    for state in due:
        _count(review, proposal, state)
    if due:
        settle(_ACTOR, review, proposal)
    return len(near), len(due)


def _announce(review: Review, proposal: ConsultationProposal, state: StateParty, counts_on: dt.date) -> None:
    SilenceNotice.objects.create(proposal=proposal, state_party=state, counts_on=counts_on)
    audit.record(
        _ACTOR,
        "reviews.consultation.silence_announced",
        proposal,
        after={"state": state.iso3, "counts_on": counts_on.isoformat()},
    )
    for row in _focal_points(review, state):
        notify_silence_near(row.user, review, counts_on, key=str(proposal.pk))


def _count(review: Review, proposal: ConsultationProposal, state: StateParty) -> None:
    ConsultationConfirmation.objects.create(proposal=proposal, state_party=state, focal_point=None)
    audit.record(_ACTOR, "reviews.consultation.silence_counted", proposal, after={"state": state.iso3})
    for row in _focal_points(review, state):
        notify_news(row.user, review, News.SILENCE_COUNTED, page="reviews:consultation", key=str(proposal.pk))


def _focal_points(review: Review, state: StateParty) -> list[Participation]:
    rows = Participation.objects.filter(
        review=review, state_party=state, role=ParticipationRole.FOCAL_POINT, ended_at=None
    )
    return list(rows.select_related("user"))
