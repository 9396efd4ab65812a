"""The result, State by State."""

import pytest
from django.utils import translation

from accounts.states.selectors import name_order
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.results.selectors import drawn_states, entries_of
from tests.lots.making import LAUNCH_SESSION, make_draw, taken_to
from tests.query_counts import assert_query_count

pytestmark = pytest.mark.django_db


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_each_state_stands_with_its_reviewers_and_its_duties(draw: Draw) -> None:
    rows = {
        (row.under_review.state_party, row.reviewer.state_party, row.basis, row.is_extra, tuple(row.instruments))
        for row in draw.pairings.select_related("under_review__state_party", "reviewer__state_party")
    }
    states = drawn_states(draw)

    def slugs(instruments: tuple) -> tuple[str, ...]:
        return tuple(instrument.slug for instrument in instruments)

    assert {
        (drawn.state, each.state, each.basis.value, each.is_extra, slugs(each.instruments))
        for drawn in states
        for each in drawn.reviewers
    } == rows
    assert {
        (each.state, drawn.state, each.basis.value, each.is_extra, slugs(each.instruments))
        for drawn in states
        for each in drawn.duties
    } == rows
    for drawn in states:
        assert drawn.entry.state_party == drawn.state
        assert drawn.regional_group == drawn.state.regional_group
        assert slugs(drawn.instruments) == tuple(drawn.entry.instruments)
        assert [each.basis for each in drawn.reviewers[:1]] == ["same_group"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_by_group_then_by_name_in_the_reader_s_language(language: str, draw: Draw) -> None:
    with translation.override(language):
        states = drawn_states(draw)
        keys = [(drawn.group_number, name_order(drawn.state)) for drawn in states]
        assert keys == sorted(keys)
        duties = [[name_order(each.state) for each in drawn.duties] for drawn in states]
        assert duties == [sorted(each) for each in duties]
    assert [drawn.group_number for drawn in states] == sorted(drawn.group_number for drawn in states)


def test_the_group_is_the_one_that_a_state_was_drawn_with() -> None:
    draw = make_draw(DrawStatus.DRAWN, is_training=False, as_of=LAUNCH_SESSION)
    union = next(drawn for drawn in drawn_states(draw) if drawn.state.iso3 == "EUE")
    assert (union.state.regional_group, union.regional_group.slug) == (None, "western-european-other")


@pytest.mark.parametrize("is_training", [True, False], ids=["25 States", "190 States"])
def test_the_number_of_queries_does_not_grow(is_training: bool) -> None:
    draw = make_draw(DrawStatus.DRAWN, is_training=is_training, as_of=LAUNCH_SESSION)
    with assert_query_count("lots: drawn states"):
        for drawn in drawn_states(draw):
            [str(each.state) + str(each.regional_group) for each in [*drawn.reviewers, *drawn.duties]]
            str(drawn.regional_group)


def test_nothing_was_drawn_before_the_draw_was_run() -> None:
    draw = make_draw(DrawStatus.SEEDED)
    assert drawn_states(draw) == []
    names = [entry.state_party.name for entry in entries_of(draw)]
    assert (len(names), names[:3]) == (25, ["Aldermark", "Amarunda", "Antarosa"])
