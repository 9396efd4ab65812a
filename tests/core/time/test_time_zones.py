"""Time zones as people choose them."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import translation
from hypothesis import example, given, strategies as st

from core.time.time_zones import (
    DoubledTimeError,
    MissingTimeError,
    is_zone,
    moment_of,
    place_of_zone,
    zone_choices,
    zone_of_territory,
    zones,
)

pytestmark = pytest.mark.unit


def test_every_choice_is_a_zone_of_the_database() -> None:
    assert set(zones()) - zoneinfo.available_timezones() == set()
    offered = [name for _part, places in zone_choices() for name, _label in places]
    assert sorted(offered) == list(zones())


def test_places_are_named_in_the_readers_language() -> None:
    names = {}
    for code in ("en", "ar"):
        with translation.override(code):
            names[code] = dict(pair for _part, places in zone_choices() for pair in places)["Europe/Vienna"]
    assert names == {"en": "Vienna", "ar": "فيينا"}


@pytest.mark.parametrize(
    ("code", "zone"), [("AT", "Europe/Vienna"), ("KE", "Africa/Nairobi"), ("US", ""), ("", ""), ("ZZ", "")]
)
def test_a_state_with_a_single_zone_has_a_default(code: str, zone: str) -> None:
    assert zone_of_territory(code) == zone


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "US/Eastern"])
def test_what_is_no_place_is_no_zone(name: str) -> None:
    assert not is_zone(name)


@given(zone=st.sampled_from(zones()), minute=st.integers(0, 12 * 366 * 24 * 60 - 1))
@example(zone="Europe/Vienna", minute=0)
def test_a_local_time_that_clocks_show_once_is_the_moment_at_which_they_show_it(zone: str, minute: int) -> None:
    moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        assert moment_of(local.date(), local.time(), zone) == moment
    else:
        with pytest.raises(DoubledTimeError):
            moment_of(local.date(), local.time(), zone)


@given(zone=st.sampled_from(zones()), day=st.dates(dt.date(2020, 1, 1), dt.date(2031, 12, 31)), at=st.times())
def test_a_local_time_is_a_moment_or_refused_for_what_it_is(zone: str, day: dt.date, at: dt.time) -> None:
    there = zoneinfo.ZoneInfo(zone)
    wall = dt.datetime.combine(day, at)
    shown = {
        moment
        for fold in (0, 1)
        if (moment := wall.replace(tzinfo=there, fold=fold).astimezone(dt.UTC)).astimezone(there).replace(tzinfo=None)
        == wall
    }
    try:
        assert {moment_of(day, at, zone)} == shown
    except MissingTimeError:
        assert shown == set()
    except DoubledTimeError:
        assert len(shown) == 2


@pytest.mark.parametrize(
    ("day", "at", "zone", "error"),
    [
        (dt.date(2027, 3, 28), dt.time(2, 0), "Europe/Vienna", MissingTimeError),
        (dt.date(2027, 3, 28), dt.time(2, 59), "Europe/Vienna", MissingTimeError),
        (dt.date(2027, 10, 31), dt.time(2, 0), "Europe/Vienna", DoubledTimeError),
        (dt.date(2027, 11, 7), dt.time(1, 59), "America/New_York", DoubledTimeError),
        (dt.date(2027, 10, 3), dt.time(2, 15), "Australia/Lord_Howe", MissingTimeError),
        (dt.date(2011, 12, 30), dt.time(12, 0), "Pacific/Apia", MissingTimeError),
    ],
)
def test_clocks_that_are_changed(day: dt.date, at: dt.time, zone: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        moment_of(day, at, zone)


def test_the_hours_around_a_change_are_moments() -> None:
    day = dt.date(2027, 3, 28)
    assert moment_of(day, dt.time(1, 59), "Europe/Vienna") == dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)
    assert moment_of(day, dt.time(3, 0), "Europe/Vienna") == dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)


def test_a_zone_is_named_after_its_place_in_the_readers_language() -> None:
    assert place_of_zone("Europe/Vienna") == "Vienna"
    with translation.override("ar"):
        assert place_of_zone("Europe/Vienna") == "فيينا"
