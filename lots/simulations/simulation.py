"""Equal treatment, measured: many draws of one input, and whether States that are alike fare alike.

Two like States may change places in the input without changing it, so that in every draw each of them is as likely to
meet with what happened to the other: the table of what happened to both is symmetric. Bowker's test (1948) asks whether
the differences seen are larger than chance makes them; unlike a comparison of two samples it allows for what the States
of one draw have to do with one another. Tests of pairs that share a State are not independent; so all States of a class
are tested together as well, once for each thing that can happen to them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import combinations

from lots.algorithm import FinishedDraw, Party, PartyTable, Switches, draw

PART = 50  # draws that a process does before it tells
LEAST_SEEN = 10  # of a pair of cells, for the test to count it
ASPECTS = ("group", "load", "same_group", "other_group")
Kind = tuple[str, tuple[str, ...], str, bool, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Fit:
    """Bowker's test of one aspect of two like States; ``p``: how often chance alone gives such a difference or more."""

    one: str
    other: str
    aspect: str
    statistic: float
    degrees: int

    @property
    def p(self) -> float:
        return chi_squared_tail(self.statistic, self.degrees)


@dataclass(frozen=True, slots=True)
class ClassFit:
    """Whether something (an aspect and its value) happened to all States of a class equally often."""

    number: int
    aspect: str
    value: str
    statistic: float
    degrees: int

    @property
    def p(self) -> float:
        return chi_squared_tail(self.statistic, self.degrees)


@dataclass
class DrawTally:
    """What happened in all draws so far. Tallies of several processes are added up."""

    table: PartyTable
    switches: Switches
    draws: int = 0
    both: dict[tuple[str, str, str], Counter[tuple[str, str]]] = field(default_factory=dict)
    meetings: Counter[tuple[str, str]] = field(default_factory=Counter)
    happened: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    variances: dict[tuple[int, str, str], float] = field(default_factory=dict)

    def add(self, drawn: FinishedDraw) -> None:
        self.draws += 1
        seen = _aspects_of(drawn, self.kinds)
        for one, other in self.like_pairs:
            for place, aspect in enumerate(ASPECTS):
                self.both.setdefault((one, other, aspect), Counter())[seen[one][place], seen[other][place]] += 1
        self.meetings.update((pairing.under_review, pairing.reviewer) for pairing in drawn.pairings)
        self.happened.update(
            (code, ASPECTS[place], each) for code, own in seen.items() for place, each in enumerate(own)
        )
        self._add_variances(seen)

    def _add_variances(self, seen: Mapping[str, tuple[str, ...]]) -> None:
        """How much the States of a class differ within the draw, whoever of them it was that something happened to."""
        for number, members in enumerate(self.classes):
            size = len(members)
            for place, aspect in enumerate(ASPECTS):
                for value, count in Counter(seen[party.code][place] for party in members).items():
                    key, more = (number, aspect, value), count * (size - count)
                    if more:
                        self.variances[key] = self.variances.get(key, 0.0) + more / (size * (size - 1))

    def merge(self, more: "DrawTally") -> None:
        self.draws += more.draws
        self.meetings.update(more.meetings)
        self.happened.update(more.happened)
        for kind, variance in more.variances.items():
            self.variances[kind] = self.variances.get(kind, 0.0) + variance
        for key, counts in more.both.items():
            self.both.setdefault(key, Counter()).update(counts)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """The number of the class of like States that each State belongs to."""
        return {party.code: place for place, members in enumerate(self.classes) for party in members}

    @cached_property
    def classes(self) -> list[list[Party]]:
        """States that the input does not tell apart, by regional group and instruments."""
        found: dict[Kind, list[Party]] = defaultdict(list)
        for party in self.table.parties:
            found[_kind(party, self.switches)].append(party)
        return [found[kind] for kind in sorted(found)]

    @cached_property
    def like_pairs(self) -> list[tuple[str, str]]:
        return [(one.code, other.code) for members in self.classes for one, other in combinations(members, 2)]

    def fits(self) -> Iterator[Fit]:
        for (one, other, aspect), counts in sorted(self.both.items()):
            statistic, degrees = _bowker(counts)
            yield Fit(one, other, aspect, statistic, degrees)

    def class_fits(self) -> Iterator[ClassFit]:
        """The counts of like States, each against their mean, in units of how much they differ within a draw."""
        for (number, aspect, value), variance in sorted(self.variances.items()):
            counts = [self.happened[party.code, aspect, value] for party in self.classes[number]]
            if min(sum(counts), self.draws * len(counts) - sum(counts)) >= LEAST_SEEN * len(counts):
                mean = sum(counts) / len(counts)
                statistic = sum((count - mean) ** 2 for count in counts) / variance
                yield ClassFit(number, aspect, value, statistic, len(counts) - 1)

    def chances(self) -> list[list[float]]:
        """How likely a State of one class (row) is to be reviewed by a State of another one (column), on average."""
        kinds = self.kinds
        counts = Counter[tuple[int, int]]()
        for (under_review, reviewer), number in self.meetings.items():
            counts[kinds[under_review], kinds[reviewer]] += number
        sizes = [len(members) for members in self.classes]
        places = range(len(sizes))
        return [[counts[row, column] / (self.draws * sizes[row]) for column in places] for row in places]


