"""What the draws of a chain have left standing: the group of each State, and who reviews it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lots.algorithm.canonical import sha256
from lots.algorithm.groups import late_group
from lots.algorithm.result import DrawnPairing
from lots.algorithm.switches import SwitchError, Switches
from lots.algorithm.table import ROLES, PartyTable
from lots.algorithm.terms import SUPPLEMENTARY, DrawTerms


@dataclass(frozen=True)
class StandingResult:
    """``groups`` by code; ``pairings`` sorted; ``hashes`` of the results that made it, oldest first.

    The groups are those of the programme, the teams those of a phase: ``began`` is the hash of the draw that began it.
    """

    groups: Mapping[str, int]
    pairings: tuple[DrawnPairing, ...]
    hashes: tuple[str, ...] = ()
    began: str = ""

    @cached_property
    def reviewed(self) -> frozenset[str]:
        """The States that have a team in the phase."""
        return frozenset(pairing.under_review for pairing in self.pairings)

    def team(self, code: str) -> tuple[DrawnPairing, ...]:
        return tuple(pairing for pairing in self.pairings if pairing.under_review == code)

    def among(self, table: PartyTable) -> "StandingResult":
        """Without States that take no part any more."""
        there = table.by_code
        pairings = (each for each in self.pairings if each.under_review in there and each.reviewer in there)
        groups = {code: group for code, group in self.groups.items() if code in there}
        return replace(self, groups=groups, pairings=tuple(pairings))


def standing_after(results: Sequence[bytes], supplements: str = "") -> StandingResult:
    """What stands after these draws, each ``result.json`` byte for byte, oldest first.

    A supplementary one adds to the phase that it names, or to the last one; any other begins a phase, with the groups
    that are there. ``supplements`` is the hash of the draw that began the phase whose teams are asked for, the last one
    where it is empty. Raises SwitchError where no draw with this hash began one.
    """
    groups: dict[str, int] = {}
    phases: dict[str, dict[str, list[DrawnPairing]]] = {}
    last = ""
    for content in results:
        said: Mapping[str, Any] = json.loads(content)
        groups |= said["groups"]
        if said.get("kind") != SUPPLEMENTARY:
            last = sha256(content)
            phases[last] = {}
        _begun(phases, said.get("supplements", last)).update(_teams(said))
    began = supplements or last
    teams = _begun(phases, began) if began else {}
    pairings = sorted(pairing for team in teams.values() for pairing in team)
    return StandingResult(dict(sorted(groups.items())), tuple(pairings), tuple(map(sha256, results)), began)


def _begun(phases: Mapping[str, dict[str, list[DrawnPairing]]], began: str) -> dict[str, list[DrawnPairing]]:
    if began not in phases:
        raise SwitchError("supplements", "no phase begins with the draw that is added to")
    return phases[began]


def _teams(said: Mapping[str, Any]) -> dict[str, list[DrawnPairing]]:
    teams: dict[str, list[DrawnPairing]] = {}
    for each in said["pairings"]:
        teams.setdefault(each["under_review"], []).append(_pairing(each))
    return teams


def _pairing(said: Mapping[str, Any]) -> DrawnPairing:
    return DrawnPairing(**{**said, "instruments": tuple(said["instruments"])})


def groups_with(newcomers: Iterable[str], table: PartyTable, standing: StandingResult) -> dict[str, int]:
    """The groups as they stand, and those that the newcomers join, in this order (``late_group``).

    Who is late in one phase and was drawn in another has a group, and stays in it.
    """
    groups = dict(standing.groups)
    for code in (each for each in newcomers if each not in standing.groups):
        groups[code] = late_group(code, table, groups)
    return groups


@dataclass(frozen=True)
class Keeping:
    """Which reviewers stay with a State by the terms, and for what, with the instruments joined by now."""

    table: PartyTable
    switches: Switches
    terms: DrawTerms
    groups: Mapping[str, int]

    def kept(self, code: str, team: Sequence[DrawnPairing]) -> dict[str, list[DrawnPairing]]:
        """By role the base reviewer that stays, and after it the extra ones that still fill the gap that it leaves.

        Where the base reviewer of a role does not stay nobody does: the others filled the gap that it left.
        """
        own = self.table.by_code[code].instruments
        found = {}
        for role in self.terms.roles:
            ours = [each for each in team if each.role == role and self._may_stay(code, each)]
            base = [each.reviewer for each in ours if not each.extra]
            if len(base) == 1:
                joined = self.table.by_code[base[0]].instruments
                first = DrawnPairing(code, base[0], role, False, self.table.in_order({*own} & {*joined}))
                gap = {*own} - {*joined}
                found[role] = [first, *self._filling(gap, sorted(each for each in ours if each.extra))]
        return found

    def open_roles(self, code: str, kept: Mapping[str, Sequence[DrawnPairing]]) -> list[str]:
        """The roles in which something is left to draw."""
        own = {*self.table.by_code[code].instruments}
        return [
            role
            for role in self.terms.roles
            if {name for each in kept.get(role, ()) for name in each.instruments} != own
        ]

    def _filling(self, gap: set[str], extras: Sequence[DrawnPairing]) -> list[DrawnPairing]:
        """First each for what it reviewed before, then for what nobody else does by now."""
        taken: dict[DrawnPairing, set[str]] = {each: set() for each in extras}
        for is_known in (True, False):
            for each in extras:
                joined = {*self.table.by_code[each.reviewer].instruments}
                share = gap & (joined & {*each.instruments} if is_known else joined)
                if is_known or taken[each]:
                    taken[each] |= share
                    gap = gap - share
        return [
            DrawnPairing(each.under_review, each.reviewer, each.role, True, self.table.in_order(share))
            for each, share in taken.items()
            if share
        ]

    def _may_stay(self, code: str, pairing: DrawnPairing) -> bool:
        reviewer = self.table.by_code.get(pairing.reviewer)
        if reviewer is None or reviewer.code in self.terms.barred.get(code, ()):
            return False
        same = reviewer.regional_group == self.table.by_code[code].regional_group
        return (
            (pairing.role == ROLES[0]) == same
            and (reviewer.code, code) not in self.switches.exclude
            and not (self.switches.defers(reviewer.code) and self.groups[reviewer.code] == self.groups[code])
        )
