"""Rule data of a mechanism: who is party to what on a day, phases, plan."""

import datetime as dt

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import StateParty
from reviews.models import Adherence, Instrument, Limit, Mechanism, Phase, PhasePeriod, Review, Step


def get_mechanism(slug: str) -> Mechanism:
    mechanism = Mechanism.objects.filter(slug=slug).first()
    if mechanism is None:
        raise Http404
    return mechanism


def instruments_in_force_for(state_party: StateParty, on: dt.date) -> QuerySet[Instrument]:
    """Every instrument, reviewed or not, that the State had joined by a day."""
    return Instrument.objects.filter(adherences__state_party=state_party, adherences__deposited_on__lte=on)


def parties_to(instrument: Instrument, on: dt.date) -> QuerySet[StateParty]:
    """The real States and organizations that had joined by a day."""
    return StateParty.objects.filter(
        is_fictional=False, adherences__instrument=instrument, adherences__deposited_on__lte=on
    )


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


def limits_of(review: Review, *keys: str) -> dict[str, int]:
    """Several numbers that the rules of the review's mechanism set; one query."""
    return dict(Limit.objects.filter(mechanism_id=review.mechanism_id, key__in=keys).values_list("key", "value"))


def limit_of(review: Review, key: str) -> Limit:
    """A number that the rules of the review's mechanism set."""
    return Limit.objects.get(mechanism_id=review.mechanism_id, key=key)
