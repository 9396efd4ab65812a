"""A draw of format 2 or 3: it may build on draws before, and names its instruments and roles (docs/draw-files.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lots.algorithm.bounds import Bound
from lots.algorithm.canonical import json_bytes, sha256
from lots.algorithm.chain import Keeping, StandingResult, groups_with
from lots.algorithm.chained_rules import chained_findings
from lots.algorithm.conflict import conflict_of
from lots.algorithm.draw import ImpossibleDrawError, bound_json
from lots.algorithm.generator import Chance, key_of
from lots.algorithm.groups import deal_groups
from lots.algorithm.later import Redraw
from lots.algorithm.pairing import sum_of_squares
from lots.algorithm.problem import Rules, problem_of
from lots.algorithm.result import DrawnPairing, loads_of, pairings_of
from lots.algorithm.rules import Drawn, RuleFinding
from lots.algorithm.solve import NoSolution, solve
from lots.algorithm.switches import SwitchError, Switches
from lots.algorithm.table import ROLES, PartyTable, TableError
from lots.algorithm.terms import ANEW, BROUGHT_IN, FIRST, KEPT, NEXT_PHASE, SUPPLEMENTARY, DrawTerms


@dataclass(frozen=True)
class ChainedDraw:
    """A finished draw. ``groups`` and ``pairings`` are all that stand after it, ``drawn`` whose teams are of it."""

    table: PartyTable
    switches: Switches
    terms: DrawTerms
    before: StandingResult
    as_of: str
    seed: str
    groups: Mapping[str, int]
    pairings: tuple[DrawnPairing, ...]
    drawn: frozenset[str]
    bounds: tuple[Bound, Bound] | None = field(default=None, repr=False)

    @property
    def own_groups(self) -> Mapping[str, int]:
        """Those that this draw says: of a supplementary one those of the newcomers."""
        if self.terms.kind != SUPPLEMENTARY:
            return self.groups
        return {code: self.groups[code] for code in sorted(self.switches.late)}

    @cached_property
    def own_pairings(self) -> Sequence[DrawnPairing]:
        return [pairing for pairing in self.pairings if pairing.under_review in self.drawn]

    @property
    def extras(self) -> int:
        return sum(pairing.extra for pairing in self.own_pairings)

    @cached_property
    def loads(self) -> Mapping[str, int]:
        return loads_of([party.code for party in self.table.parties], self.pairings)

    @cached_property
    def findings(self) -> list[RuleFinding]:
        ended = tuple(sorted({*self.switches.exclude, *self.terms.replace}))
        drawn = Drawn(
            self.table,
            replace(self.switches, exclude=ended),
            self.groups,
            self.pairings,
            self.groups,
            scope=self.drawn,
            roles=self.terms.roles,
            is_anew=self.terms.teams == ANEW,
        )
        return chained_findings(drawn, self.terms, self.before)

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """The content of ``certificate.json``."""
        before = {"input.csv": self.table.csv_bytes, **self._drawn_files}
        squares = sum_of_squares([*self.loads.values()])
        extras_bound, squares_bound = self.bounds or (None, None)
        return {
            **self.terms.heading,
            "commitment_sha256": commitment_on(self.table, self.switches, self.terms, self.as_of),
            "hashes": {name: sha256(content) for name, content in before.items()},
            "rules": [finding.to_json() for finding in self.findings],
            "extra_reviewers": {
                "number": self.extras,
                **(bound_json(extras_bound, self.extras) if extras_bound else {}),
            },
            "load": {
                "sum_of_squares": squares,
                **(bound_json(squares_bound, squares) if squares_bound else {}),
            },
        }

    @cached_property
    def _drawn_files(self) -> dict[str, bytes]:
        announced = announcement_on(self.table, self.switches, self.terms, self.as_of)
        draw = json_bytes({**announced, "seed": self.seed})
        result = {
            **self.terms.heading,
            "kind": self.terms.kind,
            "draw_sha256": sha256(
                draw
            ),  # teams that are kept are the same in draw after draw: the result is this one's
            "groups": dict(self.own_groups),
            "pairings": [pairing.to_json() for pairing in sorted(self.own_pairings)],
        }
        return {"draw.json": draw, "result.json": json_bytes(result)}

    def files(self) -> dict[str, bytes]:
        """The files that are published, by name."""
        return {
            "input.csv": self.table.csv_bytes,
            **self._drawn_files,
            "certificate.json": json_bytes(self.certificate),
        }


def announcement_on(table: PartyTable, switches: Switches, terms: DrawTerms, as_of: str) -> dict[str, Any]:
    """``draw.json`` before the seed is known."""
    return {
        **terms.heading,
        "as_of": as_of,
        "input_sha256": table.sha256,
        "switches": switches.to_json(),
        **terms.to_json(),
    }


def commitment_on(table: PartyTable, switches: Switches, terms: DrawTerms, as_of: str) -> str:
    """The hash that is published before the seed is known; it fixes the draws before as well."""
    return sha256(json_bytes(announcement_on(table, switches, terms, as_of)))


def draw_on(
    table: PartyTable, switches: Switches, terms: DrawTerms, before: StandingResult, *, as_of: str, seed: str
) -> ChainedDraw:
    """Draw by these terms on what stands ``before``; ``as_of`` (YYYY-MM-DD) is the day of the input.

    Raises ImpossibleDrawError where the rules cannot all be kept, SwitchError and TableError where terms, switches,
    input and what stands do not fit together. Nothing is drawn then.
    """
    check_terms(table, switches, terms, before)
    key = key_of(commitment_on(table, switches, terms, as_of), seed, version=terms.format_number)
    course = _Course(table, switches, terms, before.among(table), key)
    groups, pairings, drawn, bounds = {
        FIRST: course.first,
        NEXT_PHASE: course.next_phase,
        SUPPLEMENTARY: course.supplementary,
    }[terms.kind]()
    finished = ChainedDraw(
        table=table,
        switches=switches,
        terms=terms,
        before=course.before,
        as_of=as_of,
        seed=seed,
        groups=dict(sorted(groups.items())),
        pairings=tuple(sorted(pairings)),
        drawn=frozenset(drawn),
        bounds=bounds,
    )
    if broken := [finding.rule for finding in finished.findings if not finding.holds]:
        if terms.teams == ANEW:
            raise RuntimeError(f"the draw breaks its own rules and is not used: {', '.join(broken)}")
        raise ImpossibleDrawError(None, broken=broken)
    return finished


def brought_in(
    table: PartyTable,
    terms: DrawTerms,
    groups: Mapping[str, int],
    pairings: Sequence[DrawnPairing],
    *,
    as_of: str,
    switches: Switches | None = None,
) -> ChainedDraw:
    """A draw that was made elsewhere, as it is: its certificate says which rules it keeps, and it has no seed."""
    return ChainedDraw(
        table=table,
        switches=switches or Switches(),
        terms=terms,
        before=StandingResult({}, ()),
        as_of=as_of,
        seed="",
        groups=dict(sorted(groups.items())),
        pairings=tuple(sorted(pairings)),
        drawn=frozenset(party.code for party in table.parties),
    )


def check_terms(table: PartyTable, switches: Switches, terms: DrawTerms, before: StandingResult) -> None:
    """Raises SwitchError or TableError where terms, switches, input and what stands do not fit together."""
    if terms.kind == BROUGHT_IN:
        raise SwitchError("kind", "a draw that was brought in is not drawn")
    terms.fitting(switches)
    if before.hashes != terms.previous:
        raise SwitchError("previous", "the draws before are not those that the terms name")
    if terms.instruments != table.instruments:
        raise TableError("the instruments of the input are not those of the terms")
    if unknown := sorted({code for codes in switches.named.values() for code in codes} - {*table.by_code}):
        raise SwitchError("late", f"a switch names {', '.join(unknown)}, which takes no part in the draw")
    if terms.kind != SUPPLEMENTARY:
        return
    if terms.supplements not in ("", before.began):
        raise SwitchError("supplements", "the teams before are not those of the draw that is added to")
    known = before.reviewed if terms.supplements else before.groups.keys()
    if twice := sorted(known & {*switches.late}):
        raise SwitchError("late", f"{', '.join(twice)} has been drawn before and is not late")
    if unknown := sorted({*table.by_code} - {*before.groups, *switches.late}):
        raise TableError(f"{', '.join(unknown)} is neither of the draws before nor late")
    teams = {pairing[:2] for pairing in ((each.reviewer, each.under_review) for each in before.pairings)}
    if strange := sorted(pair for pair in terms.replace if pair not in teams):
        raise SwitchError("replace", f"{strange[0][0]} does not review {strange[0][1]}")


_Outcome = tuple[dict[str, int], list[DrawnPairing], set[str], tuple[Bound, Bound] | None]


@dataclass(frozen=True)
class _Course:
    """How each kind of draw comes to its groups, all pairings that stand, and whose teams are its own."""

    table: PartyTable
    switches: Switches
    terms: DrawTerms
    before: StandingResult
    key: bytes

    def first(self) -> _Outcome:
        return self._all_anew(deal_groups(self.table, self.switches, Chance(self.key, "groups")))

    def next_phase(self) -> _Outcome:
        newcomers = sorted({*self.table.by_code} - {*self.before.groups})
        groups = groups_with(newcomers, self.table, self.before)
        if self.terms.teams == ANEW:
            return self._all_anew(groups)
        keeping = Keeping(self.table, self.switches, self.terms, groups)
        kept = {code: keeping.kept(code, self.before.team(code)) for code in sorted(groups)}
        incomplete = [code for code in kept if keeping.open_roles(code, kept[code])]
        if incomplete and self.terms.teams == KEPT:
            raise ImpossibleDrawError(None, incomplete=incomplete)
        standing = [pairing for roles in kept.values() for team in roles.values() for pairing in team]
        for code in Chance(self.key, "order").shuffle(incomplete):
            standing = self._completed(code, groups, standing, kept[code])
        return groups, standing, {*groups}, None

    def supplementary(self) -> _Outcome:
        """Redraws first, then those of whose team somebody is replaced, then late parties, each on what stands."""
        groups, standing = dict(self.before.groups), [*self.before.pairings]
        for place, code in enumerate(self.switches.redraw):
            number = self.switches.redraw[: place + 1].count(code)
            standing = self._team(code, groups, standing, f"redraw/{code}/{number}")
        keeping = Keeping(self.table, self.switches, self.terms, groups)
        for code in self.terms.barred:
            standing = self._completed(code, groups, standing, keeping.kept(code, self.before.team(code)))
        for code in self.switches.late:
            groups = groups_with([code], self.table, replace(self.before, groups=groups))
            standing = self._team(code, groups, standing, f"late/{code}")
        return groups, standing, {*self.switches.redraw, *self.terms.barred, *self.switches.late}, None

    def _all_anew(self, groups: dict[str, int]) -> _Outcome:
        chance = Chance(self.key, "reviewers")
        whole = {party.code: self.table.bits_of(party.instruments) for party in self.table.parties}
        demands = {code: tuple(bits * (role in self.terms.roles) for role in ROLES) for code, bits in whole.items()}
        problem = problem_of(self.table, self.switches, groups, chance.shuffle(sorted(groups)), demands=demands)  # type: ignore[arg-type]
        solution = solve(problem, chance)
        if isinstance(solution, NoSolution):
            raise ImpossibleDrawError(conflict_of(self.table, self.switches, groups))
        bounds = solution.extras_bound, solution.squares_bound
        return groups, pairings_of(problem, solution), {*groups}, bounds

    def _completed(
        self,
        code: str,
        groups: Mapping[str, int],
        standing: list[DrawnPairing],
        kept: Mapping[str, Sequence[DrawnPairing]],
    ) -> list[DrawnPairing]:
        return self._team(code, groups, standing, f"team/{code}", fixed=kept)

    def _team(
        self,
        code: str,
        groups: Mapping[str, int],
        standing: list[DrawnPairing],
        stream: str,
        fixed: Mapping[str, Sequence[DrawnPairing]] | None = None,
    ) -> list[DrawnPairing]:
        others = [pairing for pairing in standing if pairing.under_review != code]
        former = frozenset(pairing.reviewer for pairing in standing if pairing.under_review == code)
        redraw = Redraw(
            code,
            self.table,
            self.switches,
            groups,
            others,
            former if fixed is None else frozenset(),
            fixed=fixed or {},
            barred=self.terms.barred.get(code, frozenset()),
            roles=self.terms.roles,
            # Who has no duty by now need not get one: not everybody is drawn for.
            rules=replace(Rules.of(self.switches), least_duties=0, exactly_two=False),
        )
        team = redraw.drawn_anew(Chance(self.key, stream))
        if team is None:
            raise ImpossibleDrawError(None, late_or_redrawn=code)
        return others + team
