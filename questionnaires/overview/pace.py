"""When the answers will be there, from how long as many have taken so far; pure arithmetic (docs/forecast.md)."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from reviews.clock import DayRange, curve_of, stretches, time_left

LEAST_DAYS, LEAST_ANSWERS, FARTHEST = 7, 10, 365
_PARTS = 5  # a stretch is a fifth of what has come: long enough for pauses, short enough to be seen often


@dataclass(frozen=True, slots=True)
class AnswerPace:
    """``answered`` questions had their first answer in the last ``days`` days, those since the first; ``missing`` none.

    ``expected_on``: when the last would be answered, half of the times; eight in ten between ``soonest_on`` and
    ``latest_on`` (None: later than in a year, or it is not known). All are None where nothing is missing, and:
    ``is_early``: there are too few days or answers to tell. ``is_far``: later than in a year, which is no day to name,
    or too little has come lately to name any.
    """

    days: int
    answered: int
    missing: int
    expected_on: dt.date | None = None
    soonest_on: dt.date | None = None
    latest_on: dt.date | None = None
    is_early: bool = False
    is_far: bool = False


def pace_of(first_answers: Collection[dt.date], *, missing: int, today: dt.date) -> AnswerPace:
    """``first_answers``: for each question that has an answer, the day of its first."""
    answered, began_on = len(first_answers), min(first_answers, default=today)
    days = (today - began_on).days
    if not missing or not answered:
        return AnswerPace(days, answered, missing)
    if days < LEAST_DAYS or answered < LEAST_ANSWERS:
        return AnswerPace(days, answered, missing, is_early=True)
    left = _left([(day - began_on).days for day in first_answers], missing, days)
    if left.middle_is_open or left.middle > FARTHEST:
        return AnswerPace(days, answered, missing, is_far=True)
    soonest, middle = (today + dt.timedelta(days=each) for each in (left.low, left.middle))
    is_known = not left.high_is_open and left.high <= FARTHEST
    latest = today + dt.timedelta(days=left.high) if is_known else None
    return AnswerPace(days, answered, missing, middle, soonest, latest)


def _left(on_days: Collection[int], missing: int, today: int) -> DayRange:
    by_day = Counter(on_days)
    stretch = min(missing, math.ceil(len(on_days) / _PARTS))
    known = stretches([by_day[day] for day in range(today + 1)], stretch)
    return time_left(curve_of(known, least=0)).times(missing / stretch)
