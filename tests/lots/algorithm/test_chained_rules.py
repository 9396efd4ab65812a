"""A draw that builds on others says whether what is kept was kept; one that was altered afterwards does not pass."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from lots.algorithm import (
    ANEW,
    BROUGHT_IN,
    COMPLETED,
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    ChainedDraw,
    DrawnPairing,
    DrawTerms,
    PartyTable,
    StandingResult,
    Switches,
    brought_in,
    draw_on,
    standing_after,
)
from lots.algorithm.rules import CHECKS
from tests.lots.chains import LATER
from tests.lots.tables import AS_OF, full_table, party, table

pytestmark = pytest.mark.unit
STATE, NEWCOMER = "AAA", "AZZ"
OF_TEAMS = [rule for rule in CHECKS if not rule.startswith("groups_")]


@cache
def first() -> ChainedDraw:
    return draw_on(full_table(6, 6), Switches(), DrawTerms(), standing_after([]), as_of=AS_OF, seed="s")


@cache
def before() -> StandingResult:
    return standing_after([first().files()["result.json"]])


@cache
def with_newcomer() -> PartyTable:
    return table(*full_table(6, 6).parties, party(NEWCOMER, "Group 0"))


@cache
def next_phase(teams: str = COMPLETED) -> ChainedDraw:
    terms = DrawTerms(NEXT_PHASE, before().hashes, teams)
    return draw_on(with_newcomer(), Switches(), terms, before(), as_of=LATER, seed="s")


@cache
def supplementary() -> ChainedDraw:
    """A newcomer is added, and the first reviewer of a State replaced."""
    terms = DrawTerms(SUPPLEMENTARY, before().hashes, KEPT, ((before().team(STATE)[0].reviewer, STATE),))
    return draw_on(with_newcomer(), Switches(late=(NEWCOMER,)), terms, before(), as_of=LATER, seed="s")


def rules(drawn: ChainedDraw) -> list[str]:
    return [finding.rule for finding in drawn.findings]


def broken(drawn: ChainedDraw) -> dict[str, tuple[str, ...]]:
    return {finding.rule: finding.breaches for finding in drawn.findings if finding.rule.endswith("_kept")}


def evidence(drawn: ChainedDraw, rule: str) -> object:
    return {finding.rule: finding.evidence for finding in drawn.findings}[rule]


def in_group(drawn: ChainedDraw, **groups: int | None) -> ChainedDraw:
    changed = {**drawn.groups, **groups}
    return replace(drawn, groups={code: group for code, group in changed.items() if group is not None})


def another_group(code: str) -> int:
    return next_phase().groups[code] % 3 + 1


def team(code: str) -> list[DrawnPairing]:
    return [each for each in next_phase().pairings if each.under_review == code]


def with_team(drawn: ChainedDraw, code: str, *its: DrawnPairing) -> ChainedDraw:
    return replace(drawn, pairings=(*(each for each in drawn.pairings if each.under_review != code), *its))


def stranger_to(code: str) -> str:
    known = {code, NEWCOMER, *(each.reviewer for each in team(code))}
    return next(each.code for each in with_newcomer().parties if each.code not in known)


def test_the_first_draw_keeps_all_rules_of_groups_and_one_brought_in_those_without_a_seed() -> None:
    assert rules(first()) == ["groups_even", "groups_stratified", "groups_from_seed", *OF_TEAMS]
    terms = DrawTerms(BROUGHT_IN, teams="as_made", source="CTOC/COP/WG.2/2020/1")
    made_elsewhere = brought_in(full_table(6, 6), terms, first().groups, first().pairings, as_of=AS_OF)
    assert rules(made_elsewhere) == ["groups_even", "groups_stratified", *OF_TEAMS]


@pytest.mark.parametrize("build", [next_phase, supplementary])
def test_what_is_built_on_others_keeps_groups_and_teams_in_their_place(build: Callable[[], ChainedDraw]) -> None:
    assert rules(build()) == ["groups_kept", "teams_kept", *OF_TEAMS]
    assert broken(build()) == {"groups_kept": (), "teams_kept": ()}
    assert evidence(build(), "groups_kept") == {"states": 13, "newcomers": 1}


@pytest.mark.parametrize("build", [next_phase, supplementary])
def test_whoever_was_put_into_another_group_is_named(build: Callable[[], ChainedDraw]) -> None:
    moved = in_group(build(), **{STATE: another_group(STATE), NEWCOMER: another_group(NEWCOMER)})
    assert broken(moved)["groups_kept"] == (STATE, NEWCOMER)


def test_whoever_lost_its_group_and_whoever_was_given_one_from_nowhere_are_named() -> None:
    assert broken(in_group(supplementary(), BAA=None, ZZZ=1))["groups_kept"] == ("BAA", "ZZZ")


def test_a_reviewer_who_could_stay_and_is_gone_is_missed() -> None:
    gone, *stay = team(STATE)
    assert broken(with_team(next_phase(), STATE, *stay))["teams_kept"] == (STATE,)
    exchanged = with_team(next_phase(), STATE, replace(gone, reviewer=stranger_to(STATE)), *stay)
    assert broken(exchanged)["teams_kept"] == (STATE,)


def test_nobody_comes_for_what_was_not_open() -> None:
    whole = team(STATE)
    for each in whole:  # in either role
        added = replace(each, reviewer=stranger_to(STATE), extra=True)
        assert broken(with_team(next_phase(), STATE, *whole, added))["teams_kept"] == (STATE,)


def test_a_newcomers_team_was_open_whoever_is_in_it() -> None:
    exchanged = [replace(each, reviewer=stranger_to(NEWCOMER)) for each in team(NEWCOMER)]
    assert broken(with_team(next_phase(), NEWCOMER, *exchanged))["teams_kept"] == ()


def test_it_says_how_many_stay_and_how_many_were_drawn() -> None:
    assert evidence(next_phase(), "teams_kept") == {"kept": 24, "drawn": 2}
    assert evidence(supplementary(), "teams_kept") == {"kept": 1, "drawn": 3}


def test_of_a_supplementary_draw_the_teams_in_which_somebody_is_replaced_are_looked_at() -> None:
    ends, stays = before().team(STATE)
    came = next(each for each in supplementary().pairings if each.under_review == STATE and each.role == ends.role)
    assert broken(with_team(supplementary(), STATE, came))["teams_kept"] == (STATE,), "who was to stay is gone"
    exchanged = replace(came, reviewer=stranger_to(STATE))
    assert broken(with_team(supplementary(), STATE, exchanged, stays))["teams_kept"] == ()
    assert broken(with_team(supplementary(), "BAA"))["teams_kept"] == (), (
        "the draws before have published those of others"
    )


def test_teams_drawn_anew_keep_nobody() -> None:
    assert evidence(next_phase(ANEW), "teams_kept") == {"asked_for": False}
    assert broken(with_team(next_phase(ANEW), STATE))["teams_kept"] == ()
