"""Why no draw keeps all rules: the smallest set of rules and States in conflict, and what would mend it.

The set is made small by leaving out what is not needed (QuickXplain, Junker 2004), so that what remains is irreducible:
without any one part of it no proof speaks any more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lots.algorithm.bounds import Bound
from lots.algorithm.generator import Chance
from lots.algorithm.problem import NO_LIMIT, Problem, Rules, problem_of
from lots.algorithm.proofs import is_proved_impossible
from lots.algorithm.search import Search
from lots.algorithm.solve import Solution, solve
from lots.algorithm.switches import Switches
from lots.algorithm.table import OTHER, ROLES, SAME, PartyTable

SEARCHED_ITEMS = 24  # demands, up to which the complete search is asked
SEARCHED_WORK = 100_000  # possibilities, for each question


@dataclass(frozen=True, slots=True)
class Demand:
    """A State needs a reviewer in a role ("same_group", "other_group") for some instruments."""

    code: str
    role: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class ConflictRule:
    """``no_mutual_reviews``, ``at_most_four``, ``load``; ``exclude`` (``about`` AAA>BBB); ``defer`` (``about`` AAA)."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mend:
    """One change with which a draw is possible: to a switch, or leaving a State's instrument to a later draw.

    ``switch`` is KEY=VALUE to add, or ``-KEY=VALUE`` to take away; ``left_out`` is (code, instrument).
    """

    switch: str = ""
    left_out: tuple[str, str] | None = None
    allows_mutual: bool = False


@dataclass(frozen=True, slots=True)
class RuleConflict:
    demands: tuple[Demand, ...]
    rules: tuple[ConflictRule, ...]
    mends: tuple[Mend, ...]

    @property
    def states(self) -> list[str]:
        return sorted({demand.code for demand in self.demands})


Part = Demand | ConflictRule


@dataclass(frozen=True)
class Case:
    """What the proofs are asked about: some of the demands and some of the rules of a draw."""

    table: PartyTable
    switches: Switches
    groups: Mapping[str, int]

    def problem(self, parts: Iterable[Part]) -> Problem:
        demands: dict[str, list[int]] = {}
        rules: set[ConflictRule] = set()
        whole = set(self.demands)
        for part in parts:
            if isinstance(part, ConflictRule):
                rules.add(part)
            else:
                whole.discard(part)
                demands.setdefault(part.code, [0, 0])[ROLES.index(part.role)] |= self.table.bits_of(part.instruments)
        names = {rule.name for rule in rules}
        full = Rules.of(self.switches)
        kept = Rules(
            # A demand that is left out may be met by anybody, and give a duty to whom it likes.
            least_duties=full.least_duties if "load" in names and not whole else 0,
            most_duties=full.most_duties if "load" in names else NO_LIMIT,
            exactly_two=full.exactly_two and "load" in names,
            no_mutual="no_mutual_reviews" in names,
            most_reviewers=full.most_reviewers if "at_most_four" in names else NO_LIMIT,
        )
        switches = replace(
            self.switches,
            exclude=tuple(
                pair for pair in self.switches.exclude if ConflictRule("exclude", f"{pair[0]}>{pair[1]}") in rules
            ),
            defer=tuple(rule.about for rule in sorted(rules) if rule.name == "defer"),
        )
        by_code = {code: (pair[SAME], pair[OTHER]) for code, pair in demands.items()}
        return problem_of(self.table, switches, self.groups, sorted(self.groups), rules=kept, demands=by_code)

    @cached_property
    def demands(self) -> list[Demand]:
        parties = [self.table.by_code[code] for code in sorted(self.groups)]
        return [Demand(party.code, role, party.instruments) for role in ROLES for party in parties]

    def all_parts(self) -> list[Part]:
        """Rules last: those that can do without them are thrown out first."""
        rules = [ConflictRule("no_mutual_reviews"), ConflictRule("at_most_four")]
        if self.switches.load != "soft":
            rules.append(ConflictRule("load"))
        rules += [ConflictRule("exclude", f"{reviewer}>{state}") for reviewer, state in self.switches.exclude]
        rules += [ConflictRule("defer", code) for code in sorted(self.groups) if self.switches.defers(code)]
        return [*rules, *self.demands]


