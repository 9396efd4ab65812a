"""Base reviewers: dealt at random after the plan of the classes, mended where rules are broken, then mixed.

Mixing is a random walk over draws that are equally good: two States change their reviewers, or one gets another
reviewer, wherever all rules still hold and neither the number of extra reviewers nor the evenness of loads changes.
Each step is as likely as its reverse, so that the walk favours no draw over another one.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from lots.algorithm.generator import Chance
from lots.algorithm.problem import NEVER, Problem
from lots.algorithm.relaxation import Plan, Weights
from lots.algorithm.table import OTHER, SAME

STEPS_A_DUTY = 150  # of the walk; after that few duties stand where they were dealt
MOST_DEAD_ENDS = 60  # of mending; then another deal is tried


@dataclass(slots=True)
class BaseReviewers:
    """``reviewer[i]`` is the base reviewer for ``items[i]``; ``pairs`` holds reviewer × size + State under review."""

    problem: Problem
    reviewer: list[int]
    loads: list[int]
    pairs: set[int]

    @classmethod
    def of(cls, problem: Problem, reviewer: list[int]) -> "BaseReviewers":
        loads = [0] * problem.size
        for each in reviewer:
            loads[each] += 1
        pairs = {each * problem.size + state for each, (state, _role) in zip(reviewer, problem.items, strict=True)}
        return cls(problem, reviewer, loads, pairs)

    def reviews(self, reviewer: int, under_review: int) -> bool:
        return reviewer * self.problem.size + under_review in self.pairs

    @property
    def extras(self) -> int:
        """How many extra reviewers the base reviewers leave to find."""
        classes, extras = self.problem.class_of, self.problem.extras
        return sum(
            extras[classes[state]][classes[each]]
            for each, (state, _role) in zip(self.reviewer, self.problem.items, strict=True)
        )


def deal(problem: Problem, plan: Plan, chance: Chance) -> list[int]:
    """Reviewers after the plan's quotas, at random within each class; rules between single States may be broken."""
    waiting: list[dict[int, list[int]]] = [{}, {}]
    for place, (state, role) in enumerate(problem.items):
        waiting[role].setdefault(problem.class_of[state], []).append(place)
    wanted: dict[tuple[int, int], list[int]] = {}
    sides = 2 if problem.rules.exactly_two else 1
    for role in (SAME, OTHER):
        for a in sorted(waiting[role]):
            places = chance.shuffle(waiting[role][a])
            for b, quota in sorted(plan.quotas[role].get(a, {}).items()):
                wanted.setdefault((role % sides, b), []).extend(places[:quota])
                places = places[quota:]
    reviewer = [NEVER] * len(problem.items)
    for (_side, b), places in sorted(wanted.items()):
        members = chance.shuffle(problem.members[b])
        for turn, place in enumerate(chance.shuffle(places)):
            reviewer[place] = members[turn % len(members)]
    return reviewer


