"""When the answers will be there if they come as they came lately; pure arithmetic (docs/forecast.md)."""

import datetime as dt
import math
from dataclasses import dataclass

LOOKS_BACK, FARTHEST = 28, 365  # days


@dataclass(frozen=True, slots=True)
class AnswerPace:
    """``answered`` questions had their first answer in the last ``days`` days, ``missing`` have none.

    ``expected_on``: when the last would be answered; None where nothing tells, or where nothing is missing.
    ``is_far``: later than in a year, which is no day to name.
    """

    days: int
    answered: int
    missing: int
    expected_on: dt.date | None = None
    is_far: bool = False


def pace_of(*, missing: int, answered: int, days: int, today: dt.date) -> AnswerPace:
    if not missing or not answered:
        return AnswerPace(days, answered, missing)
    ahead = math.ceil(missing * days / answered)
    if ahead > FARTHEST:
        return AnswerPace(days, answered, missing, is_far=True)
    return AnswerPace(days, answered, missing, today + dt.timedelta(days=ahead))


def days_looked_back(began_on: dt.date, today: dt.date) -> int:
    """Over which days the answers are counted: those since it began, one at least and four weeks at most."""
    return max(1, min(LOOKS_BACK, (today - began_on).days))