def conflict_of(table: PartyTable, switches: Switches, groups: Mapping[str, int]) -> RuleConflict | None:
    """The irreducible conflict of a draw that found no result; None where none of the proofs speaks."""
    case = Case(table, switches, groups)
    parts = case.all_parts()
    if not is_impossible(case.problem(parts)):
        return None
    needed = _irreducible(case, parts)
    needed = [*_with_fewest_instruments(case, needed)]
    rules = tuple(sorted(part for part in needed if isinstance(part, ConflictRule)))
    demands = tuple(part for part in needed if isinstance(part, Demand))
    return RuleConflict(demands, rules, tuple(_mends(case, demands, rules)))


def is_impossible(problem: Problem) -> bool:
    """Whether one of the proofs, or the search through a small problem, shows that no draw exists."""
    return is_proved_impossible(problem) or _search_finds_none(problem)


def _search_finds_none(problem: Problem) -> bool:
    if len(problem.items) > SEARCHED_ITEMS:
        return False
    nothing = Bound(NO_LIMIT, {})  # the first draw that is found ends the search
    found = Search(problem, nothing, nothing, SEARCHED_WORK).run()
    return found.is_complete and found.teams is None


# --- Making it small


def _irreducible(case: Case, parts: Sequence[Part]) -> list[Part]:
    """QuickXplain: the earlier in the list, the sooner a part is thrown out."""

    def explain(background: list[Part], is_new: bool, among: list[Part]) -> list[Part]:
        if is_new and is_impossible(case.problem(background)):
            return []
        if len(among) == 1:
            return among
        half = len(among) // 2
        first, second = among[:half], among[half:]
        needed_second = explain([*background, *first], bool(first), second)
        needed_first = explain([*background, *needed_second], bool(needed_second), first)
        return [*needed_first, *needed_second]

    return explain([], True, list(parts))


def _with_fewest_instruments(case: Case, parts: Sequence[Part]) -> Iterator[Part]:
    """The same conflict with demands for as few instruments as it takes."""
    kept = list(parts)
    for place, part in enumerate(parts):
        if isinstance(part, Demand):
            demand = part
            for name in part.instruments:
                fewer = _without(demand, name)
                if fewer.instruments and is_impossible(case.problem([*kept[:place], fewer, *kept[place + 1 :]])):
                    demand = fewer
            kept[place] = demand
    yield from kept


# --- What would mend it


def _mends(case: Case, demands: Sequence[Demand], rules: Sequence[ConflictRule]) -> Iterator[Mend]:
    """Each single change of those in the conflict with which a draw is found."""
    parts = case.all_parts()
    for rule in rules:
        for mend, changed in _relaxed(case, rule, demands, parts):
            if _is_solved(changed):
                yield mend
    for code, name in sorted({(demand.code, name) for demand in demands for name in demand.instruments}):
        # Who has not joined the first instrument takes no part.
        names = case.table.instruments if name == case.table.instruments[0] else (name,)
        fewer = [
            part if isinstance(part, ConflictRule) or part.code != code else _without(part, *names) for part in parts
        ]
        left = [part for part in fewer if isinstance(part, ConflictRule) or part.instruments]
        if _is_solved(case.problem(left)):
            yield Mend(left_out=(code, name))


def _relaxed(
    case: Case, rule: ConflictRule, demands: Sequence[Demand], parts: Sequence[Part]
) -> Iterator[tuple[Mend, Problem]]:
    problem = case.problem(parts)
    if rule.name == "load":
        values = ["soft"] if case.switches.load == "hard" else ["hard", "soft"]
        for value in values:
            rules = replace(Rules.of(replace(case.switches, load=value)))
            yield Mend(switch=f"load={value}"), replace(problem, rules=rules)
    elif rule.name == "at_most_four":
        for code in sorted({demand.code for demand in demands}):
            consents = tuple(each or state == code for each, state in zip(problem.consents, problem.codes, strict=True))
            yield Mend(switch=f"consent={code}"), replace(problem, consents=consents)
    elif rule.name == "no_mutual_reviews":
        yield Mend(allows_mutual=True), problem.with_rules(no_mutual=False)
    else:
        yield Mend(switch=f"-{rule.name}={rule.about}"), case.problem([part for part in parts if part != rule])


def _without(demand: Demand, *names: str) -> Demand:
    return replace(demand, instruments=tuple(each for each in demand.instruments if each not in names))


def _is_solved(problem: Problem) -> bool:
    return isinstance(solve(problem, Chance(b"mend", "mend")), Solution)
