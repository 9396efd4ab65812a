"""What proves that no draw has fewer extra reviewers, and how even loads can be at best (docs/draw-files.md).

A bound comes from prices by arithmetic that anybody can repeat; here the same arithmetic is done class by class.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lots.algorithm.problem import NEVER, Problem
from lots.algorithm.relaxation import Plan, Weights, can_be_extra, plan
from lots.algorithm.table import OTHER, ROLES, SAME

SCALE = 24  # what prices are counted in: parts of an extra reviewer
ATTEMPTS = 40  # at prices that prove more


@dataclass(frozen=True, slots=True)
class Bound:
    value: int
    evidence: Mapping[str, Any]


def bound_of_extras(problem: Problem, number: int) -> Bound:
    """The greatest number of extra reviewers that we can show every draw to need; ``number`` is what was drawn."""
    if number == 0:
        return Bound(0, {"kind": "none_below_zero"})
    weights = Weights(extra=SCALE, dislike=0, square=0)
    best: Bound | None = None
    pair_costs: dict[tuple[int, int], int] = {}
    for attempt in range(ATTEMPTS):
        relaxed = plan(problem, weights, has_duty=_must_have_duty(problem), pair_costs=pair_costs)
        value = -(-value_of(problem, relaxed, weights) // SCALE)
        if best is None or value > best.value:
            best = Bound(value, _evidence(problem, relaxed, scale=SCALE, extra_weight=1))
        if best.value >= number or not _raise_costs(problem, relaxed, pair_costs, max(1, SCALE // (2 + attempt))):
            break
    return best if best and best.value > 0 else Bound(0, {"kind": "none_below_zero"})


def _raise_costs(problem: Problem, relaxed: Plan, pair_costs: dict[tuple[int, int], int], step: int) -> bool:
    """Ask more for pairs of classes that are used too often, less for the others. Gives whether anything changed.

    A subgradient method (Held and Karp 1971); costs stay whole numbers, so that the proof does.
    """
    before = dict(pair_costs)
    if problem.rules.no_mutual:
        for a in range(len(problem.kinds)):
            for b in range(a + 1, len(problem.kinds)):
                surplus = relaxed.pairs_used(a, b) - problem.counts[a] * problem.counts[b]
                if surplus > 0 or (a, b) in pair_costs:
                    pair_costs[a, b] = max(0, pair_costs.get((a, b), 0) + step * surplus)
    return pair_costs != before


def _must_have_duty(problem: Problem) -> list[bool]:
    """The classes whose States need a base duty, since they could not have an extra one."""
    return [not each for each in can_be_extra(problem)]


def bound_of_squares(problem: Problem, number: int) -> Bound:
    """The least sum of squared loads of draws with ``number`` extra reviewers: by prices, or by being even at best."""
    balance = even_squares(len(problem.items) + number, problem.size)
    if problem.rules.exactly_two:
        return Bound(balance, {"kind": "balance"})
    ranked = Weights.in_order_of_rank(problem)
    weights = Weights(extra=ranked.extra, dislike=0, square=1)
    relaxed = plan(problem, weights, has_duty=_must_have_duty(problem))
    by_prices = value_of(problem, relaxed, weights) - weights.extra * number
    if by_prices > balance:
        return Bound(by_prices, _evidence(problem, relaxed, scale=1, extra_weight=weights.extra))
    return Bound(balance, {"kind": "balance"})


def even_squares(duties: int, states: int) -> int:
    """The sum of squares of loads that differ by at most one."""
    each, more = divmod(duties, states)
    return more * (each + 1) ** 2 + (states - more) * each**2


def value_of(problem: Problem, relaxed: Plan, weights: Weights) -> int:
    """What the prices of a plan prove: a bound of what every draw costs."""
    value = 0
    for a, kind in enumerate(problem.kinds):
        for role in (SAME, OTHER):
            if kind.demands[role]:
                value += problem.counts[a] * _cheapest(problem, relaxed, weights, a, role)
        value += problem.counts[a] * _cheapest_load(problem, relaxed, weights, a)
    for (a, b), price in relaxed.pair_prices.items():
        count = problem.counts[a]
        value -= price * (count * (count - 1) // 2 if a == b else count * problem.counts[b])
    return value


def _cheapest(problem: Problem, relaxed: Plan, weights: Weights, a: int, role: int) -> int:
    return min(
        weights.extra * extras + relaxed.prices[role][b] + relaxed.pair_prices.get((min(a, b), max(a, b)), 0)
        for b, extras in enumerate(problem.extras[a])
        if extras != NEVER and problem.roles[a][b] == role
    )


def _cheapest_load(problem: Problem, relaxed: Plan, weights: Weights, a: int) -> int:
    rules, same, other = problem.rules, relaxed.prices[SAME][a], relaxed.prices[OTHER][a]
    if rules.exactly_two:
        return 4 * weights.square - same - other
    # Who has no base duty must have an extra one, if it can.
    least = 0 if can_be_extra(problem)[a] else rules.least_duties
    most = min(rules.most_duties, problem.size - 1)
    return min(
        weights.square * max(duties, rules.least_duties) ** 2 - duties * same for duties in range(least, most + 1)
    )


def _evidence(problem: Problem, relaxed: Plan, *, scale: int, extra_weight: int) -> Mapping[str, Any]:
    prices = {
        name: {
            code: relaxed.prices[role][each] for code, each in sorted(zip(problem.codes, problem.class_of, strict=True))
        }
        for role, name in enumerate(ROLES)
    }
    pairs = []
    for (a, b), price in relaxed.pair_prices.items():
        between = [
            sorted((problem.codes[one], problem.codes[other]))
            for one in problem.members[a]
            for other in problem.members[b]
            if a != b or one < other
        ]
        pairs += [[*codes, price] for codes in between if price]
    return {
        "kind": "prices",
        "scale": scale,
        "extra_weight": extra_weight,
        "prices": prices,
        "pair_prices": sorted(pairs),
    }
