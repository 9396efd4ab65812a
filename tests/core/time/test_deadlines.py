"""Date arithmetic over any date."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from core.time.deadlines import add
from core.time.distances import due_in

pytestmark = pytest.mark.unit

DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
AMOUNTS = st.integers(0, 60)
UNITS = st.sampled_from(["days", "weeks", "months"])


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2021-11-01", 6, "weeks", "2021-12-13"),
        ("2021-11-01", 6, "months", "2022-05-01"),
        ("2021-08-31", 6, "months", "2022-02-28"),
        ("2023-08-31", 6, "months", "2024-02-29"),
        ("2021-12-31", 2, "months", "2022-02-28"),
        ("2021-01-15", 24, "months", "2023-01-15"),
        ("2024-02-29", 12, "months", "2025-02-28"),
        ("2021-11-01", 3, "days", "2021-11-04"),
    ],
)
def test_examples(start: str, amount: int, unit: str, due: str) -> None:
    assert add(dt.date.fromisoformat(start), amount, unit) == dt.date.fromisoformat(due)


@given(DATES, AMOUNTS, UNITS)
def test_nothing_is_due_before_it_starts(start: dt.date, amount: int, unit: str) -> None:
    assert add(start, amount, unit) >= start


@given(DATES, AMOUNTS)
def test_months_keep_the_day_or_end_the_month(start: dt.date, amount: int) -> None:
    due = add(start, amount, "months")
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == amount
    assert due.day == start.day or (due + dt.timedelta(days=1)).day == 1


@given(DATES, DATES, AMOUNTS, UNITS)
def test_a_later_start_is_never_due_earlier(one: dt.date, other: dt.date, amount: int, unit: str) -> None:
    earlier, later = sorted([one, other])
    assert add(earlier, amount, unit) <= add(later, amount, unit)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        add(dt.date(2021, 1, 1), 1, "fortnights")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "due today"),
        (1, "due in 1 day"),
        (14, "due in 14 days"),
        (-1, "1 day past the indicative date"),
        (-30, "30 days past the indicative date"),
        (60, "due in 60 days"),
        (61, "due in 2 months"),
        (-2171, "5 years 11 months past the indicative date"),
    ],
)
def test_words(days: int, words: str) -> None:
    today = dt.date(2022, 5, 1)
    with translation.override("en"):
        assert due_in(today + dt.timedelta(days=days), today) == words
