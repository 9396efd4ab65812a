"""On which day a reminder leaves, and whether: the pure rule."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from portal.reminders.days import CATCH_UP, day_of, due_today, gap_began, leaves, local_time, may_be_muted, send_day
from reviews.reminders.selectors import DueReminder

pytestmark = pytest.mark.unit

WEDNESDAY = dt.date(2026, 11, 25)
SATURDAY = dt.date(2026, 11, 28)
ME, COLLEAGUE = uuid.UUID(int=1), uuid.UUID(int=2)
days = st.integers(-90, 90)
dates = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))


def due(**facts: Any) -> DueReminder:
    usual: dict[str, Any] = dict.fromkeys(DueReminder._fields)
    usual |= {
        "addressee": ME,
        "way": "own",
        "owner": ME,
        "due_on": WEDNESDAY,
        "audience": "experts",
        "days": 0,
        "is_muted": False,
    }
    return DueReminder(**{**usual, **facts})


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


# How many days after the run before, and whether that is so early that somebody's hour has not come.
runs = st.lists(st.tuples(st.one_of(st.integers(1, 4), st.integers(1, 800)), st.booleans()), min_size=1, max_size=12)


@given(dates, st.lists(days, min_size=1, max_size=6, unique=True), st.integers(1, 200), runs)
@example(WEDNESDAY, [0], 1, [(40, False)])
@example(WEDNESDAY, [-14, -3, 0], 20, [(40, False), (1, False)])
@example(WEDNESDAY, [0], 1, [(40, True), (1, False), (1, False)])
@example(WEDNESDAY, [0], 1, [(1, True), (40, False)])
@example(WEDNESDAY, [0], 1, [(9, True), (9, False)])
def test_after_a_gap_of_any_length_an_act_is_reminded_of_once(
    due_on: dt.date, offsets: list[int], lead: int, gaps: list[tuple[int, bool]]
) -> None:
    """Some reminders of one act; the planner first runs ``lead`` days before the first of them.

    A run reminds of the act, by its last reminder, if and only if one has fallen due since the run before that reached
    the person; what was reminded of is never reminded of again.
    """
    rows = [due(due_on=due_on, days=offset) for offset in offsets]
    day = min(day_of(row) for row in rows) - dt.timedelta(days=lead)
    ran_on, last, reached, was_early = [day], None, day, False
    for gap, is_early in gaps:
        day += dt.timedelta(days=gap)
        was_early = is_early and not was_early  # on the day after, it runs at every hour
        if not was_early:
            found = due_today(rows, day, last, gap_began(day, ran_on))
            missed = [row for row in rows if reached < day_of(row) <= day]
            assert [day_of(row) for row in found] == ([max(map(day_of, missed))] if missed else [])
            last, reached = (day if found else last), day
        ran_on.insert(0, day)


@given(dates, st.sets(st.integers(1, 60), max_size=30))
def test_a_planner_that_ran_on_each_day_has_no_gap(today: dt.date, others: set[int]) -> None:
    each_day = [today - dt.timedelta(days=number) for number in range(10)]
    older = [today - dt.timedelta(days=9 + number) for number in sorted(others)]
    assert gap_began(today, [*each_day, *older]) is None


def test_without_a_gap_what_is_older_than_three_days_is_not_sent_any_more() -> None:
    """Somebody who has just come is not reminded of what passed before."""
    assert due_today([due()], WEDNESDAY + CATCH_UP - dt.timedelta(days=1), None) == [due()]
    assert due_today([due()], WEDNESDAY + CATCH_UP, None) == []


def test_a_missed_reminder_goes_to_the_deputy_of_who_is_away_when_it_is_sent() -> None:
    later = WEDNESDAY + dt.timedelta(days=30)
    own, to_deputy = due(deputy=COLLEAGUE), due(deputy=COLLEAGUE, addressee=COLLEAGUE, way="deputy")
    for away, left in ((WEDNESDAY, own), (later, to_deputy)):
        rows = [row._replace(away_from=away, away_until=away) for row in (own, to_deputy)]
        found = due_today(rows, later, None, WEDNESDAY - dt.timedelta(days=1))
        assert [row.way for row in found] == [left.way]


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
