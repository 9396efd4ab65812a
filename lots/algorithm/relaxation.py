"""How few extra reviewers and how even a load the classes allow: a flow between classes, and the prices that prove it.

The flow leaves out that a pair of States must not review one another, except within a class: of n like States, at most
n(n - 1)/2 pairs can be used. Between classes a price for the use of a pair can be asked instead. What the flow finds is
a bound for every draw, and the plan that the draw then tries to follow.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from lots.algorithm.flow import Network
from lots.algorithm.problem import NEVER, Problem
from lots.algorithm.table import OTHER, SAME

NO_COSTS: Mapping[tuple[int, int], int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Weights:
    """What an extra reviewer, another legal system, and the square of a load cost."""

    extra: int
    dislike: int
    square: int

    def times(self, factor: int) -> "Weights":
        return Weights(self.extra * factor, self.dislike * factor, self.square * factor)

    @classmethod
    def in_order_of_rank(cls, problem: Problem) -> "Weights":
        """Fewest extra reviewers, then like legal systems, then even loads: no lower rank outweighs a higher one."""
        squares = 4 * problem.size**2 + 1  # more than all squares together: 2n duties on one State
        dislike = squares if problem.uses_legal_system else 0
        return cls(extra=squares * (2 * problem.size + 1), dislike=dislike, square=1)


@dataclass(slots=True)
class Plan:
    """``quotas[role][a][b]``: how many States of class a get a base reviewer of class b in a role.

    ``prices[role][b]`` of a duty and ``pair_prices`` of a pair of States of two classes prove the plan the cheapest.
    """

    is_complete: bool
    quotas: list[dict[int, dict[int, int]]]
    prices: list[list[int]]
    pair_prices: dict[tuple[int, int], int] = field(default_factory=dict)

    def pairs_used(self, a: int, b: int) -> int:
        """How many States of either class get a reviewer of the other."""
        return sum(quotas.get(a, {}).get(b, 0) + quotas.get(b, {}).get(a, 0) for quotas in self.quotas)


@dataclass(frozen=True, slots=True)
class _Arc:
    place: int
    role: int
    under_review: int
    reviewer: int
    limited: bool


@dataclass(frozen=True, slots=True)
class _Costs:
    of_pairs: Mapping[tuple[int, int], int]
    whims: Mapping[tuple[int, int], int]


def plan(
    problem: Problem,
    weights: Weights,
    *,
    has_duty: Sequence[bool],
    barred: Set[tuple[int, int]] = frozenset(),
    pair_costs: Mapping[tuple[int, int], int] = NO_COSTS,
    whims: Mapping[tuple[int, int], int] = NO_COSTS,
) -> Plan:
    """The cheapest flow of base duties. ``has_duty``: the classes whose States all must have one, if that is possible.

    ``barred`` are pairs of classes (under review, reviewer) that the plan must do without; ``pair_costs`` are asked for
    the use of a pair of States of two classes, the lower number first; ``whims`` are costs by chance, by class under
    review and reviewer, for which the prices do not count.
    """
    size = len(problem.kinds)
    sides = 2 if problem.rules.exactly_two else 1  # nodes of a class as reviewer: one for each role, or one for both
    source, sink = 0, 1
    left = [[2 + role * size + each for each in range(size)] for role in (SAME, OTHER)]
    right = [[2 + (2 + role % sides) * size + each for each in range(size)] for role in (SAME, OTHER)]
    network = Network(2 + (2 + sides) * size)
    needed = 0
    for role in (SAME, OTHER):
        for each, kind in enumerate(problem.kinds):
            if kind.demands[role]:
                network.add(source, left[role][each], problem.counts[each])
                needed += problem.counts[each]
    arcs = _add_duties(network, problem, weights, (left, right), barred, _Costs(pair_costs, whims))
    for role in range(sides):
        _add_loads(network, problem, weights, right[role], sink, has_duty)
    sent, prices = network.send(source, sink)
    later = 0 if problem.rules.exactly_two else _cost_of_later_duties(problem, weights)
    quotas: list[dict[int, dict[int, int]]] = [{}, {}]
    for arc in arcs:
        if used := network.used(arc.place):
            quotas[arc.role].setdefault(arc.under_review, {})[arc.reviewer] = used
    return Plan(
        is_complete=sent == needed,
        quotas=quotas,
        prices=[[prices[sink] - prices[node] - later for node in right[role]] for role in (SAME, OTHER)],
        pair_prices={**pair_costs, **_pair_prices(network, arcs, prices, left, right)},
    )


def _add_duties(
    network: Network,
    problem: Problem,
    weights: Weights,
    nodes: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]],
    barred: Set[tuple[int, int]],
    costs: _Costs,
) -> list[_Arc]:
    left, right = nodes
    arcs = []
    for a, kind in enumerate(problem.kinds):
        count = problem.counts[a]
        for b, extras in enumerate(problem.extras[a]):
            role = problem.roles[a][b]
            if extras == NEVER or not kind.demands[role] or (a, b) in barred:
                continue
            limited = a == b and problem.rules.no_mutual
            capacity = count * (count - 1) // 2 if limited else count
            if capacity:
                cost = weights.extra * extras + weights.dislike * problem.dislikes[a][b]
                cost += costs.of_pairs.get((min(a, b), max(a, b)), 0) + costs.whims.get((a, b), 0)
                place = network.add(left[role][a], right[role][b], capacity, cost)
                arcs.append(_Arc(place, role, a, b, limited))
    return arcs


def _add_loads(
    network: Network, problem: Problem, weights: Weights, nodes: Sequence[int], sink: int, has_duty: Sequence[bool]
) -> None:
    rules = problem.rules
    demanded = len(problem.items)
    later = _cost_of_later_duties(problem, weights)
    for each, node in enumerate(nodes):
        count = problem.counts[each]
        if rules.exactly_two:
            network.add(node, sink, count)
            continue
        most = min(rules.most_duties, problem.size)
        for duty in range(1, most + 1):
            floor = rules.least_duties
            must = has_duty[each] and duty <= floor
            marginal = max(duty, floor) ** 2 - max(duty - 1, floor) ** 2
            network.add(node, sink, count, weights.square * marginal + (0 if must else later))
            if count * duty > demanded:
                break  # nobody can have more duties than there are


def _cost_of_later_duties(problem: Problem, weights: Weights) -> int:
    """Added to every duty but the one that a State must have: more than all else, so that those come first."""
    return (3 * weights.extra + weights.dislike + 9 * weights.square) * 2 * problem.size


def can_be_extra(problem: Problem) -> list[bool]:
    """The classes that can fill a gap. Everybody has joined the first instrument: with it alone there is none."""
    return [kind.instruments != 1 for kind in problem.kinds]


def _pair_prices(
    network: Network,
    arcs: Sequence[_Arc],
    prices: Sequence[int],
    left: Sequence[Sequence[int]],
    right: Sequence[Sequence[int]],
) -> dict[tuple[int, int], int]:
    """Where a class would review itself more if it had more pairs: by how much cheaper that would be."""
    found = {}
    for arc in arcs:
        if arc.limited and network.room[arc.place] == 0:
            saving = prices[right[arc.role][arc.reviewer]] - prices[left[arc.role][arc.under_review]]
            if (price := saving - network.costs[arc.place]) > 0:
                found[arc.under_review, arc.reviewer] = price
    return found
