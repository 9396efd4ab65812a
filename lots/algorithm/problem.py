"""What has to be drawn, in numbers: States that are alike form a class, and rules hold between classes.

The solver never sees a code or a name: it is given the States in an order that chance has made, and treats those of one
class alike. Hence States that are alike in the input have equal chances, whatever they are called (docs/draw.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from lots.algorithm.switches import Switches
from lots.algorithm.table import OTHER, SAME, PartyTable

MOST_REVIEWERS = 4  # procedures and rules, paragraph 29 (c): a State may consent to more
LEAST_DUTIES, MOST_DUTIES = 1, 3  # mechanism rule B9, unverified; ``load=soft`` relaxes it
NO_LIMIT = 1 << 30
NEVER = -1  # in place of a number of extra reviewers: may not review


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules hold. The draw keeps all of them; the search for what is in conflict leaves some out."""

    least_duties: int = LEAST_DUTIES
    most_duties: int = MOST_DUTIES
    exactly_two: bool = False
    no_mutual: bool = True
    most_reviewers: int = MOST_REVIEWERS

    @classmethod
    def of(cls, switches: Switches) -> "Rules":
        if switches.load == "soft":
            return cls(least_duties=0, most_duties=NO_LIMIT)
        return cls(exactly_two=switches.load == "two")


@dataclass(frozen=True, slots=True)
class StateProfile:
    """What makes States alike. ``name`` is set only for a State that an exclusion names: nobody is like it.

    ``instruments`` are those it has joined and can review, ``demands`` those for which it needs a reviewer, by role;
    all are sets of bits.
    """

    region: str
    instruments: int
    demands: tuple[int, int]
    legal_system: str
    group: int
    defers: bool
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """``kinds`` are the classes, ``class_of`` the class of each State, in the order of ``codes``."""

    codes: tuple[str, ...]
    kinds: tuple[StateProfile, ...]
    class_of: tuple[int, ...]
    consents: tuple[bool, ...]
    excluded: frozenset[tuple[str, str]]
    rules: Rules
    instruments: tuple[str, ...]
    uses_legal_system: bool = False

    @property
    def size(self) -> int:
        return len(self.codes)

    def instruments_of(self, bits: int) -> tuple[str, ...]:
        """The names of a set of bits."""
        return tuple(name for place, name in enumerate(self.instruments) if bits >> place & 1)

    @cached_property
    def counts(self) -> list[int]:
        """How many States each class has."""
        counts = [0] * len(self.kinds)
        for each in self.class_of:
            counts[each] += 1
        return counts

    @cached_property
    def members(self) -> list[list[int]]:
        members: list[list[int]] = [[] for _ in self.kinds]
        for state, each in enumerate(self.class_of):
            members[each].append(state)
        return members

    @cached_property
    def items(self) -> list[tuple[int, int]]:
        """What needs a base reviewer: each State under review, in each role in which it demands one."""
        demands = [self.kinds[each].demands for each in self.class_of]
        return [(state, role) for state in range(self.size) for role in (SAME, OTHER) if demands[state][role]]

    @cached_property
    def roles(self) -> list[list[int]]:
        """The role in which a State of the second class would review one of the first."""
        return [[SAME if a.region == b.region else OTHER for b in self.kinds] for a in self.kinds]

    def is_open(self, under_review: int, reviewer: int) -> bool:
        """Whether a State of class ``reviewer`` may at all review another one, of class ``under_review``."""
        a, b = self.kinds[under_review], self.kinds[reviewer]
        if b.defers and a.group == b.group:
            return False
        if a.name and b.name and (b.name, a.name) in self.excluded:
            return False
        return under_review != reviewer or self.counts[under_review] > 1

    @cached_property
    def extras(self) -> list[list[int]]:
        """How many extra reviewers a base reviewer of the second class leaves to find; NEVER where it may not."""
        size = len(self.kinds)
        is_open = [[self.is_open(a, b) for b in range(size)] for a in range(size)]
        found = []
        for a in range(size):
            able = [
                sorted({self.kinds[b].instruments for b in range(size) if is_open[a][b] and self.roles[a][b] == role})
                for role in (SAME, OTHER)
            ]
            cover = lru_cache(maxsize=None)(lambda gap, role, able=able: least_cover(gap, able[role]))
            demands, roles = self.kinds[a].demands, self.roles[a]
            found.append(
                [
                    cover(demands[roles[b]] & ~self.kinds[b].instruments, roles[b]) if is_open[a][b] else NEVER
                    for b in range(size)
                ]
            )
        return found

    @cached_property
    def dislikes(self) -> list[list[int]]:
        """1 where a same-group reviewer of the second class has another legal system; 0 where that does not count."""
        if not self.uses_legal_system:
            return [[0] * len(self.kinds) for _ in self.kinds]
        return [
            [
                int(self.roles[a][b] == SAME and kind.legal_system != other.legal_system)
                for b, other in enumerate(self.kinds)
            ]
            for a, kind in enumerate(self.kinds)
        ]

    def most_reviewers_of(self, state: int) -> int:
        return NO_LIMIT if self.consents[state] else self.rules.most_reviewers

    def with_rules(self, **changes: object) -> "Problem":
        return replace(self, rules=replace(self.rules, **changes))  # type: ignore[arg-type]


def least_cover(gap: int, able: Sequence[int]) -> int:
    """How many of ``able`` (sets of bits) are needed to cover the gap; NEVER where all of them do not."""
    if not gap:
        return 0
    useful = sorted({each & gap for each in able} - {0})
    for number in range(1, gap.bit_count() + 1):
        for chosen in combinations(useful, number):
            if _union(chosen) == gap:
                return number
    return NEVER


def _union(sets: Iterable[int]) -> int:
    union = 0
    for each in sets:
        union |= each
    return union


def problem_of(
    table: PartyTable,
    switches: Switches,
    groups: Mapping[str, int],
    order: Sequence[str],
    *,
    rules: Rules | None = None,
    demands: Mapping[str, tuple[int, int]] | None = None,
) -> Problem:
    """The problem of drawing reviewers for the States of ``order`` (codes, in the order that chance has made).

    ``demands`` are given where a State is to be reviewed for less than all it has joined, as sets of bits by role.
    """
    anybody_defers = any(switches.defers(code) for code in order)
    apart = {code for pair in switches.exclude for code in pair}
    kinds: dict[StateProfile, int] = {}
    class_of = []
    for code in order:
        party = table.by_code[code]
        joined = table.bits_of(party.instruments)
        kind = StateProfile(
            region=party.regional_group,
            instruments=joined,
            demands=(joined, joined) if demands is None else demands.get(code, (0, 0)),
            legal_system=party.legal_system if switches.legal_system else "",
            group=groups[code] if anybody_defers else 0,
            defers=switches.defers(code),
            name=code if code in apart else "",
        )
        class_of.append(kinds.setdefault(kind, len(kinds)))
    return Problem(
        codes=tuple(order),
        kinds=tuple(kinds),
        class_of=tuple(class_of),
        consents=tuple(code in switches.consent for code in order),
        excluded=frozenset(switches.exclude),
        rules=rules or Rules.of(switches),
        instruments=table.instruments,
        uses_legal_system=switches.legal_system,
    )
