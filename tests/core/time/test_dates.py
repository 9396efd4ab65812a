"""Days and moments in words: United Nations months in Arabic, and the zone where a moment binds."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from core.templatetags.components import date_short, date_words, datetime_words, month_words
from core.time.dates import binding_moment, day_in_words, short_day, unbroken_day

pytestmark = pytest.mark.unit

MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه", "تموز/يوليه",
    "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
EVENING = dt.datetime(2026, 11, 26, 19, 26, tzinfo=dt.UTC)


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_in_arabic_has_the_two_names_of_united_nations_documents(number: int) -> None:
    day = dt.date(2026, number, 9)
    with translation.override("ar"):
        assert date_words(day) == date_short(day) == f"9 {MONTHS[number - 1]} 2026"
        assert month_words(day) == f"{MONTHS[number - 1]} 2026"
        assert MONTHS[number - 1] in datetime_words(dt.datetime(2026, number, 9, 12, tzinfo=dt.UTC))
    assert MONTHS[number - 1] in day_in_words(day, "full", "ar")


def test_other_languages_keep_their_months() -> None:
    day = dt.date(2026, 1, 9)
    assert (day_in_words(day, "long", "en_GB"), short_day(day, "en_GB")) == ("9 January 2026", "9 Jan 2026")
    assert day_in_words(day, "long", "fr") == "9 janvier 2026"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Vienna", "26 Nov 2026, 20:26 (UTC+1)"),
        ("UTC", "26 Nov 2026, 19:26 (UTC)"),
        ("Asia/Kolkata", "27 Nov 2026, 00:56 (UTC+5:30)"),
        ("America/Caracas", "26 Nov 2026, 15:26 (UTC-4)"),
    ],
)
def test_a_moment_that_binds_says_its_zone(zone: str, expected: str) -> None:
    with timezone.override(zone):
        assert binding_moment(EVENING).replace("\u00a0", " ") == expected


def test_no_line_parts_the_figures_of_a_time_or_of_a_day_in_print() -> None:
    with translation.override("ar"), timezone.override("Europe/Vienna"):
        words = binding_moment(EVENING)
    assert "8:26\u00a0م" in words
    assert words.endswith("\u00a0(\u2066UTC+1\u2069)")
    assert unbroken_day(dt.date(2009, 2, 24), "en_GB") == "24\u00a0February\u00a02009"


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 26), ("Europe/Vienna", 27), ("Asia/Tokyo", 27), ("America/Lima", 26)]
)
@pytest.mark.parametrize("form", ["date_words", "date_short"])
def test_the_day_of_a_moment_is_that_of_whoever_reads_it(zone: str, day: int, form: str) -> None:
    """At half past eleven in Greenwich it is tomorrow in Vienna already; pages said the day of Greenwich."""
    moment = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)
    page = Template("{% load components %}{{ moment|" + form + " }}")
    with timezone.override(zone), translation.override("en"):
        assert page.render(Context({"moment": moment})).startswith(str(day))
        assert page.render(Context({"moment": moment.date()})).startswith("26"), "a day has no zone"
