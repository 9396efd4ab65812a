"""Draws that build on others: groups are kept, teams are kept, completed or drawn anew, and late parties are added."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st

from lots.algorithm import (
    ANEW,
    COMPLETED,
    FIRST,
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    ChainedDraw,
    DrawTerms,
    FinishedDraw,
    ImpossibleDrawError,
    Party,
    PartyTable,
    SwitchError,
    Switches,
    TableError,
    draw,
    draw_on,
    standing_after,
)
from lots.files import write_files
from lots.verifier import verify
from tests.lots.chains import (
    LATER,
    NEWCOMERS,
    before,
    drawn_team,
    files_of_2020,
    next_phase,
    parties_of_2026,
    supplementary,
)
from tests.lots.tables import AS_OF, full_table, parties_of_2020, party, small_tables, table

pytestmark = pytest.mark.unit
# --- The next phase


@pytest.mark.parametrize("teams", [COMPLETED, ANEW])
def test_groups_are_drawn_once_and_kept(teams: str) -> None:
    drawn = next_phase(teams)
    assert {code: drawn.groups[code] for code in before().groups} == before().groups
    assert {*drawn.groups} - {*before().groups} == {*NEWCOMERS}


def test_newcomers_join_the_smallest_groups() -> None:
    sizes = [[*before().groups.values()].count(number) for number in (1, 2, 3)]
    after = [[*next_phase(COMPLETED).groups.values()].count(number) for number in (1, 2, 3)]
    assert (sorted(sizes), after) == ([63, 63, 64], [64, 64, 65]) or max(after) - min(after) <= 1


def test_where_nothing_has_changed_every_team_is_kept() -> None:
    drawn = next_phase(KEPT, of=parties_of_2020())
    assert drawn.pairings == before().pairings


def test_teams_that_are_not_whole_any_more_cannot_just_be_kept() -> None:
    with pytest.raises(ImpossibleDrawError) as refusal:
        next_phase(KEPT)
    assert {*NEWCOMERS} < {*refusal.value.incomplete}, "nobody reviews those who are new"


def test_who_may_stay_stays_and_only_what_is_missing_is_drawn() -> None:
    drawn = next_phase(COMPLETED)
    whole = [code for code in before().groups if {*drawn_team(drawn, code)} == {*before().team(code)}]
    assert len(whole) > 170
    evidence = {finding.rule: finding.evidence for finding in drawn.findings}["teams_kept"]
    assert evidence == {"kept": 380, "drawn": len(drawn.pairings) - 380}
    pairs = {(each.reviewer, each.under_review) for each in drawn.pairings}
    assert {(each.reviewer, each.under_review) for each in before().pairings} <= pairs, "nobody has left"


def test_a_reviewer_who_has_left_is_replaced_and_the_other_one_stays() -> None:
    gone, stays = before().team("FRA")
    parties = tuple(each for each in parties_of_2026().parties if each.code != gone.reviewer)
    team = drawn_team(next_phase(COMPLETED, of=PartyTable(parties)), "FRA")
    assert (stays.reviewer in {each.reviewer for each in team}, len(team)) == (True, 2)


def test_who_is_excluded_meanwhile_does_not_stay() -> None:
    ends = before().team("FRA")[0]
    drawn = next_phase(COMPLETED, exclude=((ends.reviewer, "FRA"),))
    assert ends.reviewer not in {each.reviewer for each in drawn_team(drawn, "FRA")}


def test_teams_drawn_anew_have_bounds_as_in_a_first_draw() -> None:
    drawn = next_phase(ANEW)
    claim = drawn.certificate["extra_reviewers"]
    assert (claim["number"], claim["proved"]) == (0, True)
    assert {*drawn.pairings} != {*before().pairings}
    assert next_phase(COMPLETED).certificate["extra_reviewers"].keys() == {"number"}


def test_the_same_terms_and_seed_give_the_same_bytes_and_another_seed_others() -> None:
    assert next_phase(COMPLETED).files() == next_phase(COMPLETED).files()
    assert next_phase(COMPLETED).pairings != next_phase(COMPLETED, seed="t").pairings


# --- Supplementary draws


def test_a_supplementary_draw_publishes_its_additions_alone() -> None:
    drawn = supplementary(late=NEWCOMERS)
    assert {*drawn.own_groups} == {*NEWCOMERS}
    assert {each.under_review for each in drawn.own_pairings} == {*NEWCOMERS}
    assert {*before().pairings} < {*drawn.pairings}, "what stood stands"


def test_who_is_replaced_goes_and_the_rest_of_the_team_stays() -> None:
    ends, stays = before().team("FRA")
    drawn = supplementary(replaced=((ends.reviewer, "FRA"),))
    reviewers = {each.reviewer for each in drawn.own_pairings}
    assert (ends.reviewer in reviewers, stays.reviewer in reviewers, len(reviewers)) == (False, True, 2)


def test_a_redraw_avoids_those_who_reviewed_before() -> None:
    drawn = supplementary(redraw=("AUT",))
    former = {each.reviewer for each in before().team("AUT")}
    assert not former & {each.reviewer for each in drawn.own_pairings}


def test_a_chain_goes_on_from_what_all_draws_before_have_left() -> None:
    added = supplementary(late=NEWCOMERS)
    results = [files_of_2020()["result.json"], added.files()["result.json"]]
    standing = standing_after(results)
    assert (standing.groups, standing.pairings) == (added.groups, added.pairings)
    drawn = draw_on(
        parties_of_2026(),
        Switches(),
        DrawTerms(NEXT_PHASE, standing.hashes, COMPLETED),
        standing,
        as_of=LATER,
        seed="s",
    )
    assert {*added.own_pairings} <= {*drawn.pairings}, "newcomers keep their teams as well"


# --- What does not fit together is refused in words


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({"kind": "second"}, "kind"),
        ({"kind": NEXT_PHASE}, "previous"),
        ({"kind": FIRST, "previous": ("a",)}, "previous"),
        ({"kind": SUPPLEMENTARY, "previous": ("a",), "teams": COMPLETED}, "teams"),
        ({"kind": FIRST, "teams": KEPT}, "teams"),
        ({"kind": NEXT_PHASE, "previous": ("a",), "replace": (("FRA", "DEU"),)}, "replace"),
        ({"roles": ()}, "roles"),
        ({"roles": ("other_group", "same_group")}, "roles"),
        ({"instruments": ("a", "a")}, "instruments"),
    ],
)
def test_terms_that_contradict_themselves(terms: dict[str, Any], key: str) -> None:
    with pytest.raises(SwitchError) as refusal:
        DrawTerms(**terms)
    assert refusal.value.key == key


@pytest.mark.parametrize(
    ("switches", "replaced", "error", "words"),
    [
        ({}, (), SwitchError, "for whom it is"),
        ({"late": ("FRA",)}, (), SwitchError, "has been drawn before"),
        ({"redraw": ("FRA",)}, (("GAB", "FRA"),), SwitchError, "in two ways"),
        ({"redraw": ("AUT",)}, (("AUT", "FRA"),), SwitchError, "AUT does not review FRA"),
        ({"late": ("BTN",), "volunteer": ("AUT",)}, (), SwitchError, "nobody volunteers"),
    ],
)
def test_a_supplementary_draw_that_does_not_fit(
    switches: dict[str, Any], replaced: tuple[tuple[str, str], ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        supplementary(replaced=replaced, **switches)


def test_the_draws_before_are_those_that_the_terms_name() -> None:
    with pytest.raises(SwitchError, match="not those that the terms name"):
        draw_on(
            parties_of_2026(), Switches(), DrawTerms(NEXT_PHASE, ("0" * 64,), ANEW), before(), as_of=LATER, seed="s"
        )


def test_who_is_neither_drawn_before_nor_late_is_named() -> None:
    terms = DrawTerms(SUPPLEMENTARY, before().hashes, KEPT)
    with pytest.raises(TableError, match="SOM, SSD is neither"):
        draw_on(parties_of_2026(), Switches(late=("BTN",)), terms, before(), as_of=LATER, seed="s")


# --- Whatever has happened in between


@st.composite
def afterwards(choose: st.DrawFn) -> tuple[PartyTable, PartyTable]:
    """A small table, and the same some years later: some have left, joined something, moved or are new."""
    first = choose(small_tables())
    later: list[Party] = []
    for each in first.parties:
        change = choose(st.sampled_from(["", "", "", "", "joins", "moves", "leaves"]))
        joined = first.instruments if change == "joins" else each.instruments
        region = {"North": "South", "South": "North"}[each.regional_group] if change == "moves" else each.regional_group
        later += [] if change == "leaves" else [replace(each, instruments=joined, regional_group=region)]
    new = choose(st.lists(NEW, max_size=2, unique_by=lambda it: it[0]))
    later += [party(f"Z{sign}A", region) for sign, region in new]
    return first, table(*later)


def assert_verified(folder: Path, *draws: FinishedDraw | ChainedDraw) -> None:
    for number, drawn in enumerate(draws):
        write_files(drawn.files(), folder / str(number))
    assert verify.main([str(folder / str(number)) for number in range(len(draws))]) == 0


NEW = st.tuples(st.sampled_from("ABC"), st.sampled_from(["North", "South"]))


@settings(max_examples=80, deadline=None)
@given(afterwards(), st.sampled_from([COMPLETED, ANEW]), st.text("ab", max_size=3))
def test_what_comes_out_passes_the_verifier(
    tmp_path_factory: pytest.TempPathFactory, tables: tuple[PartyTable, PartyTable], teams: str, seed: str
) -> None:
    """Which shares no line with the program that draws."""
    first, later = tables
    assume(later.parties)
    try:
        one = draw(first, Switches(), as_of=AS_OF, seed=seed)
        standing = standing_after([one.files()["result.json"]])
        two = draw_on(
            later, Switches(), DrawTerms(NEXT_PHASE, standing.hashes, teams), standing, as_of=LATER, seed=seed
        )
    except ImpossibleDrawError:
        return
    assert_verified(tmp_path_factory.mktemp("chain"), one, two)


@settings(max_examples=40, deadline=None)
@given(small_tables(), st.sampled_from(["NAA", "SAB"]), st.text("ab", max_size=3))
def test_a_redraw_and_a_newcomer_pass_the_verifier(
    tmp_path_factory: pytest.TempPathFactory, first: PartyTable, code: str, seed: str
) -> None:
    later = table(*first.parties, party("ZZZ", "North"))
    switches = Switches(late=("ZZZ",), redraw=(code,))
    try:
        one = draw(first, Switches(), as_of=AS_OF, seed=seed)
        standing = standing_after([one.files()["result.json"]])
        two = draw_on(
            later, switches, DrawTerms(SUPPLEMENTARY, standing.hashes, KEPT), standing, as_of=LATER, seed=seed
        )
    except ImpossibleDrawError:
        return
    assert_verified(tmp_path_factory.mktemp("chain"), one, two)


# --- Other instruments and one role


def test_instruments_and_roles_are_those_that_the_terms_name(tmp_path: Path) -> None:
    joined = ("charter", "annex")
    parties = tuple(replace(each, instruments=joined) for each in full_table(4, 4).parties)
    of = PartyTable(parties, joined)
    terms = DrawTerms(instruments=joined, roles=("other_group",))
    drawn = draw_on(of, Switches(), terms, standing_after([]), as_of=LATER, seed="s")
    assert {(each.role, each.instruments) for each in drawn.pairings} == {("other_group", joined)}
    assert len(drawn.pairings) == 8
    assert_verified(tmp_path, drawn)
