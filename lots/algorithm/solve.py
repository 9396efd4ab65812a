"""From a problem to the best draw of reviewers: plan, deal, mend, mix, place; the complete search where that fails."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass

from lots.algorithm.bounds import Bound, bound_of_extras, bound_of_squares
from lots.algorithm.extras import Extra, Placing
from lots.algorithm.generator import Chance
from lots.algorithm.pairing import BaseReviewers, Walk, deal, mix, sum_of_squares
from lots.algorithm.problem import Problem
from lots.algorithm.proofs import is_proved_impossible
from lots.algorithm.relaxation import Plan, Weights, plan
from lots.algorithm.search import ReviewerTeam, Search, SearchResult

TRIES = 60  # pairings that are dealt before the complete search
WALKS = 12  # of one pairing, until extra reviewers can be placed
WHIMS = 8  # costs by chance, too small to make a plan worse than the best
SMALL = 9  # States, up to which a draw that is not proved the best is looked for by the complete search


@dataclass(frozen=True, slots=True)
class Solution:
    """``base[i]`` reviews ``items[i]`` of the problem, with the ``extras``; the bounds say how good that is at best."""

    base: list[int]
    extras: list[Extra]
    loads: list[int]
    extras_bound: Bound
    squares_bound: Bound

    @property
    def is_proved(self) -> bool:
        return len(self.extras) <= self.extras_bound.value and self.squares <= self.squares_bound.value

    @property
    def squares(self) -> int:
        return sum_of_squares(self.loads)


@dataclass(frozen=True, slots=True)
class NoSolution:
    """``is_proved``: there is none at all, rather than none found within the limits of the search."""

    is_proved: bool


def solve(problem: Problem, chance: Chance) -> Solution | NoSolution:
    """The best draw found, at random among its equals. The result depends on the problem and on chance alone."""
    found = _dealt(problem, chance, tries=1)
    if found is None:
        if is_proved_impossible(problem):
            return NoSolution(is_proved=True)
        found = _dealt(problem, chance, tries=TRIES)
    if found is not None and (found.is_proved or problem.size > SMALL):
        return found
    return _searched(problem, chance, found)


def _dealt(problem: Problem, chance: Chance, *, tries: int) -> Solution | None:
    weights = Weights.in_order_of_rank(problem)
    barred: set[tuple[int, int]] = set()
    for attempt in range(tries):
        planned = _planned(problem, weights, barred, chance if attempt else None)
        if not planned.is_complete:
            if not barred:
                return None
            barred.clear()
            continue
        pairing = BaseReviewers.of(problem, deal(problem, planned, chance))
        walk = Walk(problem, pairing, weights, barred)
        if broken := walk.mend(chance):
            # The plan asks for more pairs of two classes than there are: one direction has to go.
            place = broken[chance.below(len(broken))]
            too_many = problem.items[place][0], pairing.reviewer[place]
        else:
            solution = _placed(problem, pairing, walk, chance)
            if isinstance(solution, Solution):
                return solution
            too_many = solution
        barred.add((problem.class_of[too_many[0]], problem.class_of[too_many[1]]))
    return None


def _planned(problem: Problem, weights: Weights, barred: Set[tuple[int, int]], chance: Chance | None) -> Plan:
    """The best plan; with ``chance`` any one of those that are as good, since not all of them can be followed."""
    has_duty = [True] * len(problem.kinds)
    if chance is None:
        return plan(problem, weights, has_duty=has_duty, barred=barred)
    size = range(len(problem.kinds))
    whims = {(a, b): chance.below(WHIMS) for a in size for b in size}
    finer = weights.times(2 * problem.size * WHIMS)
    return plan(problem, finer, has_duty=has_duty, barred=barred, whims=whims)


def _placed(problem: Problem, pairing: BaseReviewers, walk: Walk, chance: Chance) -> Solution | tuple[int, int]:
    """The pairing with extra reviewers; or else a State and its base reviewer that leave a gap which nobody fills."""
    mix(walk, chance)
    stuck = Counter[tuple[int, int]]()
    for _ in range(WALKS):
        placing = Placing(pairing, chance)
        extras = placing.place()
        if extras is not None and min(placing.loads) >= problem.rules.least_duties:
            return _with_bounds(problem, list(pairing.reviewer), extras, placing.loads)
        stuck[placing.stuck] += 1
        mix(walk, chance, steps_a_duty=2)
    return max(stuck, key=lambda pair: (stuck[pair], pair))


def _with_bounds(problem: Problem, base: list[int], extras: list[Extra], loads: list[int]) -> Solution:
    number = len(extras)
    return Solution(base, extras, loads, bound_of_extras(problem, number), bound_of_squares(problem, number))


def _searched(problem: Problem, chance: Chance, found: Solution | None) -> Solution | NoSolution:
    """Try every possibility, within limits. ``problem`` is in an order made by chance, hence so is what comes first."""
    none = Bound(0, {"kind": "none_below_zero"})
    goal = found.extras_bound if found else none
    squares = found.squares_bound if found else Bound(0, {"kind": "balance"})
    result = Search(problem, goal, squares).run()
    if result.teams is None:
        return found or NoSolution(is_proved=result.is_complete)
    if found and not result.is_complete and (len(found.extras), found.squares) <= (result.number, result.squares):
        return found
    return _solution_of(problem, result, [result.teams[item] for item in problem.items])


def _solution_of(problem: Problem, result: SearchResult, teams: list[ReviewerTeam]) -> Solution:
    base = [team.base for team in teams]
    extras = [extra for team in teams for extra in team.extras]
    loads = [0] * problem.size
    for reviewer in [*base, *(extra.reviewer for extra in extras)]:
        loads[reviewer] += 1
    solution = _with_bounds(problem, base, extras, loads)
    if not result.is_complete:
        return solution
    # Every possibility was tried: what was found is the bound, where prices do not show it as well.
    searched = {"kind": "search"}
    extras_bound, squares_bound = solution.extras_bound, solution.squares_bound
    if extras_bound.value < result.number:
        extras_bound = Bound(result.number, searched)
    if squares_bound.value < result.squares:
        squares_bound = Bound(result.squares, searched)
    return Solution(base, extras, loads, extras_bound, squares_bound)