class Walk:
    """Changes to a pairing that keep the load of every role where ``exactly_two`` holds, and all of them otherwise."""

    def __init__(
        self, problem: Problem, pairing: BaseReviewers, weights: Weights, barred: Set[tuple[int, int]] = frozenset()
    ) -> None:
        self.problem, self.pairing = problem, pairing
        size = range(len(problem.kinds))
        self.cost = [
            [
                NEVER
                if problem.extras[a][b] == NEVER or (a, b) in barred
                else weights.extra * problem.extras[a][b] + weights.dislike * problem.dislikes[a][b]
                for b in size
            ]
            for a in size
        ]

    def faults(self, place: int) -> int:
        """How many rules between single States the item at ``place`` breaks."""
        problem, pairing = self.problem, self.pairing
        state, _role = problem.items[place]
        reviewer = pairing.reviewer[place]
        return (reviewer == state) * 2 + (problem.rules.no_mutual and pairing.reviews(state, reviewer))

    def mend(self, chance: Chance) -> list[int]:
        """Exchange reviewers until no rule between single States is broken. Gives the items where that failed."""
        places = range(len(self.problem.items))
        dead_ends = 0
        while broken := [place for place in places if self.faults(place)]:
            place = broken[chance.below(len(broken))]
            if self._is_mended(place, chance):
                continue
            dead_ends += 1
            if dead_ends > MOST_DEAD_ENDS:
                return broken
            for _ in places:
                self.step(chance)
        return []

    def _is_mended(self, place: int, chance: Chance) -> bool:
        """Each change that is possible here breaks one rule less."""
        others = chance.shuffle(range(len(self.problem.items)))
        if any(self.exchange(place, other, mending=True) for other in others):
            return True
        if self.problem.rules.exactly_two:
            return False
        return any(self.hand_over(place, heir) for heir in chance.shuffle(range(self.problem.size)))

    def step(self, chance: Chance) -> bool:
        """One step of the walk: an exchange, or (where loads may move) another reviewer for one State."""
        count = len(self.problem.items)
        place = chance.below(count)
        if self.problem.rules.exactly_two or chance.below(2):
            return self.exchange(place, chance.below(count))
        return self.hand_over(place, chance.below(self.problem.size))

    def exchange(self, place: int, other: int, *, mending: bool = False) -> bool:
        """Let two items change their reviewers, if that costs the same and breaks no rule that holds."""
        problem, pairing = self.problem, self.pairing
        (state, role), (other_state, other_role) = problem.items[place], problem.items[other]
        reviewer, other_reviewer = pairing.reviewer[place], pairing.reviewer[other]
        if reviewer in (other_reviewer, other_state) or other_reviewer == state:
            return False
        if role != other_role and problem.rules.exactly_two:
            return False
        before = self._price(state, role, reviewer) + self._price(other_state, other_role, other_reviewer)
        first, second = self._price(state, role, other_reviewer), self._price(other_state, other_role, reviewer)
        if first < 0 or second < 0 or first + second != before:
            return False
        if problem.rules.no_mutual and (
            pairing.reviews(state, other_reviewer) or pairing.reviews(other_state, reviewer)
        ):
            return False
        if not mending and (reviewer == state or other_reviewer == other_state):
            return False
        self._replace(place, other_reviewer)
        self._replace(other, reviewer)
        self._note(place)
        self._note(other)
        return True

    def hand_over(self, place: int, heir: int) -> bool:
        """Give a duty to a State that has one duty less than its holder, so that loads stay as even as they are."""
        problem, pairing = self.problem, self.pairing
        state, role = problem.items[place]
        reviewer = pairing.reviewer[place]
        if heir in (state, reviewer) or pairing.loads[heir] != pairing.loads[reviewer] - 1:
            return False
        price = self._price(state, role, heir)
        if price < 0 or price != self._price(state, role, reviewer):
            return False
        if problem.rules.no_mutual and pairing.reviews(state, heir):
            return False
        self._replace(place, heir)
        self._note(place)
        return True

    def _price(self, state: int, role: int, reviewer: int) -> int:
        a, b = self.problem.class_of[state], self.problem.class_of[reviewer]
        if self.problem.roles[a][b] != role:
            return NEVER
        return 0 if state == reviewer else self.cost[a][b]

    def _replace(self, place: int, reviewer: int) -> None:
        pairing = self.pairing
        former = pairing.reviewer[place]
        pairing.pairs.discard(former * self.problem.size + self.problem.items[place][0])
        pairing.loads[former] -= 1
        pairing.loads[reviewer] += 1
        pairing.reviewer[place] = reviewer

    def _note(self, place: int) -> None:
        self.pairing.pairs.add(self.pairing.reviewer[place] * self.problem.size + self.problem.items[place][0])


def mix(walk: Walk, chance: Chance, steps_a_duty: int = STEPS_A_DUTY) -> None:
    for _ in range(steps_a_duty * len(walk.problem.items)):
        walk.step(chance)


def sum_of_squares(loads: Sequence[int]) -> int:
    return sum(load * load for load in loads)
