"""The zone in a file of a calendar: every moment is read as the machine's own database has it."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import example, given, strategies as st

from core.time.calendar_zones import vtimezone
from core.time.time_zones import zones

pytestmark = pytest.mark.unit


def read_back(moment: dt.datetime, zone: str) -> dt.datetime:
    """What a parser of another hand makes of the local time, which knows of the zone what the file says."""
    local = moment.astimezone(ZoneInfo(zone))
    text = vtimezone(zone, local.year - 1, local.year + 1).to_ical().decode()
    return local.replace(tzinfo=tzical(io.StringIO(text)).get(), fold=0).astimezone(dt.UTC)


@given(
    zone=st.sampled_from(zones()),
    minute=st.integers(0, 10 * 366 * 24 * 60 - 1),
)
@example(
    zone="Europe/Vienna", minute=(dt.datetime(2027, 3, 28, 1, 30) - dt.datetime(2024, 1, 1)) // dt.timedelta(minutes=1)
)
@example(
    zone="America/New_York",
    minute=(dt.datetime(2027, 3, 14, 7, 5) - dt.datetime(2024, 1, 1)) // dt.timedelta(minutes=1),
)
def test_a_local_time_is_read_as_the_moment_that_it_was(zone: str, minute: int) -> None:
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
    local = moment.astimezone(ZoneInfo(zone))
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        return  # it comes twice: nobody is invited to it
    assert read_back(moment, zone) == moment


def test_a_change_begins_at_the_time_that_the_clocks_show_then() -> None:
    text = vtimezone("Europe/Vienna", 2027, 2027).to_ical().decode()
    assert text.count("BEGIN:DAYLIGHT") == 1
    assert "DTSTART:20270328T020000\r\n" in text
    assert "DTSTART:20271031T030000\r\n" in text


def test_a_zone_that_never_changes_is_told_once() -> None:
    text = vtimezone("Asia/Kathmandu", 2026, 2028).to_ical().decode()
    assert text.count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:+0545" in text
