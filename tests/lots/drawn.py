"""Results without a database, for what only looks at them."""

from functools import cache
from typing import Any

from accounts.states.models import RegionalGroup, StateParty
from lots.algorithm import INSTRUMENTS, Party, Switches, draw
from lots.draws.models import DrawEntry
from lots.results.selectors import DrawnDuty, DrawnReviewer, DrawnState
from reviews.cases.enums import ReviewingBasis
from reviews.programme.models import Instrument
from tests.lots.tables import AS_OF, full_table, parties_of_2020, table


@cache
def states_of_2020(seed: str = "african=7/") -> tuple[DrawnState, ...]:
    """The 190 parties of the launch session, drawn."""
    return _drawn(parties_of_2020(), seed)


@cache
def drawn_of_sizes(*sizes: int, seed: str = "african=7/") -> tuple[DrawnState, ...]:
    """Regional groups of these sizes, drawn."""
    return _drawn(full_table(*sizes), seed)


@cache
def with_extra_reviewers() -> tuple[DrawnState, ...]:
    """Two regional groups of four, in which not everybody has joined everything."""
    kinds = ("untoc tip som firearms", "untoc tip firearms", "untoc tip som firearms", "untoc som firearms")
    order = {"North": (0, 1, 2, 3), "South": (1, 0, 2, 3)}
    parties = [
        Party(f"{region[0]}A{sign}", f"State {region[0]}{sign}", region, tuple(kinds[kind].split()))
        for region, numbers in order.items()
        for sign, kind in zip("ABCD", numbers, strict=True)
    ]
    return _drawn(table(*parties), "african=7/")


def _drawn(of: Any, seed: str, *switches: str) -> tuple[DrawnState, ...]:
    result = draw(of, Switches.parse(switches), as_of=AS_OF, seed=seed)
    names = sorted({party.regional_group for party in of.parties})
    regions = {name: RegionalGroup(slug=f"group-{order}", name=name, order=order) for order, name in enumerate(names)}
    instruments = {slug: Instrument(slug=slug, short_name=slug, order=order) for order, slug in enumerate(INSTRUMENTS)}
    drawn = {
        party.code: DrawnState(
            entry=DrawEntry(),
            state=StateParty(iso3=party.code, name=party.name),
            regional_group=regions[party.regional_group],
            group_number=result.groups[party.code],
            instruments=tuple(instruments[slug] for slug in party.instruments),
            reviewers=[],
            duties=[],
        )
        for party in of.parties
    }
    for pairing in result.pairings:
        under_review, reviewer = drawn[pairing.under_review], drawn[pairing.reviewer]
        facts: dict[str, Any] = {
            "basis": ReviewingBasis(pairing.role),
            "is_extra": pairing.extra,
            "instruments": tuple(instruments[slug] for slug in pairing.instruments),
        }
        under_review.reviewers.append(DrawnReviewer(reviewer.state, reviewer.regional_group, **facts))
        reviewer.duties.append(DrawnDuty(under_review.state, under_review.regional_group, **facts))
    return tuple(sorted(drawn.values(), key=lambda one: (one.group_number, one.state.name)))
