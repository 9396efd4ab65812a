"""The arithmetic of the forecast: what it promises for any stays whatever."""

import itertools
import random

import pytest
from hypothesis import given, strategies as st

from reviews.clock import DayRange, Experience, curve_of, stretches, time_left, together

pytestmark = pytest.mark.unit
DAYS = st.lists(st.integers(0, 4000), max_size=60)
EXPERIENCE = st.builds(
    lambda finished, running, planned: Experience(tuple(finished), tuple(running), planned),
    DAYS,
    DAYS,
    st.integers(0, 1000),
)


@given(EXPERIENCE, st.integers(0, 30), st.integers(0, 5000))
def test_a_range_is_in_order_and_never_negative(known: Experience, least: int, elapsed: int) -> None:
    left = time_left(curve_of(known, least), elapsed)
    assert 0 <= left.low <= left.middle <= left.high


@given(EXPERIENCE, st.integers(0, 30))
def test_shares_fall_from_one_to_no_less_than_nothing(known: Experience, least: int) -> None:
    curve = curve_of(known, least)
    shares = [1.0, *(share for _length, share in curve.shares)]
    assert all(0 <= later <= earlier for earlier, later in itertools.pairwise(shares))
    assert curve.after(-1) == 1.0


@given(st.integers(0, 1000), st.integers(1, 30))
def test_with_no_review_at_all_the_plan_speaks_alone(planned: int, least: int) -> None:
    assert time_left(curve_of(Experience((), (), planned), least)) == DayRange(planned, planned, planned)


@given(st.lists(st.integers(0, 4000), min_size=30, max_size=60), st.integers(0, 1000))
def test_with_many_the_plan_says_nothing_any_more(finished: list[int], planned: int) -> None:
    known = Experience(tuple(finished), (), planned)
    left = time_left(curve_of(known, 30))
    assert left == time_left(curve_of(known, 0))
    in_order = sorted(finished)
    assert left.middle == in_order[-(-len(in_order) // 2) - 1]  # the median of what was seen, the lower of two
    assert not left.high_is_open


@given(EXPERIENCE, st.integers(0, 30), st.integers(1, 4000))
def test_a_stay_that_goes_on_makes_nothing_shorter(known: Experience, least: int, so_far: int) -> None:
    longer = Experience(known.finished, (*known.running, so_far), known.planned)
    before, after = time_left(curve_of(known, least)), time_left(curve_of(longer, least))
    if known.finished or least:
        assert after.low >= before.low
        assert after.high_is_open or after.high >= before.high


@given(st.lists(EXPERIENCE, max_size=5))
def test_steps_add_up_in_any_order(experiences: list[Experience]) -> None:
    ranges = [time_left(curve_of(each, 10)) for each in experiences]
    assert together(ranges) == together(reversed(ranges))
    assert together(ranges).middle_is_open == any(each.middle_is_open for each in ranges)
    assert together(ranges).high_is_open == any(each.high_is_open for each in ranges)


@given(EXPERIENCE, st.integers(0, 30), st.integers(0, 5000))
def test_where_the_middle_is_open_the_end_is(known: Experience, least: int, elapsed: int) -> None:
    left = time_left(curve_of(known, least), elapsed)
    assert left.high_is_open >= left.middle_is_open


def test_the_middle_may_be_known_where_the_end_is_not() -> None:
    left = time_left(curve_of(Experience((60,) * 12, (900,) * 8, 60), 10))
    assert (left.middle, left.middle_is_open, left.high_is_open) == (60, False, True)


def test_a_stay_that_has_outlasted_all_is_counted_as_if_it_began_now() -> None:
    curve = curve_of(Experience((100,) * 20, (), 50), 10)
    assert time_left(curve, 40) == DayRange(60, 60, 60)
    assert time_left(curve, 500) == DayRange(100, 100, 100, middle_is_open=True, high_is_open=True)


def test_a_plan_of_no_day_says_nothing_where_anything_else_is_known() -> None:
    assert time_left(curve_of(Experience((), (), 0), 10)) == DayRange(0, 0, 0)
    assert time_left(curve_of(Experience((30, 40, 50), (), 0), 10)) == DayRange(30, 40, 50)
    left = time_left(curve_of(Experience((), (20, 90), 0), 10))
    assert (left.middle, left.middle_is_open) == (90, True)


def test_those_who_go_on_are_heard() -> None:
    """Ten quick reviews of sixty-three do not make the other fifty-three quick."""
    curve = curve_of(Experience((60,) * 10, (900,) * 53, 60), 10)
    left = time_left(curve)
    assert left == DayRange(60, 900, 900, middle_is_open=True, high_is_open=True)


@pytest.mark.parametrize("seed", range(5))
def test_eight_in_ten_reviews_end_within_the_range_or_more(seed: int) -> None:
    """Learned from 190 reviews of three steps, tried on 400 of the same kind; who is slow is slow throughout."""
    chance = random.Random(seed)

    def review() -> list[int]:
        pace = chance.lognormvariate(0, 0.5)
        return [round(pace * mean * chance.lognormvariate(0, 0.3)) for mean in (60, 180, 90)]

    seen = [review() for _number in range(190)]
    curves = [curve_of(Experience(tuple(days), (), 100), 10) for days in zip(*seen, strict=True)]
    whole = together(time_left(curve) for curve in curves)
    ends = [sum(review()) for _number in range(400)]
    inside = sum(whole.low <= end <= whole.high for end in ends) / len(ends)
    assert 0.72 <= inside <= 0.95
    assert 0.35 <= sum(end <= whole.middle for end in ends) / len(ends) <= 0.6


# --- answers, of which some come each day


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.integers(1, 40))
def test_each_day_but_the_last_begins_one_stretch(daily: list[int], number: int) -> None:
    known = stretches(daily, number)
    assert len(known.finished) + len(known.running) == len(daily) - 1
    for begin, length in enumerate(known.finished):
        assert sum(daily[begin + 1 : begin + 1 + length]) >= number > sum(daily[begin + 1 : begin + length])
    assert all(sum(daily[-length:]) < number for length in known.running)


@given(st.integers(1, 9), st.integers(1, 5), st.integers(1, 300))
def test_who_answers_as_many_each_day_takes_as_many_days(each: int, days: int, missing: int) -> None:
    left = time_left(curve_of(stretches([each] * 60, each * days), 0)).times(missing / (each * days))
    assert left.low == left.middle == -(-missing // each)


def test_a_stretch_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="one at least"):
        stretches([1, 2], 0)
