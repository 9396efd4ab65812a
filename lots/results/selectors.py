"""What was drawn, State by State, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.states import name_order
from accounts.states.models import RegionalGroup, StateParty
from lots.algorithm import DrawTerms
from lots.draws.enums import DrawKind
from lots.draws.models import Draw, DrawEntry, Pairing
from reviews.cases.enums import ReviewingBasis
from reviews.programme.models import Instrument


@dataclass(frozen=True, slots=True)
class DrawnReviewer:
    """A State that reviews the one it stands with; ``instruments`` are those that it reviews."""

    state: StateParty
    regional_group: RegionalGroup
    basis: ReviewingBasis
    is_extra: bool
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class DrawnDuty:
    """A State that is reviewed by the one it stands with."""

    state: StateParty
    regional_group: RegionalGroup
    basis: ReviewingBasis
    is_extra: bool
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class DrawnState:
    """A State of the draw: its group, who reviews it, whom it reviews.

    ``regional_group`` is the one that it was drawn with. Reviewers of the same regional group come first, extra ones
    last; duties are in the order of the names.
    """

    entry: DrawEntry
    state: StateParty
    regional_group: RegionalGroup
    group_number: int
    instruments: tuple[Instrument, ...]
    reviewers: list[DrawnReviewer]
    duties: list[DrawnDuty]


def entries_of(draw: Draw) -> list[DrawEntry]:
    """The States of the frozen input, by name in the reader's language."""
    rows = DrawEntry.objects.filter(draw=draw).select_related("state_party", "regional_group", "review_group")
    return sorted(rows, key=lambda entry: name_order(entry.state_party))


def instruments_by_slug() -> dict[str, Instrument]:
    return {instrument.slug: instrument for instrument in Instrument.objects.order_by("order")}


def drawn_states(draw: Draw, *, with_reviewers: bool = False) -> list[DrawnState]:
    """The result by group, then by the State's name in the reader's language; empty before the draw is run.

    Of a supplementary draw it is those that were drawn for; ``with_reviewers`` adds those that only review them.
    """
    instruments = instruments_by_slug()
    drawn = {
        entry.pk: DrawnState(
            entry=entry,
            state=entry.state_party,
            regional_group=entry.regional_group,
            group_number=entry.review_group.number,
            instruments=_instruments(entry.instruments, instruments),
            reviewers=[],
            duties=[],
        )
        for entry in entries_of(draw)
        if entry.review_group is not None
    }
    for pairing in Pairing.objects.filter(draw=draw):
        _add(pairing, drawn[pairing.under_review_id], drawn[pairing.reviewer_id], instruments)
    for each in drawn.values():
        each.reviewers.sort(
            key=lambda one: (one.basis != ReviewingBasis.SAME_GROUP, one.is_extra, name_order(one.state))
        )
        each.duties.sort(key=lambda one: name_order(one.state))
    is_whole = draw.kind != DrawKind.SUPPLEMENTARY
    shown = [each for each in drawn.values() if is_whole or each.reviewers or (with_reviewers and each.duties)]
    return sorted(shown, key=lambda each: (each.group_number, name_order(each.state)))


def drawn_once_more(draw: Draw) -> frozenset[str]:
    """The codes of the States whose teams a supplementary draw has changed: their reviews are open already."""
    if draw.kind != DrawKind.SUPPLEMENTARY:
        return frozenset()
    replaced = DrawTerms.from_json(draw.terms).barred
    return frozenset({*draw.switches["redraw"], *replaced})


def pictured(draw: Draw, drawn: Sequence[DrawnState]) -> Sequence[DrawnState]:
    """The States in a picture of the result: of a supplementary draw those that review, too."""
    return drawn_states(draw, with_reviewers=True) if draw.kind == DrawKind.SUPPLEMENTARY else drawn


def _add(pairing: Pairing, under_review: DrawnState, reviewer: DrawnState, instruments: dict[str, Instrument]) -> None:
    facts: dict[str, Any] = {
        "basis": ReviewingBasis(pairing.basis),
        "is_extra": pairing.is_extra,
        "instruments": _instruments(pairing.instruments, instruments),
    }
    under_review.reviewers.append(DrawnReviewer(state=reviewer.state, regional_group=reviewer.regional_group, **facts))
    reviewer.duties.append(DrawnDuty(state=under_review.state, regional_group=under_review.regional_group, **facts))


def _instruments(slugs: Iterable[str], instruments: dict[str, Instrument]) -> tuple[Instrument, ...]:
    """In the order of the mechanism."""
    given = set(slugs)
    return tuple(instrument for slug, instrument in instruments.items() if slug in given)
