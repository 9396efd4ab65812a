"""The rules that a draw is judged by: right draws made by hand keep all of them, and each forgery breaks its own.

Forgeries and draws are those of the stand-alone checker, which was written from the same words by another hand: the two
name the same rules and the same States.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from lots.algorithm import Party, PartyTable, Switches
from lots.algorithm.result import DrawnPairing
from lots.algorithm.rules import CHECKS, Drawn, findings_on
from tests.lots import small_draws
from tests.lots.small_draws import SmallDraw, even, late, scarce, soft, two, with_switches
from tests.lots.verifier.forgeries import BROKEN_RULES, Forgery, add, alter, changes, deal_by_hand, move, switch
from tests.lots.verifier.papers import RULES, documents

pytestmark = pytest.mark.unit

NAMES = "even scarce mutual excluded two triple soft five late many_late late_with_two".split()
RIGHT: dict[str, Callable[[], SmallDraw]] = {
    **{name: getattr(small_draws, name) for name in NAMES},
    "not stratified": with_switches(even, stratify="off"),
    "deferring States that review in other years": with_switches(even, defer=["CAN"]),
    "exclusions that are kept": with_switches(scarce, exclude=["AUT>BEL", "CAN>AUT"]),
}


def judged(small: SmallDraw) -> Drawn:
    """The draw as the rules see it; what its seed gives is worked out by the tests themselves."""
    dealt = copy.deepcopy(small)
    dealt.groups = None
    parties = [
        Party(code, state.name, state.region, tuple(state.joined)) for code, state in sorted(small.states.items())
    ]
    pairings = [
        DrawnPairing(it["under_review"], it["reviewer"], it["role"], it["extra"], tuple(it["instruments"]))
        for it in small.pairings
    ]
    return Drawn(
        PartyTable(tuple(parties)),
        Switches.from_json(small.switches),
        documents(small)["result.json"]["groups"],
        sorted(pairings),
        documents(dealt)["result.json"]["groups"],
    )


def breaches(drawn: Drawn) -> dict[str, tuple[str, ...]]:
    return {finding.rule: finding.breaches for finding in findings_on(drawn) if not finding.holds}


def forged(base: Callable[[], SmallDraw], *several: Callable[[SmallDraw], object]) -> Drawn:
    small = base()
    changes(*several)(small)
    return judged(small)


def test_the_rules_are_those_of_the_certificate() -> None:
    assert list(CHECKS) == RULES


@pytest.mark.parametrize("build", RIGHT.values(), ids=RIGHT)
def test_a_right_draw_keeps_every_rule(build: Callable[[], SmallDraw]) -> None:
    assert breaches(judged(build())) == {}


ALSO_BROKEN = {
    "a State reviews itself": ["roles", "no_mutual_reviews"],
    "no base reviewer": ["base_reviewers", "extra_reviewers_fill_gaps"],
    "an extra reviewer for what the State has not joined": ["instruments_covered", "extra_reviewers_fill_gaps"],
    # Nothing but the seed decides on the groups of the others; of this one the draw takes the smallest.
    "a State joins late, and chooses its group": [],
}


@pytest.mark.parametrize("forgery", BROKEN_RULES, ids=lambda forgery: forgery.name)
def test_a_forgery_breaks_the_rules_that_the_checker_names_for_the_states_that_it_names(forgery: Forgery) -> None:
    found = breaches(forged(forgery.base, forgery.change))
    named = dict(line.removeprefix("rule ").split(": ", 1) for line in forgery.lines if line.startswith("rule "))
    assert list(found) == ALSO_BROKEN.get(forgery.name, list(named))
    for rule in found.keys() & named.keys():
        states = set(re.findall(r"\(([A-Z]{3})\)", named[rule]))
        told = {code for breach in found[rule] for code in breach.split(">")}
        assert told <= states or not states


def test_groups_may_differ_by_one_state_and_by_no_more() -> None:
    uneven = forged(scarce, deal_by_hand("CIV DZA IND JPN AUT", "GHA KEN KOR BEL CAN", "MLI NPL DNK"))
    assert [rule for rule in breaches(uneven) if rule != "groups_from_seed"] == ["groups_even"]
    even_enough = forged(scarce, deal_by_hand("CIV DZA IND JPN AUT", "GHA KEN KOR BEL", "MLI NPL CAN DNK"))
    assert [rule for rule in breaches(even_enough) if rule != "groups_from_seed"] == []


def test_nobody_reviews_a_state_twice() -> None:
    assert breaches(forged(even, add("IND", "JPN", "same_group", "tip"))) == {
        "instruments_covered": ("IND",),
        "extra_reviewers_fill_gaps": ("JPN>IND",),
        "at_most_four": ("IND",),
    }


def test_an_extra_reviewer_has_something_to_review() -> None:
    found = breaches(forged(scarce, alter("KEN", "BEL", instruments=[])))
    assert found == {"instruments_covered": ("KEN",), "extra_reviewers_fill_gaps": ("BEL>KEN",)}


def test_an_extra_reviewer_fills_the_gap_of_a_reviewer_in_its_own_role() -> None:
    """Somebody lacks the Firearms Protocol beside Kenya, but not the one from its regional group."""
    found = breaches(forged(scarce, move("BEL", "GHA", "MLI"), add("KEN", "CIV", "same_group", "firearms")))
    assert found["extra_reviewers_fill_gaps"] == ("CIV>KEN",)


@pytest.mark.parametrize(
    ("build", "evidence"),
    [
        (
            scarce,
            {
                "groups_even": {"sizes": {"1": 4, "2": 4, "3": 5}},
                "groups_stratified": {
                    "sizes": {
                        "African States": {"1": 1, "2": 2, "3": 2},
                        "Asia-Pacific States": {"1": 1, "2": 1, "3": 2},
                        "Western European and other States": {"1": 2, "2": 1, "3": 1},
                    }
                },
                "groups_from_seed": {"states": 13},
                "instruments_covered": {"reviews_of_an_instrument": 80},  # each in two roles
                "roles": {"same_group": 14, "other_group": 14},
                "reviewers_are_parties": {"pairings": 28},
                "no_mutual_reviews": {"pairs": 28},
                "base_reviewers": {"base_reviewers": 26},
                "extra_reviewers_fill_gaps": {"extra_reviewers": 2},
                "at_most_four": {"states_by_reviewers": {"2": 12, "4": 1}},
                "load": {"states_by_load": {"1": 2, "2": 7, "3": 4}},
                "exclusions": {"exclusions": 0},
                "deferral": {"deferring": 0},
            },
        ),
        (
            with_switches(late, stratify="off", exclude=["AUT>CAN"], defer=["DZA", "GHA", "ZMB"]),
            {
                "groups_stratified": {"asked_for": False},
                "groups_from_seed": {"states": 14},
                "load": {"states_by_load": {"2": 10, "3": 4}},
                "exclusions": {"exclusions": 1},
                "deferral": {"deferring": 2},
            },
        ),
    ],
    ids=["with extra reviewers", "with States that joined late"],
)
def test_the_certificate_shows_what_was_counted(
    build: Callable[[], SmallDraw], evidence: dict[str, dict[str, object]]
) -> None:
    found = {finding.rule: dict(finding.evidence) for finding in findings_on(judged(build()))}
    assert found | evidence == found


def test_a_finding_says_whether_the_rule_holds() -> None:
    drawn = forged(even, move("NPL", "MAR", "DZA"))
    written = {finding.rule: finding.to_json() for finding in findings_on(drawn)}
    assert written["load"] == {
        "rule": "load",
        "holds": False,
        "evidence": {"states_by_load": {"1": 3, "2": 9, "3": 1, "4": 1}},
    }
    assert written["exclusions"] == {"rule": "exclusions", "holds": True, "evidence": {"exclusions": 0}}


def test_where_some_teams_alone_are_judged_the_others_may_be_as_they_are() -> None:
    """As in a draw that builds on another: what stood before is judged by the draw that made it."""
    drawn = forged(two, switch(load="hard"), move("IND", "JPN", "GHA"), add("AUT", "CAN", "same_group", "tip"))
    assert breaches(replace(drawn, scope=frozenset({"IND"}))) == {"roles": ("GHA>IND",)}
    assert breaches(replace(drawn, scope=frozenset({"AUT"}))) == {
        "instruments_covered": ("AUT",),
        "reviewers_are_parties": ("CAN>AUT",),
        "extra_reviewers_fill_gaps": ("CAN>AUT",),
    }
    assert breaches(replace(drawn, scope=frozenset({"THA"}))) == {}


def test_a_mutual_review_of_a_team_that_stands_is_told_of_the_one_that_is_judged() -> None:
    drawn = forged(even, move("MAR", "JPN", "NPL"))
    for code in ("MAR", "NPL"):
        found = breaches(replace(drawn, scope=frozenset({code})))
        assert found["no_mutual_reviews"] == ("MAR>NPL",)
    assert "no_mutual_reviews" not in breaches(replace(drawn, scope=frozenset({"AUT"})))


def test_where_teams_stand_from_before_nobody_has_to_review_but_nobody_reviews_four() -> None:
    drawn = forged(soft, switch(load="hard"))
    assert breaches(drawn) == {"load": ("DNK", "DZA")}, "none, and four"
    later = replace(drawn, is_anew=False)
    assert breaches(later) == {"load": ("DZA",)}
    teams = frozenset({"IND"}), frozenset({"CAN"})
    assert [breaches(replace(later, scope=scope)) for scope in teams] == [{"load": ("DZA",)}, {}]
