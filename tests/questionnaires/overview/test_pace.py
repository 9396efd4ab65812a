"""When a State's answers will be there: what is told of any course whatever, and when no day is told."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given, strategies as st

from questionnaires.overview.pace import AnswerPace, pace_of

pytestmark = pytest.mark.unit
TODAY = dt.date(2026, 3, 1)


def days_before(*days: int) -> list[dt.date]:
    return [TODAY - dt.timedelta(days=each) for each in days]


def test_an_answer_each_other_day_tells_when_the_rest_will_be_there() -> None:
    """A fifth of forty is eight, which took 16 days, from a day without an answer 15; three times eight are missing."""
    pace = pace_of(days_before(*range(1, 81, 2)), missing=24, today=TODAY)
    assert [pace.soonest_on, pace.expected_on, pace.latest_on] == days_before(-45, -48, -48)


def test_who_has_stopped_gets_no_day() -> None:
    assert pace_of(days_before(*range(200, 240)), missing=24, today=TODAY).is_far
    assert pace_of(days_before(*range(20)), missing=3000, today=TODAY).is_far


def test_a_week_and_ten_answers_are_the_least_that_tells() -> None:
    assert pace_of([], missing=9, today=TODAY) == AnswerPace(0, 0, 9)
    assert pace_of(days_before(*range(12)), missing=0, today=TODAY) == AnswerPace(11, 12, 0)
    assert pace_of(days_before(*range(9)), missing=9, today=TODAY) == AnswerPace(8, 9, 9, is_early=True)
    assert pace_of(days_before(*[6, 5] * 30), missing=9, today=TODAY) == AnswerPace(6, 60, 9, is_early=True)
    assert not pace_of(days_before(*range(10)), missing=9, today=TODAY).is_early


@given(st.lists(st.integers(0, 400), min_size=10, max_size=60), st.integers(1, 400))
def test_the_days_of_a_pace_are_in_order_and_to_come(days: list[int], missing: int) -> None:
    pace = pace_of(days_before(*days), missing=missing, today=TODAY)
    if pace.expected_on:
        assert pace.soonest_on is not None
        assert TODAY < pace.soonest_on <= pace.expected_on <= (pace.latest_on or dt.date.max)
    else:
        assert pace.is_early or pace.is_far


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("busy", "most"), [(0.9, 6), (0.1, 60)], ids=["steadily", "in bursts"])
def test_seven_in_ten_come_within_the_range_or_more(seed: int, busy: float, most: int) -> None:
    """Two hundred States with 300 questions, each asked once on its way."""
    chance, inside, told = random.Random(seed), 0, 0
    for _state in range(200):
        days = [0]
        while len(days) < 300:
            gap = next(day for day in itertools.count(1) if chance.random() < busy)
            days += [days[-1] + gap] * chance.randint(1, most)
        asked = chance.randint(60, 270)
        pace = pace_of(
            [TODAY - dt.timedelta(days=days[asked] - day) for day in days[: asked + 1]],
            missing=len(days) - asked - 1,
            today=TODAY,
        )
        if pace.expected_on:
            told += 1
            ended = TODAY + dt.timedelta(days=days[-1] - days[asked])
            inside += pace.soonest_on <= ended <= (pace.latest_on or dt.date.max)
    assert told > 150
    assert inside / told >= 0.7
