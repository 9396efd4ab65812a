"""After the draw: reviewers for one State alone, all other pairs fixed; when it asks for a redraw, or has joined late.

Mechanism rules B10 and B13 (unverified for this Convention, from the terms of reference of the UNCAC mechanism). Every
possible team is looked at: first those with the fewest extra reviewers, then with the fewest that reviewed the State
before, then with the most even loads; chance decides among equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from lots.algorithm.generator import Chance
from lots.algorithm.problem import Rules
from lots.algorithm.result import DrawnPairing, loads_of
from lots.algorithm.switches import Switches
from lots.algorithm.table import ROLES, PartyTable


@dataclass(frozen=True)
class Redraw:
    """To draw the reviewers of one State, ``code``, anew; what is drawn for all others stays.

    ``fixed`` are those of its reviewers that stay as well, by role, the base reviewer first: only what these leave open
    is drawn. ``barred`` do not come again. ``rules`` are those of the switches where nothing else is said.
    """

    code: str
    table: PartyTable
    switches: Switches
    groups: Mapping[str, int]
    others: Sequence[DrawnPairing]
    former: frozenset[str]
    fixed: Mapping[str, Sequence[DrawnPairing]] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ROLES
    rules: Rules | None = None

    def drawn_anew(self, chance: Chance) -> list[DrawnPairing] | None:
        """The reviewers of the State; None where no team keeps the rules."""
        best: tuple[int, int, int] | None = None
        equals: list[tuple[DrawnPairing, ...]] = []
        loads = loads_of([party.code for party in self.table.parties], self.others)
        for team in self._teams(loads):
            reviewers = [pairing.reviewer for pairing in team]
            extras = sum(pairing.extra for pairing in team)
            squares = sum(2 * loads[code] + 1 for code in reviewers)
            rank = (extras, len(self.former.intersection(reviewers)), squares)
            if best is None or rank < best:
                best, equals = rank, []
            if rank == best:
                equals.append(team)
        return list(equals[chance.below(len(equals))]) if equals else None

    def _teams(self, loads: Mapping[str, int]) -> Iterator[tuple[DrawnPairing, ...]]:
        """Every team that keeps the rules, in the order of the codes."""
        rules = self.rules or Rules.of(self.switches)
        # Who would be left without any duty must be of the team.
        idle = frozenset(
            code
            for code, load in loads.items()
            if load < rules.least_duties and code not in self.switches.late and code != self.code
        )
        by_role = [self._halves(role, loads, rules, idle) for role in self.roles]
        most = len(self.table.parties) if self.code in self.switches.consent else rules.most_reviewers
        for halves in product(*by_role):
            team = tuple(pairing for half in halves for pairing in half)
            if len(team) <= most and idle <= {pairing.reviewer for pairing in team}:
                yield team

    def _halves(
        self, role: str, loads: Mapping[str, int], rules: Rules, idle: frozenset[str]
    ) -> list[tuple[DrawnPairing, ...]]:
        """The teams of one role with the fewest extra reviewers, and all with a State that must be in the team."""
        fixed = self.fixed.get(role, ())
        staying = {pairing.reviewer for pairing in fixed}
        able = [
            party.code
            for party in self.table.parties
            if party.code not in staying and self._may(party.code, role, loads, rules)
        ]
        if fixed:
            gap = self._split(fixed[0].reviewer)[1]
            covered = {name for pairing in fixed[1:] for name in pairing.instruments}
            left = [name for name in gap if name not in covered]
            teams = self._covers(role, fixed[0].reviewer, left, able, False) if left else iter([()])
            return [(*fixed, *team) for team in teams]
        is_bound = bool(idle.intersection(able))
        found: list[tuple[DrawnPairing, ...]] = []
        for base in able:
            if rules.exactly_two and not self._is_free(base, role):
                continue
            shared, gap = self._split(base)
            first = DrawnPairing(self.code, base, role, False, shared)
            if not gap:
                found.append((first,))
            elif is_bound or not any(len(team) == 1 for team in found):
                found += [(first, *team) for team in self._covers(role, base, gap, able, is_bound)]
        least = min(map(len, found), default=0)
        return [team for team in found if len(team) == least or idle.intersection(pairing.reviewer for pairing in team)]

    def _covers(
        self, role: str, base: str, gap: Sequence[str], able: Sequence[str], is_bound: bool
    ) -> Iterator[tuple[DrawnPairing, ...]]:
        """The fewest extra reviewers that cover the gap; all that do where a State must be in the team."""
        joined = {code: set(self.table.by_code[code].instruments) for code in able}
        useful = [code for code in able if code != base and joined[code].intersection(gap)]
        found = False
        for number in range(1, len(gap) + 1):
            if found and not is_bound:
                return
            for codes in combinations(useful, number):
                team, left = [], set(gap)
                for code in codes:
                    share = left & joined[code]
                    team.append(DrawnPairing(self.code, code, role, True, self.table.in_order(share)))
                    left -= share
                if not left and all(pairing.instruments for pairing in team):
                    found = True
                    yield tuple(team)

    def _split(self, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        own, its = self.table.by_code[self.code].instruments, self.table.by_code[base].instruments
        return tuple(name for name in own if name in its), tuple(name for name in own if name not in its)

    def _may(self, code: str, role: str, loads: Mapping[str, int], rules: Rules) -> bool:
        same = self.table.by_code[code].regional_group == self.table.by_code[self.code].regional_group
        return (
            code != self.code
            and code not in self.barred
            and (role == ROLES[0]) == same
            and code not in self.switches.late
            and (code, self.code) not in self.switches.exclude
            and not (self.switches.defers(code) and self.groups[code] == self.groups[self.code])
            and loads[code] < rules.most_duties
            and not any(pairing.under_review == code and pairing.reviewer == self.code for pairing in self.others)
        )

    def _is_free(self, code: str, role: str) -> bool:
        """With exactly two base duties each: whether the State has none yet in this role."""
        return self.code in self.switches.late or not any(
            pairing.reviewer == code and pairing.role == role and not pairing.extra for pairing in self.others
        )
