"""The rules of the draw for OR-tools' solver CP-SAT, with one worker.

As the tool serves best: Boolean variables for pairs of States, clauses and exactly-one constraints wherever they can
be, and parameters that were tried out for each scope. Which States come first is shuffled by the seed.
"""

import random
import time
from collections.abc import Iterable, Iterator
from itertools import combinations, count
from typing import Any

from ortools.sat.python import cp_model

from lots.algorithm import Party, PartyTable
from tools.bench.draw_models import ModelOutcome, ModelScope, is_same, pairings_from, shared_out

Pair = tuple[str, str]  # the State under review, the reviewer
ROLES = (True, False)  # of the same regional group, or not


class _Model:
    """``base`` and ``extra`` are the variables by pair, ``squares`` the squared load of each State."""

    def __init__(self, table: PartyTable, scope: ModelScope, seed: int) -> None:
        self.model, self.scope = cp_model.CpModel(), scope
        self.parties = random.Random(seed).sample(table.parties, len(table.parties))  # noqa: S311 - no secret
        self.base: dict[Pair, Any] = {}
        self.extra: dict[Pair, Any] = {}
        self.squares: list[Any] = []
        self.groups: dict[str, list[Any]] = {}

    def new(self) -> Any:
        return self.model.new_bool_var("")

    def others(self, state: Party, same: bool) -> list[Party]:
        return [party for party in self.parties if party.code != state.code and is_same(state, party) == same]

    def add_groups(self) -> None:
        """Three groups, even in all and within each regional group."""
        self.groups = {party.code: [self.new() for _number in range(3)] for party in self.parties}
        for choices in self.groups.values():
            self.model.add_exactly_one(choices)
        regions = {party.regional_group for party in self.parties}
        for region in ["", *sorted(regions)]:
            members = [party.code for party in self.parties if region in ("", party.regional_group)]
            least, more = divmod(len(members), 3)
            for number in range(3):
                size = sum(self.groups[code][number] for code in members)
                self.model.add_linear_constraint(size, least, least + bool(more))

    def add_base(self, *, complete: bool) -> None:
        """One base reviewer in each role; ``complete``: only those that have joined all that they review."""
        for state in self.parties:
            for same in ROLES:
                able = [party for party in self.others(state, same) if not complete or _has_all(party, state)]
                self.base |= {(state.code, party.code): self.new() for party in able}
                self.model.add_exactly_one(self.base[state.code, party.code] for party in able)

    def add_extras(self) -> None:
        """Extra reviewers in the role whose base reviewer lacks an instrument, at most two.

        Who fills what need not be said here: with at most two of them all instruments can be shared out.
        """
        for state in self.parties:
            for same in ROLES:
                self._add_extras(state, self.others(state, same))
            drawn = [self.extra[pair] for pair in self._pairs(under_review=state) if pair in self.extra]
            self.model.add(sum(drawn) <= 2)

    def _add_extras(self, state: Party, others: list[Party]) -> None:
        lacks = {}
        for name in state.instruments:
            having = [self.base[state.code, party.code] for party in others if name in party.instruments]
            if len(having) < len(others):
                lacks[name] = self.new()
                self.model.add_exactly_one([lacks[name], *having])
        drawn = {}
        for party in others:
            if fillable := [lack for name, lack in lacks.items() if name in party.instruments]:
                drawn[party] = self.extra[state.code, party.code] = self.new()
                self.model.add_bool_or([*fillable, ~drawn[party]])
        for name, lack in lacks.items():
            self.model.add_bool_or([~lack, *(extra for party, extra in drawn.items() if name in party.instruments)])
        self.model.add(sum(drawn.values()) <= sum(lacks.values()))

    def add_no_mutual_reviews(self) -> None:
        """At most one duty between two States, which also keeps a base reviewer from being an extra one."""
        for one, other in combinations([party.code for party in self.parties], 2):
            duties = [*self._duties((one, other)), *self._duties((other, one))]
            if len(duties) > 1:
                self.model.add_at_most_one(duties)

    def add_load(self) -> None:
        """One to three States, or with ``load=two`` one in each role and at most one more."""
        for reviewer in self.parties:
            pairs = self._pairs(reviewer=reviewer)
            if self.scope.load == "two":
                for same in ROLES:
                    others = self.others(reviewer, same)
                    self.model.add_exactly_one(self.base[state.code, reviewer.code] for state in others)
                self.model.add_at_most_one(self.extra[pair] for pair in pairs if pair in self.extra)
            else:
                second, third = self.new(), self.new()
                self.model.add_implication(third, second)
                self.model.add(sum(duty for pair in pairs for duty in self._duties(pair)) == 1 + second + third)
                self.squares.append(1 + 3 * second + 5 * third)

    def add_most_base_duties(self) -> None:
        """Of the rule about loads what is true of base duties alone."""
        for reviewer in self.parties:
            if self.scope.load == "two":
                for same in ROLES:
                    others = self.others(reviewer, same)
                    self.model.add_exactly_one(self.base[state.code, reviewer.code] for state in others)
            else:
                self.model.add(sum(self.base[pair] for pair in self._pairs(reviewer=reviewer)) <= 3)

    def _pairs(self, *, under_review: Party | None = None, reviewer: Party | None = None) -> Iterator[Pair]:
        for party in self.parties:
            pair = (under_review or party).code, (reviewer or party).code
            if pair[0] != pair[1]:
                yield pair

    def _duties(self, pair: Pair) -> list[Any]:
        return [duties[pair] for duties in (self.base, self.extra) if pair in duties]


