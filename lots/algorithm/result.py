"""What was drawn: the groups and who reviews whom, as codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lots.algorithm.problem import Problem
from lots.algorithm.solve import Solution
from lots.algorithm.table import ROLES

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class DrawnPairing:
    """One State reviews another one, in a role ("same_group" or "other_group"), for some instruments."""

    under_review: str
    reviewer: str
    role: str
    extra: bool
    instruments: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "under_review": self.under_review,
            "reviewer": self.reviewer,
            "role": self.role,
            "extra": self.extra,
            "instruments": [*self.instruments],
        }


def result_json(groups: Mapping[str, int], pairings: Sequence[DrawnPairing]) -> dict[str, Any]:
    """The content of ``result.json`` (docs/draw-files.md)."""
    return {
        "format_version": FORMAT_VERSION,
        "groups": dict(groups),
        "pairings": [pairing.to_json() for pairing in sorted(pairings)],
    }


def pairings_of(problem: Problem, solution: Solution) -> list[DrawnPairing]:
    """The pairings of a solution, by code, sorted."""
    codes, kinds, class_of = problem.codes, problem.kinds, problem.class_of
    pairings = []
    for (state, role), base in zip(problem.items, solution.base, strict=True):
        shared = kinds[class_of[state]].demands[role] & kinds[class_of[base]].instruments
        pairings.append(DrawnPairing(codes[state], codes[base], ROLES[role], False, problem.instruments_of(shared)))
    for extra in solution.extras:
        instruments = problem.instruments_of(extra.instruments)
        pairings.append(DrawnPairing(codes[extra.state], codes[extra.reviewer], ROLES[extra.role], True, instruments))
    return sorted(pairings)


def loads_of(codes: Sequence[str], pairings: Sequence[DrawnPairing]) -> dict[str, int]:
    """How many different States each State reviews."""
    loads = dict.fromkeys(codes, 0)
    for reviewer, _under_review in {(pairing.reviewer, pairing.under_review) for pairing in pairings}:
        loads[reviewer] += 1
    return loads
