"""What the general review is told is so on average, and nothing is told where nothing was observed."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from uuid import UUID

import pytest

from portal.general_review import selectors
from portal.general_review.blurring import blurred, least_of
from portal.general_review.report import tables_of
from portal.general_review.selectors import AgreedLists, AgreedRow, CountedTable, GeneralFigures, KnownList, figures_of
from portal.general_review.telling import Line, told_one_by_one, told_table

pytestmark = pytest.mark.unit
KEYS = [bytes([number % 256, number // 256]) * 16 for number in range(400)]
HEADINGS = {"gap_or_challenge": "Gaps", "best_practice": "Practices", "suggestion": "Suggestions"}
ARTICLES = range(5, 29)
TYPES = [f"type-{number}" for number in range(16)]


def report(key: bytes, states: int, seen: Sequence[tuple[str, int]]) -> GeneralFigures:
    """Of so many States, every second of which has these headings and articles, and no need of anything."""
    known = [KnownList(UUID(int=1000 + number), UUID(int=number), "untoc") for number in range(states)]
    rows = [AgreedRow(each, heading, (article,)) for each in known[::2] for heading, article in seen]
    lists = AgreedLists(rows, known, {each.state: "one" for each in known}, {"untoc": [*ARTICLES]}, {"untoc": TYPES})
    return figures_of(lists, HEADINGS, {"untoc": "Convention"}, 3, key)


def by_article(figures: GeneralFigures) -> CountedTable:
    return figures.by_article[0]


def blurred_sums(monkeypatch: pytest.MonkeyPatch, states: int, seen: Sequence[tuple[str, int]]) -> list[float]:
    """Of each heading the sum over all articles, rows put together included, before anything is left out; the mean."""
    sums: list[list[int]] = []

    def noted(lines: Sequence[Line], whole: int, least: int) -> object:
        if sum(line.draws for line in lines) == len(ARTICLES):
            sums.append([sum(column) for column in zip(*(line.values for line in lines), strict=True)])
        return told_table(lines, whole, least)

    monkeypatch.setattr(selectors, "told_table", noted)
    for key in KEYS:
        report(key, states, seen)
    assert len(sums) == len(KEYS)
    return [fmean(column) for column in zip(*sums, strict=True)]


def test_sums_are_so_on_average_and_that_of_nothing_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut at none, each cell of nothing would add two thirds: 16 to either of the last two."""
    gaps, practices, suggestions = blurred_sums(monkeypatch, 20, [("gap_or_challenge", 5), ("gap_or_challenge", 6)])
    assert gaps == pytest.approx(20, abs=2)
    assert (practices, suggestions) == (pytest.approx(0, abs=2), pytest.approx(0, abs=2))


def test_a_total_that_is_told_is_near_the_true_one() -> None:
    seen = [(heading, article) for heading in HEADINGS for article in ARTICLES]
    told = [by_article(report(key, 40, seen)).table.total for key in KEYS[:80]]
    totals = [total for total in told if total is not None]
    assert len(totals) > 70
    assert fmean(totals) == pytest.approx(20 * len(seen), abs=8)


def test_where_nothing_was_observed_next_to_nothing_is_told() -> None:
    """A number of nothing passes its minimum in one of twelve looks, and one of many together no more often."""
    others = rows = types = 0
    for key in KEYS:
        figures = report(key, 160, [("gap_or_challenge", 5)])
        together = by_article(figures).table.lines[-1]
        rows += sum(value is not None for value in together.values)
        others += sum(value is not None for value in by_article(figures).table.sums[1:])
        types += sum(value is not None for line in figures.by_type[0].table.lines for value in line.values)
    assert (rows / len(KEYS) < 3 / 12, others / len(KEYS) < 2 / 12, types / len(KEYS) < 3) == (True, True, True)


def test_a_row_put_together_is_told_from_a_larger_number_on() -> None:
    one, four = Line(("a",), (5, 5)), Line(("b", "c", "d", "e"), (5, 6))
    assert (least_of(3, 1), least_of(3, 4), least_of(3, 100)) == (3, 6, 30)
    told = told_one_by_one([one, four], 3)
    assert [line.values for line in told.lines] == [[5, 5], [None, 6]]


def test_types_that_all_stand_together_are_counted_and_not_named() -> None:
    named = {"untoc": {key: key.title() for key in TYPES}}
    figures = replace(report(KEYS[1], 160, []), by_region=None, types=named)
    (table,) = [each for each in tables_of(figures) if each.title.startswith("Technical")]
    assert table.rows[-1][0].endswith("types with little together")


def test_a_number_may_be_larger_than_that_of_the_lists_and_below_none() -> None:
    drawn = [blurred(0, key, "a cell") for key in KEYS]
    assert min(drawn) < 0 < max(drawn)
    assert fmean(drawn) == pytest.approx(0, abs=0.35)
