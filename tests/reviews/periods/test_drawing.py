"""The chart of a programme: rows by phase and group, time from where the language begins, and what would move."""

import datetime as dt

import pytest
from django.utils import translation

from reviews.periods.drawing import NAMES, WIDTH, ProgrammeChart, chart_of
from reviews.periods.grid import CellKey, PeriodGrid, Span

pytestmark = pytest.mark.unit
TODAY = dt.date(2022, 7, 1)
ONE, TWO, EMPTY = CellKey(1, 1), CellKey(2, 1), CellKey(2, 2)
GRID: PeriodGrid = {
    ONE: Span(dt.date(2020, 1, 1), dt.date(2021, 12, 31)),
    TWO: Span(dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
}


def chart(**more: PeriodGrid) -> ProgrammeChart:
    drawn = chart_of([TWO, ONE, EMPTY], GRID, TODAY, **more)
    assert drawn is not None
    return drawn


def test_rows_stand_in_the_order_of_phases_and_groups() -> None:
    rows = chart().rows
    assert [row.key for row in rows] == [ONE, TWO, EMPTY]
    assert [row.begins_phase for row in rows] == [True, True, False]
    assert [len(row.bars) for row in rows] == [1, 1, 0]
    assert [row.bars[0].is_past for row in rows[:2]] == [True, False]


def test_bars_fill_the_years_behind_the_names() -> None:
    (one,), (two,), _none = (row.bars for row in chart().rows)
    assert (one.x, round(two.x + two.width)) == (NAMES, WIDTH)
    assert one.x + one.width == pytest.approx(two.x, abs=0.2)
    assert two.x < (chart().today_x or 0) < two.x + two.width


def test_in_arabic_it_is_mirrored() -> None:
    before = chart()
    with translation.override("ar"):
        after = chart()
    assert before.axis.names_x + after.axis.names_x == WIDTH
    for row, mirrored in zip(before.rows, after.rows, strict=True):
        for bar, image in zip(row.bars, mirrored.bars, strict=True):
            assert bar.x + image.x + image.width == pytest.approx(WIDTH, abs=0.2)
    assert (before.today_x or 0) + (after.today_x or 0) == pytest.approx(WIDTH, abs=0.2)


def test_what_would_move_is_drawn_twice() -> None:
    drawn = chart(before={ONE: GRID[ONE], TWO: Span(dt.date(2023, 1, 1), dt.date(2024, 12, 31))})
    assert [[bar.is_before for bar in row.bars] for row in drawn.rows] == [[False], [True, False], []]
    assert drawn.rows[1].bars[0].title == "Now: 1 Jan 2023 to 31 Dec 2024"


def test_many_years_have_few_labels() -> None:
    far = {ONE: Span(dt.date(2000, 1, 1), dt.date(2100, 12, 31))}
    drawn = chart_of([ONE], far, TODAY)
    assert drawn is not None
    assert len(drawn.years) <= 14
    assert chart_of([ONE], {ONE: Span(dt.date(2030, 1, 1), dt.date(2030, 1, 1))}, TODAY).today_x is None  # type: ignore[union-attr]


def test_a_programme_without_dates_has_no_chart() -> None:
    assert chart_of([ONE], {}, TODAY) is None
