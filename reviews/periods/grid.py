"""The programme as a grid: for each phase and review group a first and a last day, or a hole; pure.

A form carries the grid that its writer was shown as a word (``token_of``), and the service compares it with what holds
once everything is locked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from core.time.deadlines import add

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
_ONE_DAY = dt.timedelta(days=1)
_SURE_DAY = 28  # every month has it
_WORD = re.compile(r"(\d{1,4})-(\d{1,4}):(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


class CellKey(NamedTuple):
    """Numbers of a phase and of a review group."""

    phase: int
    group: int


class Span(NamedTuple):
    """Both days belong to it."""

    first: dt.date
    last: dt.date

    @property
    def end(self) -> dt.date:
        """The day after the last."""
        return self.last + _ONE_DAY


PeriodGrid = Mapping[CellKey, Span]


def token_of(grid: PeriodGrid) -> str:
    """In the form that ``grid_from`` reads: ``1-1:2020-12-01/2022-11-30 1-2:…``."""
    return " ".join(f"{key.phase}-{key.group}:{span.first}/{span.last}" for key, span in sorted(grid.items()))


def grid_from(token: str) -> PeriodGrid:
    """What no page of ours has written holds nothing, with which no programme agrees but an empty one."""
    try:
        found = [_WORD.fullmatch(word) for word in token.split()]
        return {CellKey(int(match[1]), int(match[2])): _span(match[3], match[4]) for match in found if match}
    except ValueError:
        return {}


def _span(first: str, last: str) -> Span:
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@dataclass(frozen=True, slots=True)
class CellChange:
    """``now`` and ``then`` are None where the group has no time in the phase."""

    key: CellKey
    now: Span | None
    then: Span | None


def changes_between(now: PeriodGrid, then: PeriodGrid) -> list[CellChange]:
    keys = sorted(now.keys() | then.keys())
    return [CellChange(key, now.get(key), then.get(key)) for key in keys if now.get(key) != then.get(key)]


def rebased(shown: PeriodGrid, now: PeriodGrid, wanted: PeriodGrid) -> PeriodGrid:
    """What a writer wants after a colleague's change: cells that the writer left alone follow the colleague."""
    keys = shown.keys() | now.keys() | wanted.keys()
    kept = {key: (now if wanted.get(key) == shown.get(key) else wanted).get(key) for key in keys}
    return {key: span for key, span in kept.items() if span is not None}


class PairOfPhases(NamedTuple):
    """Two cells of one group, by the numbers of their phases."""

    earlier: CellKey
    later: CellKey


def overlaps_in(grid: PeriodGrid) -> list[PairOfPhases]:
    """Pairs of periods of one group that share a day, the one that begins first before the other."""
    found = []
    for row in _rows_of_groups(grid):
        in_time = sorted(row, key=lambda item: item[1])
        found += [PairOfPhases(one[0], other[0]) for one, other in pairwise(in_time) if other[1].first <= one[1].last]
    return found


def out_of_order_in(grid: PeriodGrid) -> list[PairOfPhases]:
    """Phases that would begin for a group before one with a smaller number."""
    found = []
    for row in _rows_of_groups(grid):
        found += [PairOfPhases(one[0], other[0]) for one, other in pairwise(row) if other[1].first < one[1].first]
    return found


def _rows_of_groups(grid: PeriodGrid) -> Iterator[list[tuple[CellKey, Span]]]:
    """The periods of each group, by the numbers of their phases."""
    for group in sorted({key.group for key in grid}):
        yield sorted((key, span) for key, span in grid.items() if key.group == group)


def first_cell_of(grid: PeriodGrid, phase: int) -> CellKey | None:
    """That of the phase's first group, by number; None for a phase without dates."""
    return min((key for key in grid if key.phase == phase), default=None)


def shifted(grid: PeriodGrid, phase: int, first_day: dt.date, *, and_later: bool) -> PeriodGrid:
    """Let the first group of a phase begin on ``first_day``; the other periods of the phase keep their distances.

    ``and_later``: those of the phases after it too. All move by the same whole months and the days that are left, so
    that what began on one day of the month still does; by days alone where not every month has the days. Raises
    ValueError for a phase without dates.
    """
    leader = first_cell_of(grid, phase)
    if leader is None:
        raise ValueError(f"phase {phase} has no dates")
    moved = {key: span for key, span in grid.items() if key.phase == phase or (and_later and key.phase > phase)}
    begins = grid[leader].first
    days = {day.day for span in moved.values() for day in (span.first, span.end)}
    if max(days) <= _SURE_DAY:
        months = (first_day.year - begins.year) * 12 + first_day.month - begins.month - (first_day.day < begins.day)
        left = (first_day - add(begins, months, "months")).days
        by_months = {key: _moved(span, months, "months") for key, span in moved.items()}
        return {**grid, **{key: _moved(span, left, "days") for key, span in by_months.items()}}
    return {**grid, **{key: _moved(span, (first_day - begins).days, "days") for key, span in moved.items()}}


def moved(grid: PeriodGrid, keys: Iterable[CellKey], amount: int, unit: str) -> PeriodGrid:
    """Let the periods of these cells begin and end so much later (earlier, if negative)."""
    return {**grid, **{key: _moved(grid[key], amount, unit) for key in keys if key in grid}}


def _moved(span: Span, amount: int, unit: str) -> Span:
    return Span(add(span.first, amount, unit), add(span.end, amount, unit) - _ONE_DAY)


def outside(days: Iterable[dt.date]) -> bool:
    """Whether any of them is absurdly far."""
    return any(not EARLIEST <= day <= LATEST for day in days)
