"""Many light reviews, to measure lists at the size of a whole mechanism; not part of the demo."""

import datetime as dt
import itertools
import string
from collections.abc import Iterator

from django.db import transaction

from accounts.states.models import RegionalGroup, StateParty
from core.policy import SystemActor
from portal.demo.plan import LARGE
from reviews.cases.enums import ReviewingBasis
from reviews.opening import Reviewer, open_review
from reviews.programme.enums import AdherenceKind
from reviews.programme.models import Adherence, Instrument, Phase

ACTOR = SystemActor("seed_demo")
_JOINED_ON, _FIRST_START = dt.date(2010, 1, 1), dt.date(2021, 11, 1)


@transaction.atomic
def add_reviews(count: int) -> int:
    """Open ``count`` more reviews, of as many further fictional States as the four phases need; give the number.

    Only for a throw-away database: the States are made up here and belong to no fixture.
    """
    phases = list(Phase.objects.filter(mechanism__slug=LARGE).select_related("mechanism", "cluster"))
    groups = list(RegionalGroup.objects.all())
    states = _new_states(-(-count // len(phases)) + 2, groups[:1], groups[1:2])
    pairs = itertools.islice(itertools.product(states[2:], phases), count)
    for opened, (state, phase) in enumerate(pairs):
        open_review(
            actor=ACTOR,
            phase=phase,
            state_under_review=state,
            reviewers=[
                Reviewer(states[0], ReviewingBasis.SAME_GROUP),
                Reviewer(states[1], ReviewingBasis.OTHER_GROUP),
            ],
            starts_on=_FIRST_START + dt.timedelta(days=opened % 365),
        )
    return count


def _new_states(count: int, own: list[RegionalGroup], other: list[RegionalGroup]) -> list[StateParty]:
    """All of one regional group but the second, which reviews them as a State of another."""
    taken = set(StateParty.objects.values_list("iso3", flat=True))
    codes = list(itertools.islice((code for code in _codes() if code not in taken), count))
    states = [
        StateParty(
            iso3=code,
            name=f"Fictional State {code}",
            name_en=f"Fictional State {code}",
            regional_group=(other if place == 1 else own)[0],
            is_fictional=True,
        )
        for place, code in enumerate(codes)
    ]
    StateParty.objects.bulk_create(states)
    Adherence.objects.bulk_create(
        Adherence(state_party=state, instrument=instrument, kind=AdherenceKind.ACCESSION, deposited_on=_JOINED_ON)
        for state in states
        for instrument in Instrument.objects.exclude(mechanism=None)
    )
    return states


def _codes() -> Iterator[str]:
    """XAA to XZZ, the codes of fictional States."""
    return ("X" + "".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=2))
