"""What a ceremony shows, and in which order."""

import pytest

from lots.ceremony.selectors import count_states, find_turn, fingerprint, groups_of, seed_so_far, turns_of
from lots.draws.enums import DrawStatus
from tests.lots.drawn import drawn_of_sizes, states_of_2020, with_extra_reviewers
from tests.lots.making import PUBLIC_VALUE, Officers, commit, make_draw, reveal


@pytest.mark.unit
def test_groups_are_revealed_before_reviewers_state_after_state() -> None:
    turns = turns_of(drawn_of_sizes(6, 7, 5))
    assert [turn.group_step for turn in turns] == [*range(1, 19)]
    assert [turn.reviewers_step for turn in turns] == [*range(19, 37)]
    assert [turn.drawn.group_number for turn in turns] == [1] * 6 + [2] * 6 + [3] * 6


@pytest.mark.unit
def test_a_duty_is_revealed_with_the_state_that_is_reviewed() -> None:
    turns = turns_of(drawn_of_sizes(6, 7, 5))
    steps = {turn.drawn.state.iso3: turn.reviewers_step for turn in turns}
    for turn in turns:
        assert {link.step for link in turn.reviewers} == {turn.reviewers_step}
        assert [link.step for link in turn.duties] == [steps[link.drawn.state.iso3] for link in turn.duties]


@pytest.mark.unit
def test_it_is_told_where_a_state_reviews_some_instruments_only() -> None:
    turns = turns_of(with_extra_reviewers())
    links = [(turn, link) for turn in turns for link in turn.reviewers]
    assert any(link.drawn.is_extra for _turn, link in links)
    for turn, link in links:
        assert link.is_partial == (set(link.drawn.instruments) != set(turn.drawn.instruments))


@pytest.mark.unit
def test_instruments_that_a_state_has_not_joined_are_named() -> None:
    lacks = {turn.drawn.state.iso3: [each.slug for each in turn.lacks] for turn in turns_of(with_extra_reviewers())}
    assert (lacks["NAA"], lacks["NAB"], lacks["NAD"]) == ([], ["som"], ["tip"])


@pytest.mark.unit
def test_reviewers_are_told_apart_by_basis() -> None:
    for turn in turns_of(drawn_of_sizes(6, 7, 5)):
        same, other = turn.by_basis
        assert [link.tone for link in same] == [turn.tone]
        assert turn.tone not in {link.tone for link in other}


@pytest.mark.unit
def test_turns_are_grouped() -> None:
    groups = groups_of(turns_of(drawn_of_sizes(6, 7, 5)))
    assert [(group.number, len(group.turns)) for group in groups] == [(1, 6), (2, 6), (3, 6)]


@pytest.mark.unit
@pytest.mark.parametrize("asked", ["State AAB", " state aab ", "AAB", "aab"])
def test_a_state_is_found_by_name_or_code(asked: str) -> None:
    found = find_turn(turns_of(drawn_of_sizes(6, 7, 5)), asked)
    assert found is not None
    assert found.drawn.state.iso3 == "AAB"


@pytest.mark.unit
@pytest.mark.parametrize("asked", ["", "  ", "State", "State A", "Atlantis"])
def test_no_state_is_found_by_what_many_or_none_begin_with(asked: str) -> None:
    assert find_turn(turns_of(drawn_of_sizes(6, 7, 5)), asked) is None


@pytest.mark.unit
def test_a_beginning_that_only_one_has_is_enough() -> None:
    found = find_turn(turns_of(states_of_2020()), "fra")
    assert found is not None
    assert found.drawn.state.iso3 == "FRA"
    assert find_turn(turns_of(states_of_2020()), "gu") is None


@pytest.mark.django_db
def test_the_seed_comes_in_part_by_part() -> None:
    officers = Officers()
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers, public_values=(PUBLIC_VALUE,))
    seed = seed_so_far(draw)
    assert (seed.delegates, seed.committed, seed.revealed, len(seed.sources)) == (5, 0, 0, 6)
    assert [source.tone for source in seed.sources] == [1, 2, 3, 4, 5, 0]
    assert [source.is_public_value for source in seed.sources] == [False] * 5 + [True]
    before = fingerprint(draw, seed)
    parts = list(draw.seed_parts.order_by("order"))
    for part in parts[:-1]:
        commit(part, officers.keeper)
    seed = seed_so_far(draw)
    assert seed.have_all_committed
    assert fingerprint(draw, seed) != before
    reveal(draw.seed_parts.get(source=parts[0].source), officers.keeper)
    assert seed_so_far(draw).revealed == 1


@pytest.mark.django_db
def test_states_of_the_input_are_counted() -> None:
    assert count_states(make_draw(DrawStatus.PREPARED)) == 25
