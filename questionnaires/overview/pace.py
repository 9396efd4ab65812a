"""When the answers will be there if they come as they came lately; pure arithmetic (docs/forecast.md)."""

import datetime as dt
import math
from dataclasses import dataclass

LOOKS_BACK, LEAST, FARTHEST = 28, 7, 365  # days
_EIGHT_IN_TEN = 1.2816  # standard deviations to each side


@dataclass(frozen=True, slots=True)
class AnswerPace:
    """``answered`` questions had their first answer in the last ``days`` days, ``missing`` have none.

    ``expected_on``: when the last would be answered; None where nothing tells, or where nothing is missing. Eight in
    ten would come between ``soonest_on`` and ``latest_on``; None: or later than in a year.
    ``is_early``: there are too few days to tell. ``is_far``: later than in a year, which is no day to name.
    """

    days: int
    answered: int
    missing: int
    expected_on: dt.date | None = None
    soonest_on: dt.date | None = None
    latest_on: dt.date | None = None
    is_early: bool = False
    is_far: bool = False


def pace_of(*, missing: int, answered: int, days: int, today: dt.date) -> AnswerPace:
    """Answers are taken to come by chance at a steady rate, so that so many lately might as well have been some more.

    Or fewer, by the root of their number (Poisson).
    """
    if not missing or not answered:
        return AnswerPace(days, answered, missing)
    if days < LEAST:
        return AnswerPace(days, answered, missing, is_early=True)
    spread = _EIGHT_IN_TEN * math.sqrt(answered)
    soonest, middle, latest = (
        _ahead(missing, days, number, today) for number in (answered + spread, answered, answered - spread)
    )
    if middle is None:
        return AnswerPace(days, answered, missing, is_far=True)
    return AnswerPace(days, answered, missing, middle, soonest, latest)


def _ahead(missing: int, days: int, answered: float, today: dt.date) -> dt.date | None:
    """The day on which the last would come if so many came in so many days; None later than in a year."""
    ahead = math.ceil(missing * days / answered) if answered > 0 else FARTHEST + 1
    return today + dt.timedelta(days=ahead) if ahead <= FARTHEST else None


def days_looked_back(began_on: dt.date, today: dt.date) -> int:
    """Over which days the answers are counted: those since it began, one at least and four weeks at most."""
    return max(1, min(LOOKS_BACK, (today - began_on).days))
