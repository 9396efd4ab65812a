"""The complete search: for small tables, and for those where the plan of the classes cannot be followed.

Depth first, the item with the fewest possibilities next; a branch is left when it cannot become better than the best
draw found. The work is counted in possibilities looked at, so that the search ends everywhere at the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lots.algorithm.bounds import Bound
from lots.algorithm.extras import Extra
from lots.algorithm.pairing import sum_of_squares
from lots.algorithm.problem import NEVER, Problem

MOST_WORK = 600_000  # possibilities; a few seconds


@dataclass(frozen=True, slots=True)
class ReviewerTeam:
    """Who reviews a State in one role: the base reviewer, and the extra ones for what it lacks."""

    base: int
    extras: tuple[Extra, ...]


@dataclass(slots=True)
class SearchResult:
    """``teams`` of the best draw, None where there is none; ``is_complete``: nothing was left untried."""

    teams: dict[tuple[int, int], ReviewerTeam] | None
    number: int
    squares: int
    is_complete: bool


class _WorkDoneError(Exception):
    pass


class _BestPossibleError(Exception):
    pass


class Search:
    """Looks for the draw with the fewest extra reviewers, then the most even loads."""

    def __init__(self, problem: Problem, extras: Bound, squares: Bound, most_work: int = MOST_WORK) -> None:
        self.problem, self.work, self.most_work = problem, 0, most_work
        self.goal = (extras.value, squares.value)
        self.loads = [0] * problem.size
        self.reviewers = [0] * problem.size
        self.pairs: set[tuple[int, int]] = set()
        self.by_role = [[0, 0] for _ in range(problem.size)]
        self.chosen: dict[tuple[int, int], ReviewerTeam] = {}
        self.number = 0
        self.best: tuple[int, int] | None = None
        self.teams: dict[tuple[int, int], ReviewerTeam] | None = None

    def run(self) -> SearchResult:
        is_complete = True
        try:
            self._choose(list(self.problem.items))
        except _WorkDoneError:
            is_complete = False
        except _BestPossibleError:
            pass
        number, squares = self.best or (0, 0)
        return SearchResult(self.teams, number, squares, is_complete)

    def _choose(self, items: list[tuple[int, int]]) -> None:
        if not items:
            self._keep()
            return
        if not self._can_be_better(items):
            return
        options = {item: list(self._options(*item)) for item in items}
        item = min(items, key=lambda each: len(options[each]))
        rest = [each for each in items if each != item]
        for team in sorted(options[item], key=lambda team: len(team.extras)):
            self._count(item, team, 1)
            self._choose(rest)
            self._count(item, team, -1)

    def _keep(self) -> None:
        if any(load < self.problem.rules.least_duties for load in self.loads):
            return
        result = (self.number, sum_of_squares(self.loads))
        if self.best is None or result < self.best:
            self.best, self.teams = result, dict(self.chosen)
            if result <= self.goal:
                raise _BestPossibleError

    def _can_be_better(self, items: list[tuple[int, int]]) -> bool:
        if self.best is None:
            return True
        classes, extras = self.problem.class_of, self.problem.extras
        least = [min(each for each in extras[classes[state]] if each != NEVER) for state, _role in items]
        number = self.number + sum(least)
        if number != self.best[0]:
            return number < self.best[0]
        return self._least_squares(len(items) + sum(least)) < self.best[1]

    def _least_squares(self, duties: int) -> int:
        """If what is still to come went to those with the fewest duties."""
        loads = sorted(self.loads)
        for _ in range(duties):
            loads[0] += 1
            loads.sort()
        return sum_of_squares(loads)

    def _options(self, state: int, role: int) -> Iterator[ReviewerTeam]:
        problem = self.problem
        demanded = problem.kinds[problem.class_of[state]].demands[role]
        for base in range(problem.size):
            self._work()
            if not self._may(state, role, base, is_base=True):
                continue
            gap = demanded & ~self._instruments(base)
            if not gap:
                yield ReviewerTeam(base, ())
                continue
            able = [
                other
                for other in range(problem.size)
                if other != base and self._instruments(other) & gap and self._may(state, role, other)
            ]
            for number in range(1, gap.bit_count() + 1):
                if self.reviewers[state] + 1 + number <= problem.most_reviewers_of(state):
                    yield from self._covers(state, role, base, gap, combinations(able, number))

    def _covers(
        self, state: int, role: int, base: int, gap: int, chosen: Iterator[tuple[int, ...]]
    ) -> Iterator[ReviewerTeam]:
        for states in chosen:
            self._work()
            team, left = [], gap
            for other in states:
                share = left & self._instruments(other)
                team.append(Extra(state, role, other, share))
                left &= ~share
            if not left and all(extra.instruments for extra in team):
                yield ReviewerTeam(base, tuple(team))

    def _may(self, state: int, role: int, other: int, *, is_base: bool = False) -> bool:
        problem = self.problem
        a, b = problem.class_of[state], problem.class_of[other]
        if other == state or problem.roles[a][b] != role or not problem.is_open(a, b):
            return False
        if self.loads[other] >= problem.rules.most_duties:
            return False
        if is_base and problem.rules.exactly_two and self.by_role[other][role]:
            return False
        if self.reviewers[state] + 1 > problem.most_reviewers_of(state):
            return False
        return not (problem.rules.no_mutual and (state, other) in self.pairs)

    def _instruments(self, state: int) -> int:
        return self.problem.kinds[self.problem.class_of[state]].instruments

    def _count(self, item: tuple[int, int], team: ReviewerTeam, change: int) -> None:
        state, role = item
        self.by_role[team.base][role] += change
        self.number += change * len(team.extras)
        for reviewer in (team.base, *(extra.reviewer for extra in team.extras)):
            self.loads[reviewer] += change
            self.reviewers[state] += change
            (self.pairs.add if change > 0 else self.pairs.remove)((reviewer, state))
        if change > 0:
            self.chosen[item] = team
        else:
            del self.chosen[item]

    def _work(self) -> None:
        self.work += 1
        if self.work > self.most_work:
            raise _WorkDoneError
