"""The whole draw: an input, switches and a seed in; groups, reviewers and the certificate out.

The same input, switches and seed give the same bytes everywhere. What is drawn in which order, and which numbers chance
gives, is published in docs/draw-files.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lots.algorithm.bounds import Bound, even_squares
from lots.algorithm.canonical import json_bytes, sha256
from lots.algorithm.conflict import RuleConflict, conflict_of
from lots.algorithm.generator import Chance, key_of
from lots.algorithm.groups import deal_groups, late_group
from lots.algorithm.later import Redraw
from lots.algorithm.pairing import sum_of_squares
from lots.algorithm.problem import problem_of
from lots.algorithm.result import FORMAT_VERSION, DrawnPairing, pairings_of, result_json
from lots.algorithm.rules import Drawn, RuleFinding, findings_on
from lots.algorithm.solve import NoSolution, Solution, solve
from lots.algorithm.switches import Switches
from lots.algorithm.table import PartyTable


class ImpossibleDrawError(Exception):
    """No draw keeps all rules: ``conflict`` says which of them, for which States, and what would mend it.

    Where ``conflict`` is None none was found within the limits of the search, and none was proved to be there.
    ``late_or_redrawn`` is the State for which no new reviewers could be found, all other pairs being fixed.
    ``incomplete`` are States whose teams were to be kept, and are not whole any more; ``broken`` are the rules that
    what was to be kept breaks.
    """

    def __init__(
        self,
        conflict: RuleConflict | None,
        late_or_redrawn: str = "",
        *,
        incomplete: Sequence[str] = (),
        broken: Sequence[str] = (),
    ) -> None:
        self.conflict, self.late_or_redrawn = conflict, late_or_redrawn
        self.incomplete, self.broken = tuple(incomplete), tuple(broken)
        reason = conflict or late_or_redrawn or ", ".join([*incomplete, *broken]) or "none was found"
        super().__init__(f"no draw keeps all rules: {reason}")


@dataclass(frozen=True)
class FinishedDraw:
    """A finished draw. ``pairings`` are sorted; ``groups`` are by code."""

    table: PartyTable
    switches: Switches
    as_of: str
    seed: str
    groups: Mapping[str, int]
    pairings: tuple[DrawnPairing, ...]
    dealt: Mapping[str, int] = field(repr=False)
    bounds: tuple[Bound, Bound] = field(repr=False)

    @cached_property
    def findings(self) -> list[RuleFinding]:
        return findings_on(Drawn(self.table, self.switches, self.groups, self.pairings, self.dealt))

    @property
    def extras(self) -> int:
        return sum(pairing.extra for pairing in self.pairings)

    @property
    def own_groups(self) -> Mapping[str, int]:
        """Those that its files hold: all, where nothing was drawn before."""
        return self.groups

    @property
    def own_pairings(self) -> Sequence[DrawnPairing]:
        return self.pairings

    @cached_property
    def loads(self) -> Mapping[str, int]:
        return Drawn(self.table, self.switches, self.groups, self.pairings, self.dealt).loads

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """The content of ``certificate.json``."""
        before = {"input.csv": self.table.csv_bytes, **self._drawn_files}
        extras, squares = self.bounds
        return {
            "format_version": FORMAT_VERSION,
            "commitment_sha256": commitment_of(self.table, self.switches, self.as_of),
            "hashes": {name: sha256(content) for name, content in before.items()},
            "rules": [finding.to_json() for finding in self.findings],
            "extra_reviewers": {"number": self.extras, **bound_json(extras, self.extras)},
            "load": {
                "sum_of_squares": sum_of_squares([*self.loads.values()]),
                **bound_json(squares, sum_of_squares([*self.loads.values()])),
            },
        }

    @cached_property
    def _drawn_files(self) -> dict[str, bytes]:
        announced = announcement(self.table, self.switches, self.as_of)
        return {
            "draw.json": json_bytes({**announced, "seed": self.seed}),
            "result.json": json_bytes(result_json(self.groups, self.pairings)),
        }

    def files(self) -> dict[str, bytes]:
        """The files that are published, by name."""
        return {
            "input.csv": self.table.csv_bytes,
            **self._drawn_files,
            "certificate.json": json_bytes(self.certificate),
        }


def announcement(table: PartyTable, switches: Switches, as_of: str) -> dict[str, Any]:
    """``draw.json`` before the seed is known."""
    return {
        "format_version": FORMAT_VERSION,
        "as_of": as_of,
        "input_sha256": table.sha256,
        "switches": switches.to_json(),
    }


def commitment_of(table: PartyTable, switches: Switches, as_of: str) -> str:
    """The hash that is published before the seed is known; it fixes the input, the day and the switches."""
    return sha256(json_bytes(announcement(table, switches, as_of)))


def _of_the_first_draw(table: PartyTable, switches: Switches) -> tuple[PartyTable, Switches]:
    """The input of the draw that redraws and late parties come after: it must come out as it was."""
    parties = tuple(party for party in table.parties if party.code not in switches.late)
    return PartyTable(parties), switches.of_the_first_draw()


def draw(table: PartyTable, switches: Switches, *, as_of: str, seed: str) -> FinishedDraw:
    """Draw groups and reviewing States. ``as_of`` (YYYY-MM-DD) is the day of the input.

    The first line of ``seed`` makes the draw; with further lines redraws and late parties get a chance of their own,
    which nobody knew when the draw was made.

    Raises ImpossibleDrawError where the rules cannot all be kept; nothing is drawn then.
    """
    first, first_switches = _of_the_first_draw(table, switches)
    commitment = commitment_of(first, first_switches, as_of)
    key = key_of(commitment, seed.split("\n")[0])
    dealt = deal_groups(first, first_switches, Chance(key, "groups"))
    chance = Chance(key, "reviewers")
    problem = problem_of(first, first_switches, dealt, chance.shuffle(sorted(dealt)))
    solution = solve(problem, chance)
    if isinstance(solution, NoSolution):
        raise ImpossibleDrawError(conflict_of(first, first_switches, dealt))
    later_key = key_of(commitment, seed)
    groups, pairings = _later(table, switches, dealt, pairings_of(problem, solution), later_key)
    drawn = FinishedDraw(
        table=table,
        switches=switches,
        as_of=as_of,
        seed=seed,
        groups=dict(sorted(groups.items())),
        pairings=tuple(sorted(pairings)),
        dealt=dealt,
        bounds=_bounds(table, switches, solution, pairings),
    )
    if broken := [finding.rule for finding in drawn.findings if not finding.holds]:
        raise RuntimeError(f"the draw breaks its own rules and is not used: {', '.join(broken)}")
    return drawn


def _later(
    table: PartyTable, switches: Switches, dealt: Mapping[str, int], pairings: list[DrawnPairing], key: bytes
) -> tuple[dict[str, int], list[DrawnPairing]]:
    """Redraws first, then late parties, each against what stands by then."""
    groups = dict(dealt)
    for place, code in enumerate(switches.redraw):
        number = switches.redraw[: place + 1].count(code)
        pairings = _anew(code, table, switches, groups, pairings, Chance(key, f"redraw/{code}/{number}"))
    for code in switches.late:
        groups[code] = late_group(code, table, groups)
        pairings = _anew(code, table, switches, groups, pairings, Chance(key, f"late/{code}"))
    return groups, pairings


def _anew(
    code: str,
    table: PartyTable,
    switches: Switches,
    groups: Mapping[str, int],
    pairings: list[DrawnPairing],
    chance: Chance,
) -> list[DrawnPairing]:
    others = [pairing for pairing in pairings if pairing.under_review != code]
    former = frozenset(pairing.reviewer for pairing in pairings if pairing.under_review == code)
    team = Redraw(code, table, switches, groups, others, former).drawn_anew(chance)
    if team is None:
        raise ImpossibleDrawError(None, late_or_redrawn=code)
    return others + team


def _bounds(
    table: PartyTable, switches: Switches, solution: Solution, pairings: list[DrawnPairing]
) -> tuple[Bound, Bound]:
    if not switches.redraw and not switches.late:
        return solution.extras_bound, solution.squares_bound
    number = sum(pairing.extra for pairing in pairings)
    extras = Bound(number, {"kind": "search"}) if number else Bound(0, {"kind": "none_below_zero"})
    reviewing = len(table.parties) - len(switches.late)
    return extras, Bound(even_squares(2 * len(table.parties) + number, reviewing), {"kind": "balance"})


def bound_json(bound: Bound, reached: int) -> dict[str, Any]:
    return {"bound": bound.value, "proved": bound.value == reached, "evidence": dict(bound.evidence)}
