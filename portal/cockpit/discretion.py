"""What figures about few reviews do not tell; pure arithmetic (docs/adr/0046).

Which State is reviewed in which phase and group is public, and so is when a review begins. Where a review stands and
whether it is late is not: a number about few reviews would say it of a State, to whoever knows the others. So groups
with few reviews are put together; a number from 1 to 2, or one that is 1 or 2 short of the whole, is None; and with it
as many others as it takes that none of them can be worked out from a sum that is told.

``LEAST_GROUP`` is no rule of a mechanism: whoever could lower it could read single States.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_GROUP = 5
LEAST_TOLD = 3
FEW = -1  # in the place of a group: several of them
SEVERAL = 0  # in the place of a phase


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """The reviews of a phase and a group (0 where they have none): how many are where.

    ``at_steps`` are those under way, in the order of the steps; ``on_time`` those of the finished ones whose last
    milestone was reached by its indicative date, agreed extensions included; ``late`` those under way whose next act is
    past its date.
    """

    phase: int
    group: int
    total: int
    later: int
    at_steps: Sequence[int]
    late: int
    finished: int
    on_time: int

    @property
    def begun(self) -> int:
        return self.total - self.later

    @property
    def under_way(self) -> int:
        return self.begun - self.finished


@dataclass(frozen=True, slots=True)
class ToldProgress:
    """What is told of a row; None where a number is not."""

    phase: int
    group: int
    total: int
    later: int
    at_steps: Sequence[int | None]
    late: int | None
    finished: int | None
    on_time: int | None

    @property
    def under_way(self) -> int | None:
        return None if self.finished is None else self.total - self.later - self.finished


def is_small(value: int, whole: int, least: int = LEAST_TOLD) -> bool:
    """Whether so many of the whole, or the rest of it, are few and not none."""
    return 0 < value < least or 0 < whole - value < least


def put_together(groups: Sequence[GroupProgress]) -> list[GroupProgress]:
    """Groups with few reviews as one of their phase; where that has few as well, as one of all phases at the end.

    Where there are too few even then, the smallest of the others is taken in, since what is missing to the sum is told.
    """
    rows = [each for each in groups if each.total >= LEAST_GROUP]
    rest: list[GroupProgress] = []
    for phase in sorted({each.phase for each in groups}):
        few = [each for each in groups if each.phase == phase and each.total < LEAST_GROUP]
        if few:
            merged = _sum(few, phase)
            (rows if merged.total >= LEAST_GROUP else rest).append(merged)
    while rows and 0 < sum(each.total for each in rest) < LEAST_GROUP:
        smallest = min(rows, key=lambda each: each.total)
        rows.remove(smallest)
        rest.append(smallest)
    rows.sort(key=lambda each: (each.phase, each.group == FEW, each.group))
    return [*rows, _sum(rest, SEVERAL)] if rest else rows


def _sum(groups: Sequence[GroupProgress], phase: int) -> GroupProgress:
    return GroupProgress(
        phase,
        FEW,
        total=sum(each.total for each in groups),
        later=sum(each.later for each in groups),
        at_steps=[sum(column) for column in zip(*(each.at_steps for each in groups), strict=True)],
        late=sum(each.late for each in groups),
        finished=sum(each.finished for each in groups),
        on_time=sum(each.on_time for each in groups),
    )


def told(groups: Sequence[GroupProgress]) -> tuple[list[ToldProgress], ToldProgress]:
    """Of rows that are large enough, what is told of each and of all together."""
    finished, all_finished = told_line([(each.finished, each.begun) for each in groups], set())
    # How many of the rest are late or on time would bound what is not told.
    bound = {place for place, value in enumerate(finished) if value is None}
    late, all_late = told_line([(each.late, each.under_way) for each in groups], bound)
    on_time, all_on_time = told_line([(each.on_time, each.finished) for each in groups], bound)
    steps = [_steps(each.at_steps, is_bound=place in bound) for place, each in enumerate(groups)]
    rows = [
        ToldProgress(each.phase, each.group, each.total, each.later, steps[n], late[n], finished[n], on_time[n])
        for n, each in enumerate(groups)
    ]
    # The sum of a column is told only where it says no more than the column does.
    sums = [_sum_of(column) for column in zip(*steps, strict=True)]
    total, later = sum(each.total for each in groups), sum(each.later for each in groups)
    return rows, ToldProgress(SEVERAL, FEW, total, later, sums, all_late, all_finished, all_on_time)


def _sum_of(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def told_line(
    cells: Sequence[tuple[int, int]], hidden: set[int], least: int = LEAST_TOLD
) -> tuple[list[int | None], int | None]:
    """What is told of numbers, each with the whole that it is part of, and of their sum."""
    hidden = hidden | {place for place, cell in enumerate(cells) if is_small(*cell, least)}

    def is_enough() -> bool:
        """Whether the sum leaves open which of those not told is how large."""
        value, whole = (sum(cells[place][part] for place in hidden) for part in (0, 1))
        return len(hidden) > 1 and min(value, whole - value) >= least

    others = [place for place, (_value, whole) in enumerate(cells) if whole and place not in hidden]
    others.sort(key=lambda place: (not 0 < cells[place][0] < cells[place][1], cells[place]))
    while hidden and others and not is_enough():
        hidden.add(others.pop(0))
    whole = sum(value for value, _whole in cells)
    is_told = not hidden or (is_enough() and not is_small(whole, sum(each for _value, each in cells), least))
    return [None if place in hidden else value for place, (value, _whole) in enumerate(cells)], (
        whole if is_told else None
    )


def _steps(values: Sequence[int], *, is_bound: bool) -> list[int | None]:
    """Of the reviews under way in a row, whose number is told unless it ``is_bound``: how many stand at each step."""
    hidden = {place for place, value in enumerate(values) if 0 < value < LEAST_TOLD}
    others = sorted(set(range(len(values))) - hidden, key=lambda place: (not values[place], values[place], place))
    if hidden or is_bound:
        while others and (len(hidden) < 2 or sum(values[place] for place in hidden) < LEAST_TOLD):
            hidden.add(others.pop(0))
    return [None if place in hidden else value for place, value in enumerate(values)]


def told_rising(values: Sequence[int], whole: int, unknown: int) -> tuple[list[int | None], int | None]:
    """Of numbers that never fall, the last of them ``whole - unknown``: none that is 1 or 2 more than one before it."""
    shown: list[int | None] = []
    before, last = 0, whole - unknown
    for value in values:
        is_told = not (is_small(value - before, whole - before) or 0 < last - value < LEAST_TOLD)
        shown.append(value if is_told else None)
        before = value if is_told else before
    return shown, None if is_small(unknown, whole) else unknown
