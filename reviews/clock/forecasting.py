"""How long something still takes, from how long its steps have really taken; pure arithmetic (docs/forecast.md).

One method for the end of a review, whose steps are those of the mechanism, and for the last answer of a State, whose
steps are so many answers more (``stretches``). Of a step it is known how many days the stays took that have ended, and
how many days those have lasted that go on. The product-limit estimate (Kaplan and Meier, 1958) reads both: a stay that
goes on says that it takes longer than so far. A step that few have ended yet is helped out by the duration of the plan.
The time of several steps is the sum of their quantiles, as if what is slow in one step were slow in all.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Experience:
    """Of one step, in days: stays that have ended, stays that go on (so far), and how long the plan says it takes."""

    finished: tuple[int, ...]
    running: tuple[int, ...]
    planned: int


@dataclass(frozen=True, slots=True)
class DayRange:
    """One in ten takes ``low`` days or fewer, half ``middle``, nine in ten ``high``; all are 0 or more, in order.

    ``middle_is_open``, ``high_is_open``: it may well be longer; what has happened so far does not tell how much.
    """

    low: int
    middle: int
    high: int
    middle_is_open: bool = False
    high_is_open: bool = False

    def longer(self, days: int) -> "DayRange":
        """The same, if it takes ``days`` more (fewer, if negative) than it would; none takes less than no time."""
        low, middle, high = (max(0, each + days) for each in (self.low, self.middle, self.high))
        return DayRange(low, middle, high, self.middle_is_open, self.high_is_open)

    def times(self, number: float) -> "DayRange":
        """So many of it, one after another; a day that has begun counts."""
        low, middle, high = (math.ceil(each * number) for each in (self.low, self.middle, self.high))
        return DayRange(low, middle, high, self.middle_is_open, self.high_is_open)

    def __add__(self, other: "DayRange") -> "DayRange":
        return DayRange(
            self.low + other.low,
            self.middle + other.middle,
            self.high + other.high,
            self.middle_is_open or other.middle_is_open,
            self.high_is_open or other.high_is_open,
        )


NO_TIME = DayRange(0, 0, 0)


@dataclass(frozen=True, slots=True)
class StepCurve:
    """What share of stays lasts longer than so many days, after each length at which some ended; and the longest known.

    ``shares`` fall with the days.
    """

    shares: Sequence[tuple[int, float]]
    longest: int

    def after(self, days: int) -> float:
        """The share of stays that last longer than ``days``."""
        return next((share for length, share in reversed(self.shares) if length <= days), 1.0)


def curve_of(experience: Experience, least: int) -> StepCurve:
    """``least``: until so many stays have ended, the plan's duration stands in the place of those that are missing.

    Where that is no day at all, it says when acts are due together, and not how long they take: it stands in only where
    nothing else is known.
    """
    is_planned = experience.planned > 0 or not (experience.finished or experience.running)
    missing = max(0, least - len(experience.finished)) if is_planned else 0
    ended = Counter([*experience.finished, *[experience.planned] * missing])
    going_on = Counter(experience.running)
    at_risk, share = ended.total() + going_on.total(), 1.0
    shares = []
    for length in sorted(ended.keys() | going_on.keys()):
        if ended[length]:
            share *= 1 - ended[length] / at_risk
            shares.append((length, share))
        at_risk -= ended[length] + going_on[length]
    return StepCurve(shares, max([0, *ended, *going_on]))


def time_left(curve: StepCurve, elapsed: int = 0) -> DayRange:
    """How many days a stay still takes that has lasted ``elapsed`` days.

    Where none has ended after so many days, nothing is known of such a stay: it is counted as if it began now.
    """
    begun = elapsed or -1  # what begins now may end within the day
    is_known = any(length > begun for length, _share in curve.shares)
    begun = begun if is_known else -1
    still = curve.after(begun) if begun >= 0 else 1.0
    found, are_open = [], []
    for part in (LOW, MIDDLE, HIGH):
        # A hair's breadth for the rounding of the machine.
        wanted = (1 - part) * still + 1e-9
        length = next((length for length, share in curve.shares if length > begun and share <= wanted), None)
        are_open.append(length is None or not is_known)
        found.append((curve.longest if length is None else length) - max(begun, 0))
    low, middle, high = found
    return DayRange(low, middle, high, *are_open[1:])


def together(ranges: Iterable[DayRange]) -> DayRange:
    """One step after another."""
    return sum(ranges, start=NO_TIME)


def stretches(daily: Sequence[int], number: int) -> Experience:
    """How many days it took until ``number`` more had come, from the end of each day but the last.

    ``daily``: how many came on each day, from the first to today. Those that have not come yet since some day are a
    stay that goes on. Each day counts once, and not each thing that came: twenty on one day do not hide the quiet weeks
    before.

    Raises ``ValueError`` where ``number`` is less than one.
    """
    if number < 1:
        raise ValueError("A stretch is of one at least.")
    so_far = list(accumulate(daily))
    finished, running, day = [], [], 0
    for begin, there in enumerate(so_far[:-1]):
        while day < len(so_far) and so_far[day] < there + number:
            day += 1
        if day < len(so_far):
            finished.append(day - begin)
        else:
            running.append(len(so_far) - 1 - begin)
    return Experience(tuple(finished), tuple(running), planned=0)
