"""Every rule of a draw, checked on its result. Shares nothing with the solver but the names of things.

Each check gives what it saw, which the certificate shows, and what breaks the rule. See docs/draw-files.md.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lots.algorithm.result import DrawnPairing, loads_of
from lots.algorithm.switches import Switches
from lots.algorithm.table import ROLES, Party, PartyTable

MOST_REVIEWERS = 4
MOST_DUTIES = 3


@dataclass(frozen=True)
class Drawn:
    """A result and what it was drawn from. ``dealt`` are the groups that the seed gives.

    ``scope`` are the States whose teams are judged where that is not all of them, and ``is_anew`` is whether all teams
    come from this draw: then everybody on time reviews somebody.
    """

    table: PartyTable
    switches: Switches
    groups: Mapping[str, int]
    pairings: Sequence[DrawnPairing]
    dealt: Mapping[str, int]
    scope: frozenset[str] | None = None
    roles: tuple[str, ...] = ROLES
    is_anew: bool = True

    @cached_property
    def judged(self) -> list[Party]:
        return [party for party in self.table.parties if self.scope is None or party.code in self.scope]

    @cached_property
    def own(self) -> list[DrawnPairing]:
        """The pairings of those whose teams are judged."""
        return [pairing for pairing in self.pairings if self.scope is None or pairing.under_review in self.scope]

    @cached_property
    def on_time(self) -> list[str]:
        return [party.code for party in self.table.parties if party.code not in self.switches.late]

    @cached_property
    def loads(self) -> dict[str, int]:
        return loads_of([party.code for party in self.table.parties], self.pairings)

    @cached_property
    def by_state(self) -> Mapping[str, list[DrawnPairing]]:
        found: dict[str, list[DrawnPairing]] = {party.code: [] for party in self.table.parties}
        for pairing in self.pairings:
            found[pairing.under_review].append(pairing)
        return found

    def region(self, code: str) -> str:
        return self.table.by_code[code].regional_group

    def sizes(self, codes: Sequence[str]) -> dict[str, int]:
        counts = Counter(self.groups[code] for code in codes)
        return {str(number): counts[number] for number in (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """Whether a rule holds: what was seen, and each breach in the form of the States concerned."""

    rule: str
    evidence: Mapping[str, Any]
    breaches: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.breaches

    def to_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "holds": self.holds, "evidence": dict(self.evidence)}


Check = Callable[[Drawn], tuple[Mapping[str, Any], list[str]]]


def findings_on(drawn: Drawn) -> list[RuleFinding]:
    """All rules, in the order of the certificate."""
    found = []
    for rule, check in CHECKS.items():
        evidence, breaches = check(drawn)
        found.append(RuleFinding(rule, evidence, tuple(breaches)))
    return found


def _groups_even(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    sizes = drawn.sizes(drawn.on_time)
    uneven = max(sizes.values()) - min(sizes.values()) > 1
    return {"sizes": sizes}, ["sizes"] if uneven else []


def _groups_stratified(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    if not drawn.switches.stratify:
        return {"asked_for": False}, []
    strata = defaultdict(list)
    for code in drawn.on_time:
        strata[drawn.region(code)].append(code)
    sizes = {region: drawn.sizes(codes) for region, codes in sorted(strata.items())}
    return {"sizes": sizes}, [region for region, each in sizes.items() if max(each.values()) - min(each.values()) > 1]


def _groups_from_seed(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    wrong = [code for code in drawn.on_time if drawn.groups[code] != drawn.dealt[code]]
    return {"states": len(drawn.on_time)}, wrong


def _instruments_covered(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches, needed = [], 0
    for party in drawn.judged:
        reviewed = Counter(
            (pairing.role, name) for pairing in drawn.by_state[party.code] for name in pairing.instruments
        )
        wanted = Counter((role, name) for role in drawn.roles for name in party.instruments)
        needed += len(wanted)
        if reviewed != wanted:
            breaches.append(party.code)
    return {"reviews_of_an_instrument": needed}, breaches


def _roles(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = [
        f"{pairing.reviewer}>{pairing.under_review}"
        for pairing in drawn.own
        if pairing.reviewer == pairing.under_review
        or (pairing.role == ROLES[0]) != (drawn.region(pairing.reviewer) == drawn.region(pairing.under_review))
    ]
    counts = Counter(pairing.role for pairing in drawn.own)
    return {role: counts[role] for role in drawn.roles}, breaches


def _reviewers_are_parties(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = [
        f"{pairing.reviewer}>{pairing.under_review}"
        for pairing in drawn.own
        if set(pairing.instruments) - set(drawn.table.by_code[pairing.reviewer].instruments)
    ]
    return {"pairings": len(drawn.own)}, breaches


def _no_mutual_reviews(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    directed = {(pairing.reviewer, pairing.under_review) for pairing in drawn.own}
    standing = {(pairing.reviewer, pairing.under_review) for pairing in drawn.pairings}
    mutual = sorted({f"{min(pair)}>{max(pair)}" for pair in directed if (pair[1], pair[0]) in standing})
    return {"pairs": len(directed)}, mutual


def _base_reviewers(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = []
    for party in drawn.judged:
        base = [pairing for pairing in drawn.by_state[party.code] if not pairing.extra]
        shared = [
            tuple(name for name in party.instruments if name in drawn.table.by_code[pairing.reviewer].instruments)
            for pairing in base
        ]
        if sorted(pairing.role for pairing in base) != sorted(drawn.roles) or [p.instruments for p in base] != shared:
            breaches.append(party.code)
    return {"base_reviewers": sum(not pairing.extra for pairing in drawn.own)}, breaches


def _extra_reviewers_fill_gaps(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = []
    extras = [pairing for pairing in drawn.own if pairing.extra]
    for pairing in extras:
        lacked = [
            set(drawn.table.by_code[pairing.under_review].instruments)
            - set(drawn.table.by_code[base.reviewer].instruments)
            for base in drawn.by_state[pairing.under_review]
            if not base.extra and base.role == pairing.role
        ]
        if not pairing.instruments or not any(set(pairing.instruments) <= gap for gap in lacked):
            breaches.append(f"{pairing.reviewer}>{pairing.under_review}")
    return {"extra_reviewers": len(extras)}, breaches


def _at_most_four(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    teams = {party.code: drawn.by_state[party.code] for party in drawn.judged}
    counts = {code: len(pairings) for code, pairings in teams.items()}
    breaches = [code for code, count in counts.items() if count > MOST_REVIEWERS and code not in drawn.switches.consent]
    several = [code for code, pairings in teams.items() if len({each.reviewer for each in pairings}) != len(pairings)]
    spread = Counter(counts.values())
    return {"states_by_reviewers": {str(count): spread[count] for count in sorted(spread)}}, breaches + several


def _load(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    spread = Counter(drawn.loads[code] for code in drawn.on_time)
    evidence = {"states_by_load": {str(load): spread[load] for load in sorted(spread)}}
    reviewing = {each.reviewer for each in drawn.own}  # who is late may have duties from before, and gets none here
    return evidence, sorted({*_overloaded(drawn), *reviewing.intersection(drawn.switches.late)})


def _overloaded(drawn: Drawn) -> Iterator[str]:
    if drawn.switches.load == "soft":
        return
    if not drawn.is_anew:
        yield from sorted({each.reviewer for each in drawn.own if drawn.loads[each.reviewer] > MOST_DUTIES})
        return
    base = Counter(
        (pairing.reviewer, pairing.role)
        for pairing in drawn.pairings
        if not pairing.extra and pairing.under_review not in drawn.switches.late
    )
    for code in drawn.on_time:
        is_two = all(base[code, role] == 1 for role in drawn.roles)
        if not 1 <= drawn.loads[code] <= MOST_DUTIES or (drawn.switches.load == "two" and not is_two):
            yield code


def _exclusions(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = [
        f"{pairing.reviewer}>{pairing.under_review}"
        for pairing in drawn.own
        if (pairing.reviewer, pairing.under_review) in drawn.switches.exclude
    ]
    return {"exclusions": len(drawn.switches.exclude)}, breaches


def _deferral(drawn: Drawn) -> tuple[Mapping[str, Any], list[str]]:
    breaches = [
        f"{pairing.reviewer}>{pairing.under_review}"
        for pairing in drawn.own
        if drawn.switches.defers(pairing.reviewer)
        and drawn.groups[pairing.reviewer] == drawn.groups[pairing.under_review]
    ]
    return {"deferring": sum(map(drawn.switches.defers, drawn.on_time))}, breaches


CHECKS: Mapping[str, Check] = {
    "groups_even": _groups_even,
    "groups_stratified": _groups_stratified,
    "groups_from_seed": _groups_from_seed,
    "instruments_covered": _instruments_covered,
    "roles": _roles,
    "reviewers_are_parties": _reviewers_are_parties,
    "no_mutual_reviews": _no_mutual_reviews,
    "base_reviewers": _base_reviewers,
    "extra_reviewers_fill_gaps": _extra_reviewers_fill_gaps,
    "at_most_four": _at_most_four,
    "load": _load,
    "exclusions": _exclusions,
    "deferral": _deferral,
}
