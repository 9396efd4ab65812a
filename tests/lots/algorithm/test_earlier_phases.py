"""Supplementary draws of a phase after a later one was drawn: the chain stays a line, and each phase has its teams."""

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from lots.algorithm import (
    ANEW,
    COMPLETED,
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    DrawTerms,
    ImpossibleDrawError,
    PartyTable,
    SwitchError,
    standing_after,
)
from lots.algorithm.canonical import sha256
from tests.lots.programmes import LATE, NEW, Programme, two_phases
from tests.lots.tables import small_tables

pytestmark = pytest.mark.unit


def test_who_joins_after_the_second_phase_was_drawn_is_drawn_for_the_first(tmp_path: Path) -> None:
    programme = two_phases()
    before = programme.teams_of(0), programme.teams_of(1)
    added = programme.added_to(0, late=(LATE,))
    assert ({*added.own_groups}, {each.under_review for each in added.own_pairings}) == ({LATE}, {LATE})
    first, second = programme.teams_of(0), programme.teams_of(1)
    assert (first.pop(LATE) != set(), first, second) == (True, *before), "nothing else has changed"
    programme.assert_verified(tmp_path)


def test_it_says_so_in_all_its_files_and_builds_on_all_of_the_chain() -> None:
    programme = two_phases()
    hashes = [sha256(each) for each in programme.results]
    added = programme.added_to(0, late=(LATE,))
    assert added.terms.previous == tuple(hashes)
    for name in ("draw.json", "result.json", "certificate.json"):
        said = added.files()[name].decode()
        assert '"format": 3,' in said
        assert f'"supplements": "{hashes[0]}"' in said


def test_who_has_a_group_by_a_later_phase_keeps_it_in_the_earlier_one(tmp_path: Path) -> None:
    programme = two_phases()
    group = programme.draws[-1].groups[NEW]
    assert programme.added_to(0, late=(NEW,)).own_groups == {NEW: group}
    programme.assert_verified(tmp_path)


def test_one_that_joined_late_is_drawn_for_each_phase_and_the_next_one_goes_on_from_there(tmp_path: Path) -> None:
    programme = two_phases()
    group = programme.added_to(0, late=(LATE,)).groups[LATE]
    second = programme.added_to(1, late=(LATE,))
    assert second.own_groups == {LATE: group}, "the groups are those of the programme"
    assert LATE not in {each.reviewer for each in second.own_pairings}
    third = programme.next_phase(KEPT)
    assert third.groups[LATE] == group
    assert {*third.pairings} == {*standing_after(programme.results[:-1]).pairings}, "those of the second phase"
    assert {*second.own_pairings} <= {*third.pairings}
    programme.assert_verified(tmp_path)


def test_the_next_phase_draws_for_who_was_late_in_an_earlier_one_alone(tmp_path: Path) -> None:
    programme = two_phases()
    group = programme.added_to(0, late=(LATE,)).groups[LATE]
    third = programme.next_phase(COMPLETED)
    assert third.groups[LATE] == group
    assert len({each.reviewer for each in third.pairings if each.under_review == LATE}) == 2
    assert max(third.loads.values()) <= 3
    programme.assert_verified(tmp_path)


def test_duties_are_counted_in_the_phase_that_is_added_to() -> None:
    programme = two_phases(ANEW)
    in_first = dict(standing_loads(programme, 0))
    added = programme.added_to(0, late=(LATE,))
    reviewers = {each.reviewer for each in added.own_pairings}
    assert {code: added.loads[code] for code in reviewers} == {code: in_first[code] + 1 for code in reviewers}
    assert max(added.loads.values()) <= 3


def standing_loads(programme: Programme, number: int) -> dict[str, int]:
    loads = dict.fromkeys((each.code for each in programme.parties.parties), 0)
    for team in programme.teams_of(number).values():
        for code in team:
            loads[code] += 1
    return loads


def test_a_team_of_an_earlier_phase_is_drawn_once_more_and_that_of_the_later_one_stays(tmp_path: Path) -> None:
    programme = two_phases(ANEW)
    code = sorted(programme.teams_of(0))[0]
    before = programme.teams_of(0)[code], programme.teams_of(1)
    programme.added_to(0, redraw=(code,))
    assert programme.teams_of(0)[code] != before[0]
    assert programme.teams_of(1) == before[1]
    programme.assert_verified(tmp_path)


def test_who_has_been_drawn_in_the_phase_is_not_late_in_it() -> None:
    programme = two_phases()
    with pytest.raises(SwitchError, match=f"{NEW} has been drawn before"):
        programme.added_to(1, late=(NEW,))


def test_a_supplementary_draw_begins_no_phase_to_which_another_could_add() -> None:
    programme = two_phases()
    programme.added_to(0, late=(LATE,))
    with pytest.raises(SwitchError, match="no phase begins with the draw"):
        programme.added_to(2, redraw=(LATE,))


@pytest.mark.parametrize("terms", [{"kind": NEXT_PHASE, "teams": ANEW}, {"previous": ("b",)}])
def test_only_a_supplementary_draw_names_one_and_only_one_before_it(terms: dict[str, str]) -> None:
    with pytest.raises(SwitchError, match="adds to one of the draws before"):
        DrawTerms(**{"kind": SUPPLEMENTARY, "previous": ("a",), "teams": KEPT, "supplements": "a", **terms})  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(
    small_tables(),
    st.sampled_from([COMPLETED, ANEW]),
    st.lists(st.tuples(st.sampled_from([0, 1]), st.sampled_from(["late", "new", "again"])), min_size=1, max_size=3),
    st.text("ab", max_size=3),
)
def test_whatever_is_added_to_which_phase_passes_the_verifier_and_leaves_the_others_alone(
    tmp_path_factory: pytest.TempPathFactory,
    first: PartyTable,
    teams: str,
    additions: list[tuple[int, str]],
    seed: str,
) -> None:
    """Which shares no line with the program that draws."""
    try:
        programme = two_phases(teams, first, seed)
        for number, what in additions:
            add(programme, number, what)
        programme.next_phase(COMPLETED)
    except ImpossibleDrawError:
        return
    programme.assert_verified(tmp_path_factory.mktemp("chain"))


def add(programme: Programme, number: int, what: str) -> None:
    """Somebody who is not drawn in the phase yet, or one of its teams once more."""
    drawn, other = programme.teams_of(number), programme.teams_of(1 - number)
    code = {"late": LATE, "new": NEW, "again": sorted(drawn)[0]}[what]
    if what != "again" and code in drawn:
        return
    groups = standing_after(programme.results).groups
    draws_so_far = len(programme.draws)
    added = programme.added_to(number, **{"redraw" if what == "again" else "late": (code,)})
    assert programme.teams_of(1 - number) == other
    assert {**groups, **added.own_groups}.items() >= groups.items(), "whoever has a group stays in it"
    assert {each: team for each, team in programme.teams_of(number).items() if each != code} == {
        each: team for each, team in drawn.items() if each != code
    }
    assert len(added.terms.previous) == draws_so_far
