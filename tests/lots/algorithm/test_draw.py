"""The draw on the 190 parties: right for every switch, the same bytes everywhere, proved the best."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from lots.algorithm import (
    FinishedDraw,
    ImpossibleDrawError,
    PartyTable,
    Switches,
    TableError,
    commitment_of,
    draw,
    table_of,
)
from lots.algorithm.generator import Chance
from lots.algorithm.problem import problem_of
from lots.algorithm.solve import Solution, solve
from lots.files.replay import archive_bytes
from tests.lots.tables import AS_OF, full_table, parties_of_2020, party, table

pytestmark = pytest.mark.unit

# Found in 2020's table for any seed; what is not zero is the proved minimum.
SWITCHES = {
    (): (0, 786),
    ("load=soft",): (0, 786),
    ("load=two",): (18, 850),
    ("stratify=off",): (0, 786),
    ("legal_system=on",): (0, 790),
    ("exclude=FRA>DEU", "exclude=DEU>FRA", "volunteer=CHE", "consent=GNB"): (0, 786),
}


def drawn(*switches: str, seed: str = "a seed") -> FinishedDraw:
    return draw(parties_of_2020(*switches), Switches.parse(switches), as_of=AS_OF, seed=seed)


def reviewers_of(result: FinishedDraw, code: str) -> dict[str, str]:
    return {each.reviewer: each.role for each in result.pairings if each.under_review == code}


@pytest.mark.parametrize("switches", SWITCHES)
@pytest.mark.parametrize("seed", ["", "5.12/7/مرحبا", "b" * 500])
def test_every_rule_holds_and_the_draw_is_as_good_as_it_can_be(switches: tuple[str, ...], seed: str) -> None:
    result = drawn(*switches, seed=seed)
    assert [finding.rule for finding in result.findings if not finding.holds] == []
    extras, squares = SWITCHES[switches]
    load = result.certificate["load"]
    assert (result.extras, load["sum_of_squares"]) == (extras, squares)
    assert result.certificate["extra_reviewers"]["proved"] is True
    # Like legal systems come before even loads, so that loads are a little less even than they could be.
    assert load["proved"] is (switches != ("legal_system=on",))


@pytest.mark.parametrize("switches", [("defer=on",), ("defer=FRA,USA,CHN",)])
def test_who_defers_reviews_nobody_in_the_year_of_its_own_review(switches: tuple[str, ...]) -> None:
    result = drawn(*switches)
    in_own_year = [
        each.reviewer
        for each in result.pairings
        if Switches.parse(switches).defers(each.reviewer)
        and result.groups[each.reviewer] == result.groups[each.under_review]
    ]
    assert in_own_year == []
    assert result.extras == 0


def test_a_like_legal_system_is_preferred() -> None:
    def unlike(result: FinishedDraw) -> int:
        systems = {each.code: each.legal_system for each in parties_of_2020("legal_system=on").parties}
        pairs = [(each.under_review, each.reviewer) for each in result.pairings if each.role == "same_group"]
        return sum(systems[one] != systems[other] for one, other in pairs)

    assert unlike(drawn("legal_system=on")) < unlike(drawn()) / 3


def test_a_redraw_changes_the_reviewers_of_one_state_alone() -> None:
    results = [drawn(), drawn("redraw=ALB"), drawn("redraw=ALB", "redraw=ALB")]
    others = [[each for each in result.pairings if each.under_review != "ALB"] for result in results]
    assert others[0] == others[1] == others[2]
    assert results[0].groups == results[1].groups == results[2].groups
    teams = [reviewers_of(result, "ALB") for result in results]
    assert {frozenset(team.values()) for team in teams} == {frozenset({"same_group", "other_group"})}
    assert set(teams[0]) & set(teams[1]) == set(teams[1]) & set(teams[2]) == set()


def test_a_redraw_can_have_a_seed_of_its_own() -> None:
    seeds = ["a seed", "a seed\nanother", "a seed\na third"]
    results = [drawn("redraw=ALB", seed=seed) for seed in seeds]
    assert results[0].groups == results[1].groups == results[2].groups
    assert len({frozenset(reviewers_of(result, "ALB")) for result in results}) > 1


def test_a_late_party_gets_reviewers_and_everything_else_stays() -> None:
    before, after = drawn(), drawn("late=BTN", "consent=BTN", "exclude=IND>BTN")
    assert [each for each in after.pairings if each.under_review != "BTN"] == list(before.pairings)
    assert {code: number for code, number in after.groups.items() if code != "BTN"} == before.groups
    assert sorted(reviewers_of(after, "BTN").values()) == ["other_group", "same_group"]
    assert after.loads["BTN"] == 0
    assert [finding.rule for finding in after.findings if not finding.holds] == []


def test_a_late_party_that_nobody_is_left_for_is_named() -> None:
    small = table(*full_table(3, 3).parties, party("LAT", "Group 0"))
    with pytest.raises(ImpossibleDrawError) as refusal:
        draw(
            small,
            Switches(late=("LAT",), exclude=(("AAA", "LAT"), ("AAB", "LAT"), ("AAC", "LAT"))),
            as_of=AS_OF,
            seed="",
        )
    assert refusal.value.late_or_redrawn == "LAT"


def test_the_same_input_and_seed_give_the_same_bytes() -> None:
    assert drawn().files() == drawn().files()


def test_another_seed_or_another_input_gives_another_draw() -> None:
    other_input = draw(table_of(parties_of_2020().parties[1:], Switches()), Switches(), as_of=AS_OF, seed="a seed")
    groups = {tuple(result.groups.values())[-50:] for result in (drawn(), drawn(seed="b seed"), other_input)}
    assert len(groups) == 3


def test_the_commitment_fixes_day_switches_and_input() -> None:
    parties = parties_of_2020()
    commitments = {
        commitment_of(parties, Switches(), AS_OF),
        commitment_of(parties, Switches(), "2020-10-13"),
        commitment_of(parties, Switches(load="soft"), AS_OF),
        commitment_of(table_of(parties.parties[1:], Switches()), Switches(), AS_OF),
    }
    assert len(commitments) == 4


@pytest.mark.parametrize("interpreter", [sys.executable, "/usr/bin/python3"])
def test_every_python_gives_the_same_bytes(interpreter: str, tmp_path: Path) -> None:
    """The published program runs without any package of ours, and in an environment of its own."""
    if not Path(interpreter).exists():
        pytest.skip("there is one Python alone on this machine")
    (tmp_path / "replay.pyz").write_bytes(archive_bytes())
    for name, content in drawn().files().items():
        (tmp_path / name).write_bytes(content)
    for hash_seed in ("0", "1"):
        done = subprocess.run(
            [interpreter, "-S", str(tmp_path / "replay.pyz"), str(tmp_path)],
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": hash_seed},
            check=False,
        )
        assert (done.returncode, done.stdout.count("the same bytes"), done.stderr) == (0, 4, "")


def test_names_make_no_difference() -> None:
    """The solver is given States in an order that chance has made, and sees nothing of them but their class."""
    codes = [each.code for each in parties_of_2020().parties]
    order = Chance(b"key", "order").shuffle(codes)
    renamed = dict(zip(codes, Chance(b"key", "names").shuffle(codes), strict=True))
    again = PartyTable(
        tuple(
            sorted(
                (
                    party(renamed[each.code], each.regional_group, " ".join(each.instruments))
                    for each in parties_of_2020().parties
                ),
                key=lambda each: each.code,
            )
        )
    )
    solutions = [
        solve(problem_of(parties, Switches(), {}, names), Chance(b"key", "reviewers"))
        for parties, names in ((parties_of_2020(), order), (again, [renamed[code] for code in order]))
    ]
    assert isinstance(solutions[0], Solution)
    assert isinstance(solutions[1], Solution)
    assert solutions[0].base == solutions[1].base


@settings(max_examples=10)
@given(st.lists(st.integers(3, 20), min_size=2, max_size=5).filter(lambda each: 2 * max(each) <= sum(each)))
def test_where_all_have_joined_everything_loads_are_even(sizes: list[int]) -> None:
    result = draw(full_table(*sizes), Switches(), as_of=AS_OF, seed="")
    assert (result.extras, set(result.loads.values())) == (0, {2})


def test_a_table_without_parties_is_refused() -> None:
    with pytest.raises(TableError, match="no State"):
        table_of([], Switches())
