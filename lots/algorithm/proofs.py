"""Proofs that no draw keeps all rules. Each is exact where it speaks; where none does, a draw may still be impossible.

They take little time for any number of States, since they look at classes of like States.
"""

from lots.algorithm.flow import Network
from lots.algorithm.problem import NEVER, Problem
from lots.algorithm.table import OTHER, SAME


def is_proved_impossible(problem: Problem) -> bool:
    """Whether one of the proofs shows that no draw exists. False says nothing."""
    return (
        _somebody_has_no_reviewer(problem)
        or _somebody_needs_too_many(problem)
        or any(_too_few_pairs(problem, role, bit) for role in (SAME, OTHER) for bit in _bits(problem))
        or any(_too_few_duties(problem, bit) for bit in _bits(problem))
    )


def _bits(problem: Problem) -> list[int]:
    return [1 << place for place in range(len(problem.instruments))]


def _somebody_has_no_reviewer(problem: Problem) -> bool:
    for a, kind in enumerate(problem.kinds):
        for role in (SAME, OTHER):
            if kind.demands[role] and not _least(problem, a, role):
                return True
    return False


def _least(problem: Problem, a: int, role: int) -> list[int]:
    return [extras for b, extras in enumerate(problem.extras[a]) if extras != NEVER and problem.roles[a][b] == role]


def _somebody_needs_too_many(problem: Problem) -> bool:
    """More reviewers than a State may have, even with the best base reviewers."""
    for state, each in enumerate(problem.class_of):
        needed = sum(
            1 + min(_least(problem, each, role)) for role in (SAME, OTHER) if problem.kinds[each].demands[role]
        )
        if needed > problem.most_reviewers_of(state):
            return True
    return False


def _able(problem: Problem, a: int, role: int, bit: int) -> list[int]:
    """The classes that may review a State of class a in a role for an instrument."""
    return [
        b
        for b, other in enumerate(problem.kinds)
        if other.instruments & bit and problem.roles[a][b] == role and problem.is_open(a, b)
    ]


def _too_few_pairs(problem: Problem, role: int, bit: int) -> bool:
    """Each State needs a pair of its own with one of its reviewers, since no pair may be used in both directions."""
    if not problem.rules.no_mutual:
        return False
    asking = [a for a, kind in enumerate(problem.kinds) if kind.demands[role] & bit]
    able = {a: _able(problem, a, role, bit) for a in asking}
    pairs = {pair: place for place, pair in enumerate(sorted({_pair(a, b) for a in asking for b in able[a]}))}
    first = 2 + len(problem.kinds)
    network = Network(first + len(pairs))
    for a in asking:
        network.add(0, 2 + a, problem.counts[a])
        for b in able[a]:
            network.add(2 + a, first + pairs[_pair(a, b)], problem.counts[a])
    for (a, b), place in pairs.items():
        count = problem.counts[a]
        network.add(first + place, 1, count * (count - 1) // 2 if a == b else count * problem.counts[b])
    sent, _prices = network.send(0, 1)
    return sent < sum(problem.counts[a] for a in asking)


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _too_few_duties(problem: Problem, bit: int) -> bool:
    """The parties to an instrument cannot review all who need it without more duties than a State may have."""
    size = len(problem.kinds)
    network = Network(2 + 3 * size)
    asked = 0
    for a, kind in enumerate(problem.kinds):
        for role in (SAME, OTHER):
            if kind.demands[role] & bit:
                asked += problem.counts[a]
                network.add(0, 2 + role * size + a, problem.counts[a])
                for b in _able(problem, a, role, bit):
                    network.add(2 + role * size + a, 2 + 2 * size + b, problem.counts[a])
    for b in range(size):
        network.add(2 + 2 * size + b, 1, min(problem.rules.most_duties, 2 * problem.size) * problem.counts[b])
    sent, _prices = network.send(0, 1)
    return sent < asked