def _has_all(reviewer: Party, state: Party) -> bool:
    return {*state.instruments} <= {*reviewer.instruments}


class _Clock:
    """What is left of the limit, for one run after the other; ``proved`` that the last one found the best there is."""

    proved = False

    def __init__(self, seed: int, limit: float) -> None:
        self.seed, self.end = seed, time.perf_counter() + limit

    def solve(self, model: cp_model.CpModel, *, linearization: int) -> cp_model.CpSolver | None:
        """The solver with its result; None where there is none, or not in time. Raises TimeoutError."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = linearization
        # To break symmetries would shut out draws that are as good, and takes longer here.
        solver.parameters.symmetry_level = 0
        solver.parameters.max_time_in_seconds = max(self.end - time.perf_counter(), 0.01)
        status = solver.solve(model)
        if status == cp_model.UNKNOWN:
            raise TimeoutError
        self.proved = status == cp_model.OPTIMAL
        return None if status == cp_model.INFEASIBLE else solver


def solve(table: PartyTable, scope: ModelScope, seed: int, limit: float) -> ModelOutcome | None:
    """Solve in two steps: how few extra reviewers base reviewers call for, then all the rules with that many."""
    clock = _Clock(seed, limit)
    try:
        return (
            _in_steps(table, scope, seed, clock)
            if scope.extras
            else _outcome(table, clock, *_full(table, scope, clock))
        )
    except TimeoutError:
        return None


def _in_steps(table: PartyTable, scope: ModelScope, seed: int, clock: _Clock) -> ModelOutcome | None:
    bound = _Model(table, scope, seed)
    bound.add_base(complete=False)
    bound.add_no_mutual_reviews()
    bound.add_most_base_duties()
    by_code = table.by_code
    lacking = [duty for (code, other), duty in bound.base.items() if not _has_all(by_code[other], by_code[code])]
    bound.model.minimize(sum(lacking))
    found = clock.solve(bound.model, linearization=2)
    if found is None:
        return None
    least = round(found.best_objective_bound)
    # With load=two the squares depend on the number of extra reviewers alone: any base that has no more will do.
    if scope.load == "two":
        chosen = {pair for pair, duty in bound.base.items() if found.boolean_value(duty)}
        model, solver = _full(table, scope, clock, least, chosen)
        if solver is not None:
            return _outcome(table, clock, model, solver)
    for number in count(least):
        model, solver = _full(table, scope, clock, number)
        if solver is not None:
            return _outcome(table, clock, model, solver)
    return None


def _full(
    table: PartyTable, scope: ModelScope, clock: _Clock, extras: int = 0, chosen: Iterable[Pair] | None = None
) -> tuple[_Model, cp_model.CpSolver | None]:
    """All the rules with so many extra reviewers; ``chosen`` are base reviewers that stand already."""
    full = _Model(table, scope, clock.seed)
    full.add_groups()
    full.add_base(complete=extras == 0)
    if extras:
        full.add_extras()
        full.model.add(sum(full.extra.values()) == extras)
    full.add_no_mutual_reviews()
    full.add_load()
    for pair in chosen or ():
        full.model.add(full.base[pair] == 1)
    if not scope.even or not full.squares:
        return full, clock.solve(full.model, linearization=0)
    full.model.minimize(sum(full.squares))
    return full, clock.solve(full.model, linearization=2)


def _outcome(table: PartyTable, clock: _Clock, model: _Model, solver: cp_model.CpSolver | None) -> ModelOutcome | None:
    if solver is None:
        return None
    base, extra = (
        {pair for pair, duty in duties.items() if solver.boolean_value(duty)} for duties in (model.base, model.extra)
    )
    groups = {
        code: 1 + [solver.boolean_value(choice) for choice in choices].index(True)
        for code, choices in model.groups.items()
    }
    pairings = pairings_from(table, base, shared_out(table, base, extra))
    return ModelOutcome(groups, pairings, clock.proved, time.process_time())
