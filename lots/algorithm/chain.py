"""What the draws of a chain have left standing: the group of each State, and who reviews it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lots.algorithm.canonical import sha256
from lots.algorithm.groups import late_group
from lots.algorithm.result import DrawnPairing
from lots.algorithm.switches import Switches
from lots.algorithm.table import ROLES, PartyTable
from lots.algorithm.terms import SUPPLEMENTARY, DrawTerms


@dataclass(frozen=True)
class StandingResult:
    """``groups`` by code; ``pairings`` sorted; ``hashes`` of the results that made it, oldest first."""

    groups: Mapping[str, int]
    pairings: tuple[DrawnPairing, ...]
    hashes: tuple[str, ...] = ()

    def team(self, code: str) -> tuple[DrawnPairing, ...]:
        return tuple(pairing for pairing in self.pairings if pairing.under_review == code)

    def among(self, table: PartyTable) -> "StandingResult":
        """Without States that take no part any more."""
        there = table.by_code
        pairings = (each for each in self.pairings if each.under_review in there and each.reviewer in there)
        groups = {code: group for code, group in self.groups.items() if code in there}
        return StandingResult(groups, tuple(pairings), self.hashes)


def standing_after(results: Sequence[bytes]) -> StandingResult:
    """What stands after these draws, each ``result.json`` byte for byte, oldest first.

    A supplementary one adds to what is there; any other begins anew, but for the groups.
    """
    groups: dict[str, int] = {}
    teams: dict[str, list[DrawnPairing]] = {}
    for content in results:
        said: Mapping[str, Any] = json.loads(content)
        groups |= said["groups"]
        drawn: dict[str, list[DrawnPairing]] = {}
        for each in said["pairings"]:
            drawn.setdefault(each["under_review"], []).append(_pairing(each))
        teams = {**teams, **drawn} if said.get("kind") == SUPPLEMENTARY else drawn
    pairings = sorted(pairing for team in teams.values() for pairing in team)
    return StandingResult(dict(sorted(groups.items())), tuple(pairings), tuple(map(sha256, results)))


def _pairing(said: Mapping[str, Any]) -> DrawnPairing:
    return DrawnPairing(**{**said, "instruments": tuple(said["instruments"])})


def groups_with(newcomers: Iterable[str], table: PartyTable, standing: StandingResult) -> dict[str, int]:
    """The groups as they stand, and those that the newcomers join, in this order (``late_group``)."""
    groups = dict(standing.groups)
    for code in newcomers:
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
