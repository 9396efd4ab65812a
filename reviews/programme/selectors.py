"""Rule data of a mechanism: what binds whom on a day, which articles are reviewed for whom, phases, plan."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.states.models import StateParty
from reviews.programme.force import entries_into_force
from reviews.programme.models import (
    Adherence,
    Article,
    Cluster,
    ClusterArticle,
    Instrument,
    Mechanism,
    Phase,
    PhasePeriod,
    ReviewGroup,
    Step,
)


def get_mechanism(slug: str) -> Mechanism:
    mechanism = Mechanism.objects.filter(slug=slug).first()
    if mechanism is None:
        raise Http404
    return mechanism


def instruments_in_force_for(state_party: StateParty, on: dt.date) -> list[Instrument]:
    """Every instrument, reviewed or not, that binds the State on a day; in their order."""
    adherences = list(adherences_of(state_party))
    begins = begin_to_bind(adherences)
    return [row.instrument for row in adherences if row.pk in begins and begins[row.pk] <= on]


def begin_to_bind(adherences: Iterable[Adherence]) -> dict[UUID, dt.date]:
    """From which day each adherence of one State binds it, by its key; none for a Protocol without its Convention."""
    by_instrument = {row.instrument_id: row for row in adherences}
    days = entries_into_force(
        {key: row.deposited_on for key, row in by_instrument.items()},
        {key: row.instrument.clause for key, row in by_instrument.items()},
    )
    return {by_instrument[key].pk: day for key, day in days.items()}


def articles_for(cluster: Cluster, party_to: Iterable[Instrument]) -> list[Article]:
    """The articles of a cluster that are reviewed for a State bound by these instruments."""
    joined = list(party_to)
    rows = (
        ClusterArticle.objects.filter(cluster=cluster, article__instrument__in=joined)
        .exclude(unless_party_to__in=joined)
        .select_related("article")
    )
    return [row.article for row in rows]


def adherences_of(state_party: StateParty) -> QuerySet[Adherence]:
    return state_party.adherences.select_related("instrument").order_by("instrument__order")


def phases_of(mechanism: Mechanism) -> QuerySet[Phase]:
    return mechanism.phases.select_related("cluster")


def steps_of(mechanism: Mechanism) -> QuerySet[Step]:
    return mechanism.steps.all()


def mechanisms() -> QuerySet[Mechanism]:
    return Mechanism.objects.all()


def instruments() -> QuerySet[Instrument]:
    """Every instrument whose membership matters, reviewed or not."""
    return Instrument.objects.all()


def with_adherences(states: QuerySet[StateParty]) -> QuerySet[StateParty]:
    """Add to each State ``all_adherences``: what it has joined, in the order of the instruments."""
    adherences = Adherence.objects.select_related("instrument").order_by("instrument__order")
    return states.prefetch_related(Prefetch("adherences", adherences, to_attr="all_adherences"))


def periods_of(mechanism: Mechanism) -> QuerySet[PhasePeriod]:
    return PhasePeriod.objects.filter(phase__mechanism=mechanism).select_related("phase__cluster", "review_group")


def start_of_group(phase: Phase, group: ReviewGroup | None) -> dt.date | None:
    """The day on which a group starts in a phase; None without a group, or where it has no time in that phase."""
    period = PhasePeriod.objects.filter(phase=phase, review_group=group).first() if group else None
    first: dt.date | None = period.period.lower if period else None
    return first