def simulate(table: PartyTable, switches: Switches, as_of: str, seeds: Sequence[str]) -> DrawTally:
    """Draw once for each seed. Raises ImpossibleDrawError."""
    tally = DrawTally(table, switches)
    for seed in seeds:
        tally.add(draw(table, switches, as_of=as_of, seed=seed))
    return tally


def simulate_in_processes(
    table: PartyTable, switches: Switches, as_of: str, seeds: Sequence[str], tell: Callable[[int, int], None]
) -> DrawTally:
    """The same on every processor; ``tell(done, of)`` is called as draws are done. Raises ImpossibleDrawError."""
    whole = DrawTally(table, switches)
    parts = [seeds[start : start + PART] for start in range(0, len(seeds), PART)]
    with ProcessPoolExecutor() as pool:
        for part in pool.map(partial(simulate, table, switches, as_of), parts):
            whole.merge(part)
            tell(whole.draws, len(seeds))
    return whole


def _kind(party: Party, switches: Switches) -> Kind:
    """What the draw can see of a State. One that is named in a pair, or drawn for alone, is like no other."""
    alone = {*switches.redraw, *switches.late, *(code for pair in switches.exclude for code in pair)}
    return (
        party.regional_group,
        party.instruments,
        party.legal_system,
        party.code in switches.consent,
        party.code in switches.volunteer,
        switches.defers(party.code),
        party.code if party.code in alone else "",
    )


def _aspects_of(drawn: FinishedDraw, kinds: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """For each State: its group, its load, and of which class its base reviewers are."""
    base = {
        (pairing.under_review, pairing.role): str(kinds[pairing.reviewer])
        for pairing in drawn.pairings
        if not pairing.extra
    }
    return {
        code: (str(group), str(drawn.loads[code]), base[code, "same_group"], base[code, "other_group"])
        for code, group in drawn.groups.items()
    }


def _bowker(counts: Mapping[tuple[str, str], int]) -> tuple[float, int]:
    statistic, degrees = 0.0, 0
    for one, other in {(min(pair), max(pair)) for pair in counts if pair[0] != pair[1]}:
        there, back = counts.get((one, other), 0), counts.get((other, one), 0)
        if there + back >= LEAST_SEEN:
            statistic += (there - back) ** 2 / (there + back)
            degrees += 1
    return statistic, degrees


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """How likely a chi-squared number is to be at least ``statistic``: a finite sum for whole degrees of freedom."""
    if degrees == 0 or statistic <= 0:
        return 1.0
    half = statistic / 2
    if degrees % 2:
        tail, term, power = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2, 1.5
    else:
        tail, term, power = 0.0, 1.0, 1.0
    # Terms of the sum e^(-half) half^(power - 1) / gamma(power), for powers up to half the degrees.
    scale = math.exp(-half)
    while power <= degrees / 2:
        tail += scale * term
        term *= half / power
        power += 1
    return min(1.0, tail)
