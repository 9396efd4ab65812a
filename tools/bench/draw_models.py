"""What the models of the draw in other tools have in common: which rules they include, and what they give back."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from lots.algorithm import INSTRUMENTS, ROLES, DrawnPairing, Party, PartyTable

LIMIT = 60.0  # seconds that a model may take


@dataclass(frozen=True, slots=True)
class ModelScope:
    """Which rules a model includes. ``extras``: extra reviewers may be drawn, as few as can be. ``even``: the least
    sum of squared loads."""

    extras: bool
    even: bool
    load: str
    words: str

    @property
    def has_aims(self) -> bool:
        """Whether some results are better than others."""
        return self.extras or self.even


SCOPES = {
    "core": ModelScope(False, False, "hard", "no extra reviewers allowed, loads not evened"),
    "even": ModelScope(False, True, "hard", "no extra reviewers allowed, loads evened"),
    "all": ModelScope(True, True, "hard", "all rules"),
    "two": ModelScope(True, True, "two", "all rules, load=two"),
}


@dataclass(frozen=True, slots=True)
class ModelOutcome:
    """A result; ``proved`` that none is better; ``reached`` are the seconds of processor time until it was found."""

    groups: Mapping[str, int]
    pairings: list[DrawnPairing]
    proved: bool
    reached: float


class Model(Protocol):
    """Solves the rules of a scope within ``limit`` seconds; None where it finds nothing."""

    def __call__(self, table: PartyTable, scope: ModelScope, seed: int, limit: float) -> ModelOutcome | None: ...


def is_same(state: Party, reviewer: Party) -> bool:
    return state.regional_group == reviewer.regional_group


def pairings_from(
    table: PartyTable, base: Set[tuple[str, str]], extras: Mapping[tuple[str, str], Set[str]]
) -> list[DrawnPairing]:
    """The pairings for pairs of State under review and reviewer, and the instruments of each extra one."""
    shared = {pair: {*table.by_code[pair[0]].instruments} & {*table.by_code[pair[1]].instruments} for pair in base}
    pairings = []
    for pair, instruments in [*shared.items(), *extras.items()]:
        state, reviewer = (table.by_code[code] for code in pair)
        role = ROLES[not is_same(state, reviewer)]
        named = tuple(name for name in INSTRUMENTS if name in instruments)
        pairings.append(DrawnPairing(state.code, reviewer.code, role, pair not in shared, named))
    return sorted(pairings)


def shared_out(
    table: PartyTable, base: Set[tuple[str, str]], extras: Set[tuple[str, str]]
) -> dict[tuple[str, str], set[str]]:
    """Give each extra reviewer what it fills, for models that only say who they are."""
    filled: dict[tuple[str, str], set[str]] = {pair: set() for pair in extras}
    for code, other in base:
        state, reviewer = table.by_code[code], table.by_code[other]
        gap = [name for name in state.instruments if name not in reviewer.instruments]
        team = [
            pair
            for pair in sorted(extras)
            if pair[0] == code and is_same(state, table.by_code[pair[1]]) == is_same(state, reviewer)
        ]
        for takers in product(team, repeat=len(gap)):
            joined = all(name in table.by_code[pair[1]].instruments for name, pair in zip(gap, takers, strict=True))
            if joined and {*takers} == {*team}:
                for name, pair in zip(gap, takers, strict=True):
                    filled[pair].add(name)
                break
    return filled
