"""The zone in a file of a calendar: every moment is read as the machine's own database has it."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from core.calendar_zones import vtimezone
from core.time_zones import zones

pytestmark = pytest.mark.unit


def read_back(moment: dt.datetime, zone: str) -> dt.datetime:
    """What another parser makes of a moment that is told as a local time with the zone beside it."""
    calendar, event, local = Calendar(), Event(), moment.astimezone(ZoneInfo(zone))
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//tests//EN")
    event.add("uid", "1")
    event.add("dtstamp", moment)
    event.add("dtstart", local)
    calendar.add_component(vtimezone(zone, local.year - 1, local.year + 1))
    calendar.add_component(event)
    # Another name each time: the parser falls back on its own zones, and keeps those that it has read.
    text = calendar.to_ical().decode().replace(zone, f"Zone of {uuid.uuid4().hex}")
    start: dt.datetime = vobject.readOne(text).vevent.dtstart.value
    return start.astimezone(dt.UTC)


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
