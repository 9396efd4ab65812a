"""On which day a reminder leaves, and whether: the pure rule."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reminders.days import CATCH_UP, day_of, due_today, leaves, local_time, may_be_muted, send_day
from reviews.selectors.reminders import Due

pytestmark = pytest.mark.unit

WEDNESDAY = dt.date(2026, 11, 25)
SATURDAY = dt.date(2026, 11, 28)
ME, COLLEAGUE = uuid.UUID(int=1), uuid.UUID(int=2)
days = st.integers(-90, 90)
dates = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))


def due(**facts: Any) -> Due:
    usual: dict[str, Any] = dict.fromkeys(Due._fields)
    usual |= {
        "addressee": ME,
        "way": "own",
        "owner": ME,
        "due_on": WEDNESDAY,
        "audience": "experts",
        "days": 0,
        "is_muted": False,
    }
    return Due(**{**usual, **facts})


@pytest.mark.parametrize(
    ("due_on", "offset", "day"),
    [
        (WEDNESDAY, 0, WEDNESDAY),
        (WEDNESDAY, -14, WEDNESDAY - dt.timedelta(days=14)),
        (SATURDAY, 0, SATURDAY),
        (SATURDAY, -14, dt.date(2026, 11, 13)),
        (SATURDAY, 7, dt.date(2026, 12, 7)),
        (WEDNESDAY, -3, dt.date(2026, 11, 20)),
    ],
)
def test_a_reminder_leaves_on_its_day_and_off_the_weekend(due_on: dt.date, offset: int, day: dt.date) -> None:
    assert send_day(due_on, offset) == day


@given(dates, days)
def test_only_the_date_itself_falls_on_a_weekend(due_on: dt.date, offset: int) -> None:
    day = send_day(due_on, offset)
    assert day.weekday() < 5 or (offset == 0 and day == due_on)
    assert abs(day - due_on - dt.timedelta(days=offset)) <= dt.timedelta(days=2)


@given(dates, days)
def test_the_weekend_moves_no_reminder_over_the_date(due_on: dt.date, offset: int) -> None:
    day = send_day(due_on, offset)
    assert (day < due_on, day > due_on) == (offset < 0, offset > 0)


@given(dates, days, st.lists(st.integers(0, 3), max_size=8))
def test_each_reminder_is_in_one_digest_whatever_days_the_planner_misses(
    due_on: dt.date, offset: int, gaps: list[int]
) -> None:
    """The planner runs on some days, never more than three apart; a digest is noted when one was made."""
    one = due(due_on=due_on, days=offset)
    day, last, seen = send_day(due_on, offset) - dt.timedelta(days=5), None, 0
    for gap in [*gaps, *[1] * 12]:
        day += dt.timedelta(days=max(gap, 1))
        found = due_today([one], day, last)
        seen += len(found)
        last = day if found else last
    ran_in_time = day >= send_day(due_on, offset)
    assert seen == int(ran_in_time and sum(max(gap, 1) for gap in gaps) + 12 >= 5)


def test_what_is_older_than_three_days_is_not_sent_any_more() -> None:
    assert due_today([due()], WEDNESDAY + CATCH_UP - dt.timedelta(days=1), None) == [due()]
    assert due_today([due()], WEDNESDAY + CATCH_UP, None) == []


def test_nothing_of_the_day_of_the_last_digest_is_sent_again() -> None:
    assert due_today([due()], WEDNESDAY + dt.timedelta(days=1), WEDNESDAY) == []


def test_what_was_postponed_comes_back_on_its_day_and_not_before() -> None:
    until = WEDNESDAY + dt.timedelta(days=1)
    quiet, back = due(snoozed_until=until), due(snoozed_until=until, days=None)
    assert not leaves(quiet, WEDNESDAY)
    assert day_of(back) == until
    assert leaves(back, until)
    assert day_of(due(snoozed_until=SATURDAY, days=None)) == dt.date(2026, 11, 30)


def test_a_colleague_hears_it_instead() -> None:
    assert not leaves(due(colleague=COLLEAGUE), WEDNESDAY)
    assert leaves(due(colleague=COLLEAGUE, addressee=COLLEAGUE, way="colleague"), WEDNESDAY)


def test_a_deputy_hears_it_while_the_other_is_away() -> None:
    away = {"deputy": COLLEAGUE, "away_from": WEDNESDAY, "away_until": WEDNESDAY}
    to_deputy = due(**away, addressee=COLLEAGUE, way="deputy")
    assert not leaves(due(**away), WEDNESDAY)
    assert leaves(to_deputy, WEDNESDAY)
    after = WEDNESDAY + dt.timedelta(days=1)
    assert leaves(due(**away), after)
    assert not leaves(to_deputy, after)


@pytest.mark.parametrize(
    ("audience", "offset", "may"),
    [
        ("experts", 0, True),
        ("focal_points", -14, True),
        ("focal_points", 0, False),
        ("focal_points", 7, False),
        ("permanent_missions", 14, True),
    ],
)
def test_a_focal_point_hears_of_the_day_and_after_it_whatever_was_muted(audience: str, offset: int, may: bool) -> None:
    one = due(audience=audience, days=offset, is_muted=True)
    assert may_be_muted(one) == may
    assert leaves(one, WEDNESDAY) == (not may)
    assert leaves(one._replace(is_muted=False, colleague=COLLEAGUE), WEDNESDAY) == (not may)


def test_an_unknown_zone_is_that_of_the_portal() -> None:
    now = dt.datetime(2026, 11, 25, 7, 30, tzinfo=dt.UTC)
    assert local_time(now, "Asia/Tokyo", "Europe/Vienna").hour == 16
    assert local_time(now, "Nowhere/Land", "Europe/Vienna").hour == 8
    assert local_time(now, "", "Europe/Vienna").hour == 8
