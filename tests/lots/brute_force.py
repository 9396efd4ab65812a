"""All draws of reviewers for a small table, tried one after the other. Written without a look at the solver."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from lots.algorithm import Party, PartyTable, Switches


class Team(NamedTuple):
    state: str
    reviewers: tuple[str, ...]
    base: str
    role: str


class Best(NamedTuple):
    extras: int
    squares: int


def teams_of(party: Party, role: str, table: PartyTable, switches: Switches) -> list[Team]:
    """Every base reviewer with every set of others of which each is needed to fill its gap."""
    pool = [
        other
        for other in table.parties
        if other.code != party.code
        and (other.regional_group == party.regional_group) == (role == "same_group")
        and (other.code, party.code) not in switches.exclude
    ]
    teams = []
    for base in pool:
        gap = set(party.instruments) - set(base.instruments)
        for size in range(len(gap) + 1):
            for others in combinations([each for each in pool if each != base], size):
                covered = [set(each.instruments) & gap for each in others]
                is_full = set().union(*covered) == gap
                is_lean = all(
                    set().union(*(covered[:place] + covered[place + 1 :])) != gap for place in range(len(covered))
                )
                if is_full and (is_lean or not gap):
                    codes = (base.code, *(each.code for each in others))
                    teams.append(Team(party.code, codes, base.code, role))
    return teams


def best_draw(table: PartyTable, switches: Switches) -> Best | None:
    """The fewest extra reviewers and then the least sum of squared loads; None where no draw keeps the rules."""
    choices = [
        teams_of(party, role, table, switches) for party in table.parties for role in ("same_group", "other_group")
    ]
    results = [Best(extras, squares) for extras, squares in _results(sorted(choices, key=len), table, switches)]
    return min(results, default=None)


def _results(choices: list[list[Team]], table: PartyTable, switches: Switches) -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()

    def choose(place: int, pairs: frozenset[tuple[str, str]], loads: Mapping[str, int], base: Counter[str]) -> None:
        if place == len(choices):
            if _is_lawful_at_the_end(loads, base, table, switches):
                extras = len(pairs) - 2 * len(table.parties)
                seen.add((extras, sum(load * load for load in loads.values())))
            return
        for team in choices[place]:
            new = {(reviewer, team.state) for reviewer in team.reviewers}
            if new & pairs or any((state, reviewer) in pairs for reviewer, state in new):
                continue
            more = Counter(loads)
            more.update(team.reviewers)
            if switches.load != "soft" and max(more.values()) > 3:
                continue
            reviewers = sum(state == team.state for _reviewer, state in pairs | new)
            if reviewers > 4 and team.state not in switches.consent:
                continue
            choose(place + 1, pairs | new, more, base + Counter([team.base + team.role]))

    choose(0, frozenset(), Counter(), Counter())
    yield from seen


def _is_lawful_at_the_end(loads: Mapping[str, int], base: Counter[str], table: PartyTable, switches: Switches) -> bool:
    codes = [party.code for party in table.parties]
    if switches.load == "hard":
        return all(loads[code] >= 1 for code in codes)
    if switches.load == "two":
        return all(base[code + role] == 1 for code in codes for role in ("same_group", "other_group"))
    return True
