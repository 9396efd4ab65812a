"""What a ceremony shows: the seed as it comes in, and the result in the order in which it is revealed.

First the groups, State after State, then for each State who reviews it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lots.draws import seed_parts_of
from lots.draws.enums import SeedKind
from lots.draws.models import Draw, DrawEntry, SeedPart
from lots.results import DrawnDuty, DrawnReviewer, DrawnState, tone_of
from reviews.cases.enums import ReviewingBasis
from reviews.programme.models import Instrument


@dataclass(frozen=True, slots=True)
class PairingLink:
    """The other State of a pairing; ``step`` is when the pairing is revealed."""

    drawn: DrawnReviewer | DrawnDuty
    tone: int
    step: int
    is_partial: bool  # for some instruments of the State under review only


@dataclass(frozen=True, slots=True)
class Turn:
    """A State: the step that draws it into its group, the one that gives it reviewers, and all its pairings."""

    drawn: DrawnState
    tone: int
    group_step: int
    reviewers_step: int
    reviewers: tuple[PairingLink, ...]
    duties: tuple[PairingLink, ...]
    lacks: tuple[Instrument, ...]  # the instruments of this draw to which the State is not party

    @property
    def by_basis(self) -> tuple[tuple[PairingLink, ...], tuple[PairingLink, ...]]:
        """The reviewers from the same regional group, and those from another one."""
        same = tuple(link for link in self.reviewers if link.drawn.basis == ReviewingBasis.SAME_GROUP)
        return same, tuple(link for link in self.reviewers if link not in same)


@dataclass(frozen=True, slots=True)
class Group:
    number: int
    turns: tuple[Turn, ...]


def turns_of(states: Sequence[DrawnState]) -> list[Turn]:
    """``states`` are sorted by group, then name."""
    steps = {drawn.state.iso3: step for step, drawn in enumerate(states, start=1)}
    instruments = {drawn.state.iso3: drawn.instruments for drawn in states}
    number = len(states)
    in_draw = sorted({each for drawn in states for each in drawn.instruments}, key=lambda each: each.order)

    def link(drawn: DrawnReviewer | DrawnDuty, under_review: str) -> PairingLink:
        is_partial = len(drawn.instruments) < len(instruments[under_review])
        return PairingLink(drawn, tone_of(drawn.regional_group.order), number + steps[under_review], is_partial)

    return [
        Turn(
            drawn=drawn,
            tone=tone_of(drawn.regional_group.order),
            group_step=steps[drawn.state.iso3],
            reviewers_step=number + steps[drawn.state.iso3],
            reviewers=tuple(link(reviewer, drawn.state.iso3) for reviewer in drawn.reviewers),
            duties=tuple(link(duty, duty.state.iso3) for duty in drawn.duties),
            lacks=tuple(each for each in in_draw if each not in drawn.instruments),
        )
        for drawn in states
    ]


def groups_of(turns: Sequence[Turn]) -> list[Group]:
    """The groups in their order, each with the turns of its States."""
    return [
        Group(number, tuple(members)) for number, members in groupby(turns, key=lambda turn: turn.drawn.group_number)
    ]


def find_turn(turns: Sequence[Turn], words: str) -> Turn | None:
    """The State that somebody looks for by its code or name; by the beginning of its name where that is enough."""
    asked = words.strip().casefold()
    if not asked:
        return None
    exact = [turn for turn in turns if asked in {turn.drawn.state.iso3.casefold(), str(turn.drawn.state).casefold()}]
    begins = [turn for turn in turns if str(turn.drawn.state).casefold().startswith(asked)]
    return exact[0] if exact else begins[0] if len(begins) == 1 else None


@dataclass(frozen=True, slots=True)
class SeedSource:
    """A source of the seed; ``tone`` is that of its regional group, 0 for a public value."""

    part: SeedPart
    tone: int

    @property
    def is_public_value(self) -> bool:
        return self.part.kind == SeedKind.PUBLIC_VALUE


@dataclass(frozen=True, slots=True)
class SeedSoFar:
    """The sources in their order, and how many of them have given what they owe."""

    sources: tuple[SeedSource, ...]
    delegates: int
    committed: int
    revealed: int

    @property
    def have_all_committed(self) -> bool:
        return self.committed == self.delegates


def seed_so_far(draw: Draw) -> SeedSoFar:
    parts = list(seed_parts_of(draw))
    return SeedSoFar(
        sources=tuple(
            SeedSource(part, tone_of(part.regional_group.order) if part.regional_group else 0) for part in parts
        ),
        delegates=sum(part.kind == SeedKind.DELEGATE for part in parts),
        committed=sum(bool(part.commitment) for part in parts),
        revealed=sum(bool(part.value) for part in parts),
    )


def fingerprint(draw: Draw, seed: SeedSoFar) -> str:
    """Changes with whatever the ceremony page shows before the run."""
    return f"{draw.status}-{seed.committed}-{seed.revealed}"


def count_states(draw: Draw) -> int:
    """How many States are in the frozen input."""
    return DrawEntry.objects.filter(draw=draw).count()
