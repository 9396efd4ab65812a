"""From which day on a State's silence counts as its confirmation, where the mechanism has that rule."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import StateParty
from reviews.enums import ParticipationRole, StepKind
from reviews.models import ConsultationProposal, Limit, Participation, Review, SilenceNotice
from reviews.workflow import silence_counts_on

_DAYS, _NOTICE_DAYS = "consultation_silence_days", "consultation_silence_notice_days"


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """``days`` without an answer count as a confirmation; the State is told the day ``notice_days`` before, or more."""

    days: int
    notice_days: int


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
    """For each of ``states`` whose silence will count: the first day on which it does; three queries at most.

    A State that was told a day keeps it. A State without a focal point has nobody who could answer: its silence does
    not count, and where it named one after the proposal was made, its time runs from that day.
    """
    rule, wanted = silence_rule_of(review), {state.pk for state in states}
    if rule is None or not wanted:
        return {}
    told = dict(SilenceNotice.objects.filter(proposal=proposal).values_list("state_party", "counts_on"))
    begun = _answering_since(review, wanted)
    length = {"days": rule.days, "notice_days": rule.notice_days}
    return {
        state: told.get(state) or silence_counts_on(_day(max(since, proposal.created_at)), today, **length)
        for state, since in begun.items()
    }


def _answering_since(review: Review, states: set[UUID]) -> dict[UUID, dt.datetime]:
    """For States with a focal point: since when they have had one, be it another person."""
    focal_points = Participation.objects.filter(
        review=review, state_party__in=states, role=ParticipationRole.FOCAL_POINT
    ).order_by("started_at")
    rows = list(focal_points.values_list("state_party", "started_at", "ended_at"))
    first: dict[UUID, dt.datetime] = {}
    for state, started_at, _ended_at in rows:
        first.setdefault(state, started_at)
    present = {state for state, _started_at, ended_at in rows if ended_at is None}
    return {state: started_at for state, started_at in first.items() if state in present}


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
