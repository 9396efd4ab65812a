"""Extra reviewers, for the instruments that a base reviewer lacks (procedures and rules, paragraph 29 (b)).

As few as the gap needs, in the role of the one who left it, those with the fewest duties first, chance among equals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lots.algorithm.generator import Chance
from lots.algorithm.pairing import BaseReviewers
from lots.algorithm.problem import NEVER, Problem

MOST_NODES = 20_000  # teams looked at for one pairing; then another pairing is tried


@dataclass(frozen=True, slots=True)
class Extra:
    """``instruments`` (a set of bits) of a State that ``reviewer`` reviews in place of its base reviewer."""

    state: int
    role: int
    reviewer: int
    instruments: int


@dataclass(frozen=True, slots=True)
class _Gap:
    state: int
    role: int
    base: int
    instruments: int
    number: int  # of extra reviewers that are needed


class Placing:
    """Finds extra reviewers for one pairing of base reviewers; ``loads`` and ``pairs`` grow with them."""

    def __init__(self, pairing: BaseReviewers, chance: Chance) -> None:
        self.problem: Problem = pairing.problem
        self.loads, self.pairs = list(pairing.loads), set(pairing.pairs)
        self.chance, self.nodes = chance, 0
        self.reviewers = [0] * self.problem.size
        gaps = []
        for (state, role), base in zip(self.problem.items, pairing.reviewer, strict=True):
            self.reviewers[state] += 1
            if gap := _gap(self.problem, state, role, base):
                gaps.append(gap)
        self.gaps = chance.shuffle(gaps)
        self.stuck = (0, 0)  # State and base reviewer of a gap that could not be filled

    def place(self) -> list[Extra] | None:
        """The extra reviewers; None where the search found none for this pairing."""
        return self._place(0)

    def _place(self, place: int) -> list[Extra] | None:
        if place == len(self.gaps):
            return []
        gap = self.gaps[place]
        self.stuck = (gap.state, gap.base)
        for team in self._teams(gap):
            self._count(team, 1)
            rest = self._place(place + 1)
            if rest is not None:
                return team + rest
            self._count(team, -1)
        return None

    def _teams(self, gap: _Gap) -> Iterator[list[Extra]]:
        if self.reviewers[gap.state] + gap.number > self.problem.most_reviewers_of(gap.state):
            return
        able = [state for state in self.chance.shuffle(range(self.problem.size)) if self._may(gap, state)]
        able.sort(key=lambda state: self.loads[state])
        for states in combinations(able, gap.number):
            self.nodes += 1
            if self.nodes > MOST_NODES:
                return
            team, left = [], gap.instruments
            for state in states:
                share = left & self._instruments(state)
                team.append(Extra(gap.state, gap.role, state, share))
                left &= ~share
            if not left and all(extra.instruments for extra in team):
                yield team

    def _may(self, gap: _Gap, state: int) -> bool:
        problem, size = self.problem, self.problem.size
        a, b = problem.class_of[gap.state], problem.class_of[state]
        return (
            state not in (gap.state, gap.base)
            and problem.roles[a][b] == gap.role
            and problem.is_open(a, b)
            and bool(self._instruments(state) & gap.instruments)
            and self.loads[state] < problem.rules.most_duties
            and not (problem.rules.no_mutual and gap.state * size + state in self.pairs)
            and state * size + gap.state not in self.pairs
        )

    def _instruments(self, state: int) -> int:
        return self.problem.kinds[self.problem.class_of[state]].instruments

    def _count(self, team: list[Extra], change: int) -> None:
        for extra in team:
            self.loads[extra.reviewer] += change
            self.reviewers[extra.state] += change
            (self.pairs.add if change > 0 else self.pairs.remove)(extra.reviewer * self.problem.size + extra.state)


def _gap(problem: Problem, state: int, role: int, base: int) -> _Gap | None:
    a, b = problem.class_of[state], problem.class_of[base]
    if not problem.extras[a][b] or problem.extras[a][b] == NEVER:
        return None
    missing = problem.kinds[a].demands[role] & ~problem.kinds[b].instruments
    return _Gap(state, role, base, missing, problem.extras[a][b])
