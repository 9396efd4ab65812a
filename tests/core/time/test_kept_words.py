"""What is kept of dates in words is kept under what it says, not under a moment that is the same elsewhere."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core.time.dates import day_in_words, time_of_day

pytestmark = pytest.mark.unit

IN_VIENNA = dt.datetime(2026, 11, 30, 0, 30, tzinfo=ZoneInfo("Europe/Vienna"))
IN_LIMA = IN_VIENNA.astimezone(ZoneInfo("America/Lima"))


def test_one_moment_has_the_day_and_the_time_of_each_place() -> None:
    assert IN_VIENNA == IN_LIMA
    assert [day_in_words(each, "long", "en_GB") for each in (IN_VIENNA, IN_LIMA)] == [
        "30 November 2026",
        "29 November 2026",
    ]
    assert [time_of_day(each, "en_GB") for each in (IN_VIENNA, IN_LIMA)] == ["00:30", "18:30"]
