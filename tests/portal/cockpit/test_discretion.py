"""Figures about few reviews: what is told, and that nothing else can be worked out from it."""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, given, settings, strategies as st

from portal.cockpit.discretion import (
    FEW,
    LEAST_GROUP,
    SEVERAL,
    GroupProgress,
    ToldProgress,
    is_small,
    put_together,
    told,
    told_rising,
)

pytestmark = pytest.mark.unit


def group(phase: int, number: int, later: int, at_steps: Sequence[int], finished: int, **others: int) -> GroupProgress:
    total = later + sum(at_steps) + finished
    return GroupProgress(
        phase, number, total, later, at_steps, others.get("late", 0), finished, others.get("on_time", 0)
    )


@st.composite
def groups(draw: st.DrawFn, most: int = 9) -> GroupProgress:
    at_steps = draw(st.lists(st.integers(0, most), min_size=3, max_size=3))
    finished = draw(st.integers(0, most))
    late, on_time = draw(st.integers(0, sum(at_steps))), draw(st.integers(0, finished))
    return group(1, 1, draw(st.integers(0, 3)), at_steps, finished, late=late, on_time=on_time)


def test_a_group_of_one_stands_with_others_of_its_phase() -> None:
    rows = put_together([group(1, 1, 1, [0], 0), group(1, 2, 4, [0], 0), group(1, 3, 0, [6], 0)])
    assert [(each.phase, each.group, each.total) for each in rows] == [(1, 3, 6), (1, FEW, 5)]


def test_what_is_too_few_in_its_phase_stands_with_that_of_others_and_takes_in_the_smallest() -> None:
    one, other = group(1, 1, 0, [1], 0), group(2, 1, 0, [4], 0)
    rows = put_together([one, group(1, 2, 0, [9], 0), other, group(2, 2, 0, [7], 0)])
    assert [(each.phase, each.group, each.total) for each in rows] == [(1, 2, 9), (2, 2, 7), (SEVERAL, FEW, 5)]
    rows = put_together([one, group(1, 2, 0, [9], 0), group(2, 2, 0, [7], 0)])
    assert [(each.phase, each.group, each.total) for each in rows] == [(1, 2, 9), (SEVERAL, FEW, 8)]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 9)), max_size=12))
def test_every_row_has_enough_reviews_wherever_there_are_enough(sizes: list[tuple[int, int]]) -> None:
    given_rows = [group(phase, number, 0, [size], 0) for number, (phase, size) in enumerate(sizes)]
    rows = put_together(given_rows)
    assert sum(each.total for each in rows) == sum(size for _phase, size in sizes)
    assert len(rows) <= 1 or all(each.total >= LEAST_GROUP for each in rows)


def test_a_single_review_at_a_step_is_not_told_nor_what_it_could_be_worked_out_from() -> None:
    (row,), together = told([group(1, 1, 2, [1, 5, 7], 0)])
    assert row.at_steps == together.at_steps == [None, None, 7]
    assert (row.finished, row.under_way) == (0, 13)


def test_a_single_late_review_is_not_told_nor_what_it_could_be_worked_out_from() -> None:
    rows, together = told([group(1, number, 0, [9, 0, 0], 0, late=late) for number, late in enumerate((1, 4, 6))])
    assert [each.late for each in rows] == [None, None, 6]
    assert together.late == 11
    rows, together = told([group(1, number, 0, [9, 0, 0], 0, late=late) for number, late in enumerate((1, 0, 0))])
    assert rows[0].late is together.late is None


def _fitting(told_row: ToldProgress, most: int) -> Iterator[tuple[int, ...]]:
    """Every row (steps, finished) that is told like this one."""
    begun = told_row.total - told_row.later
    spans = [range(most + 1) if value is None else (value,) for value in (*told_row.at_steps, told_row.finished)]
    return (numbers for numbers in itertools.product(*spans) if sum(numbers) == begun)


@settings(max_examples=60, deadline=None)
@given(st.lists(groups(5), min_size=1, max_size=3))
def test_nothing_that_is_not_told_can_be_worked_out(rows: list[GroupProgress]) -> None:
    shown, together = told(rows)
    fitting = [list(_fitting(each, 20)) for each in shown]
    if together.finished is not None:
        ways = itertools.product(*({numbers[-1] for numbers in each} for each in fitting))
        sums = [way for way in ways if sum(way) == together.finished]
    else:
        sums = list(itertools.product(*({numbers[-1] for numbers in each} for each in fitting)))
    for place, (row, whole) in enumerate(zip(shown, rows, strict=True)):
        if row.finished is None:
            assert len({way[place] for way in sums}) > 1
        else:
            assert not is_small(row.finished, whole.begun)
        for step, value in enumerate(row.at_steps):
            if value is None:
                possible = {numbers[step] for numbers in fitting[place] if numbers[-1] in {w[place] for w in sums}}
                assert len(possible) > 1
            else:
                assert value not in {1, 2}


@given(st.lists(groups(), min_size=1, max_size=5))
def test_what_is_late_or_on_time_leaves_open_who(rows: list[GroupProgress]) -> None:
    shown, together = told(rows)
    for name, part_of in (("late", "under_way"), ("on_time", "finished")):
        cells = [
            (getattr(each, name), getattr(row, name), getattr(row, part_of))
            for each, row in zip(shown, rows, strict=True)
        ]
        assert not any(is_small(value, whole) for told_value, value, whole in cells if told_value is not None)
        hidden = [(value, whole) for told_value, value, whole in cells if told_value is None]
        if hidden and getattr(together, name) is not None:
            value, whole = (sum(each[part] for each in hidden) for part in (0, 1))
            assert len(hidden) > 1
            assert 3 <= value <= whole - 3


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8), st.integers(0, 6))
def test_no_year_says_of_one_or_two_reviews_when_they_end(steps: list[int], unknown: int) -> None:
    values = list(itertools.accumulate(steps))
    assume(values[-1] + unknown >= LEAST_GROUP)
    shown, rest = told_rising(values, values[-1] + unknown, unknown)
    ends = [0, *(value for value in shown if value is not None), *([values[-1]] if rest is not None else [])]
    differences = [later - earlier for earlier, later in itertools.pairwise([*ends, values[-1] + unknown])]
    assert not {1, 2} & set(differences)
