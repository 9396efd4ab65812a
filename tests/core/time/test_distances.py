"""How far two days are apart, in words."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from core.time.distances import since_or_until, time_between

pytestmark = pytest.mark.unit
START = dt.date(2020, 12, 1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("end", "words", "exact"),
    [
        (dt.date(2020, 12, 1), "0 days", "0 days"),
        (dt.date(2020, 12, 2), "1 day", "1 day"),
        (dt.date(2020, 12, 31), "30 days", "30 days"),
        (dt.date(2021, 1, 1), "1 month", "1 month"),
        (dt.date(2021, 12, 3), "1 year", "1 year 2 days"),
        (dt.date(2026, 11, 29), "5 years 11 months", "5 years 11 months 28 days"),
        (dt.date(2027, 12, 1), "7 years", "7 years"),
    ],
)
def test_the_larger_units_come_first(end: dt.date, words: str, exact: str) -> None:
    assert time_between(START, end) == time_between(end, START) == words
    assert time_between(START, end, is_exact=True) == exact


def test_the_end_of_a_short_month_is_a_month_after_the_end_of_a_long_one() -> None:
    assert time_between(dt.date(2021, 1, 31), dt.date(2021, 2, 28), is_exact=True) == "1 month"


@given(DAYS, DAYS)
def test_there_are_words_for_any_two_days(one: dt.date, other: dt.date) -> None:
    assert time_between(one, other, is_exact=True)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2020, 11, 1), "began 1 month ago"),
        (START, "begins today"),
        (dt.date(2020, 12, 3), "begins in 2 days"),
    ],
)
def test_a_day_has_passed_or_is_today_or_lies_ahead(day: dt.date, words: str) -> None:
    given_words = {"past": "began %(time)s ago", "now": "begins today", "coming": "begins in %(time)s"}
    assert since_or_until(day, START, **given_words) == words


def test_arabic_counts_as_arabic_does() -> None:
    with translation.override("ar"):
        assert time_between(START, dt.date(2022, 12, 1)) == "سنتين"
        assert time_between(START, dt.date(2026, 11, 29)) == "5 سنوات و11 شهراً"
