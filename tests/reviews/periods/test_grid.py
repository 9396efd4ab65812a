"""The grid of a programme: shifts keep distances and overlap nothing, what overlaps is found, a word carries it."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, strategies as st

from core.time.deadlines import add
from reviews.periods.grid import (
    CellKey,
    PairOfPhases,
    PeriodGrid,
    Span,
    changes_between,
    grid_from,
    out_of_order_in,
    overlaps_in,
    rebased,
    shifted,
    token_of,
)

pytestmark = pytest.mark.unit
DAY = dt.timedelta(days=1)
TWO_YEARS = {
    CellKey(phase, group): Span(dt.date(2018 + 2 * phase + group, 11, 1), dt.date(2020 + 2 * phase + group, 10, 31))
    for phase in (1, 2, 3, 4)
    for group in (1, 2, 3)
}


@st.composite
def programmes(draw: st.DrawFn) -> PeriodGrid:
    """Phases of each group one after the other, with gaps and holes, on any day of the month."""
    grid = {}
    for group in range(1, draw(st.integers(1, 3)) + 1):
        day = draw(st.dates(dt.date(2001, 1, 1), dt.date(2040, 12, 31)))
        for phase in range(1, 5):
            first = day + draw(st.integers(0, 400)) * DAY
            last = first + draw(st.integers(0, 1000)) * DAY
            if draw(st.booleans()) or (phase, group) == (1, 1):
                grid[CellKey(phase, group)] = Span(first, last)
            day = last + DAY
    return grid


FIRST_DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2060, 12, 31))


@given(programmes(), FIRST_DAYS, st.integers(1, 4))
@example(TWO_YEARS, dt.date(2027, 11, 1), 1)
@example({CellKey(1, 1): Span(dt.date(2021, 1, 31), dt.date(2021, 1, 31))}, dt.date(2021, 3, 31), 1)
def test_all_that_moves_keeps_its_distance(grid: PeriodGrid, first_day: dt.date, phase: int) -> None:
    assume(any(key.phase == phase for key in grid))
    leader = min(key for key in grid if key.phase == phase)
    moved = shifted(grid, phase, first_day, and_later=True)
    assert moved[leader].first == first_day
    assert moved.keys() == grid.keys()
    assert {key: span for key, span in moved.items() if key.phase < phase} == {
        key: span for key, span in grid.items() if key.phase < phase
    }
    edges = [
        (before, after)
        for key in grid
        if key.phase >= phase
        for before, after in [(grid[key].first, moved[key].first), (grid[key].end, moved[key].end)]
    ]
    by_days = {(after - before).days for before, after in edges}
    begins = grid[leader].first
    months = (first_day.year - begins.year) * 12 + first_day.month - begins.month - (first_day.day < begins.day)
    left = first_day - add(begins, months, "months")
    assert len(by_days) == 1 or all(add(before, months, "months") + left == after for before, after in edges)


@given(programmes(), FIRST_DAYS, st.integers(1, 4))
def test_a_shift_of_a_phase_and_all_after_it_to_a_later_day_never_makes_an_overlap(
    grid: PeriodGrid, first_day: dt.date, phase: int
) -> None:
    assume(any(key.phase == phase for key in grid))
    leader = min(key for key in grid if key.phase == phase)
    assume(first_day >= grid[leader].first or phase == 1)
    assert overlaps_in(shifted(grid, phase, first_day, and_later=True)) == []


@given(programmes(), FIRST_DAYS, st.integers(1, 4))
def test_a_shift_of_one_phase_leaves_the_others_and_says_what_overlaps(
    grid: PeriodGrid, first_day: dt.date, phase: int
) -> None:
    assume(any(key.phase == phase for key in grid))
    moved = shifted(grid, phase, first_day, and_later=False)
    assert all(change.key.phase == phase for change in changes_between(grid, moved))
    for pair in overlaps_in(moved):
        assert phase in {pair.earlier.phase, pair.later.phase}


def test_months_stay_whole_where_the_day_of_the_month_does() -> None:
    moved = shifted(TWO_YEARS, 1, dt.date(2027, 11, 1), and_later=True)
    assert moved[CellKey(1, 1)] == Span(dt.date(2027, 11, 1), dt.date(2029, 10, 31))
    for group in (1, 2, 3):
        row = [moved[CellKey(phase, group)] for phase in (1, 2, 3, 4)]
        assert all(one.end == other.first for one, other in pairwise(row)), "no gap where there was none"
        assert {span.first.day for span in row} == {1}


def test_another_day_of_the_month_is_the_same_for_all_groups_and_phases() -> None:
    moved = shifted(TWO_YEARS, 1, dt.date(2028, 12, 15), and_later=True)
    assert {span.first.day for span in moved.values()} == {15}
    assert {span.last.day for span in moved.values()} == {14}
    assert moved[CellKey(1, 2)].first == dt.date(2029, 12, 15)
    assert moved[CellKey(2, 1)] == Span(dt.date(2030, 12, 15), dt.date(2032, 12, 14))


def test_a_phase_without_dates_is_not_shifted() -> None:
    with pytest.raises(ValueError, match="phase 9"):
        shifted(TWO_YEARS, 9, dt.date(2027, 1, 1), and_later=True)


@given(programmes())
def test_a_word_carries_a_programme(grid: PeriodGrid) -> None:
    assert grid_from(token_of(grid)) == grid


@pytest.mark.parametrize("word", ["", "nonsense", "1-1:2020-13-01/2022-01-01", "1-1:2020-01-01", "1-1:2020-01-01/x 2-"])
def test_what_no_page_has_written_holds_nothing(word: str) -> None:
    assert grid_from(word) == {}


def test_overlaps_are_of_one_group_and_in_the_order_of_time() -> None:
    one, two = CellKey(1, 1), CellKey(2, 1)
    touching = {
        one: Span(dt.date(2020, 1, 1), dt.date(2020, 6, 30)),
        two: Span(dt.date(2020, 7, 1), dt.date(2021, 1, 1)),
    }
    assert overlaps_in(touching) == []
    shared = {**touching, two: Span(dt.date(2020, 6, 30), dt.date(2021, 1, 1))}
    assert overlaps_in(shared) == [PairOfPhases(one, two)]
    assert overlaps_in({one: shared[one], CellKey(2, 2): shared[two]}) == [], "of two groups"
    swapped = {one: touching[two], two: touching[one]}
    assert (overlaps_in(swapped), out_of_order_in(swapped)) == ([], [PairOfPhases(one, two)])


@given(programmes(), programmes(), programmes())
def test_what_a_writer_left_alone_follows_the_colleague(shown: PeriodGrid, now: PeriodGrid, wanted: PeriodGrid) -> None:
    merged = rebased(shown, now, wanted)
    assert rebased(shown, now, shown) == now
    assert rebased(shown, shown, wanted) == wanted
    for key in {*shown, *now, *wanted}:
        typed = wanted.get(key) != shown.get(key)
        assert merged.get(key) == (wanted if typed else now).get(key)
