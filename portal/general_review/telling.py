"""Which figures of a table are told, as the progress report tells its own (``portal.cockpit.discretion``); pure.

What is told is worked out from blurred numbers alone: that a figure is left out says no more than the number would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.cockpit import LEAST_GROUP, LEAST_TOLD, told_line

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of numbers; ``names`` are of what it is put together, one or several."""

    names: tuple[str, ...]
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class ToldLine:
    names: tuple[str, ...]
    values: Sequence[int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class ToldTable:
    """``sums`` by column and ``total`` are None where they would say what is left out."""

    lines: Sequence[ToldLine]
    sums: Sequence[int | None]
    total: int | None


def put_together(lines: Sequence[Line]) -> list[Line]:
    """Rows with little as one at the end; where that has little as well, with the smallest of the others."""
    rows = [line for line in lines if line.total >= LEAST_GROUP]
    rest = [line for line in lines if line.total < LEAST_GROUP]
    while rows and 0 < sum(line.total for line in rest) < LEAST_GROUP:
        smallest = min(rows, key=lambda line: line.total)
        rows.remove(smallest)
        rest.append(smallest)
    if not rest:
        return rows
    rest.sort(key=lines.index)
    names = tuple(name for line in rest for name in line.names)
    return [*rows, Line(names, tuple(sum(column) for column in zip(*(line.values for line in rest), strict=True)))]


def told_one_by_one(lines: Sequence[Line], least: int) -> ToldTable:
    """Numbers that make no sum, as one State counts in several: none below ``least``, which follows from no other."""
    least = max(least, LEAST_TOLD)
    told = [ToldLine(line.names, [value if value >= least else None for value in line.values], None) for line in lines]
    return ToldTable(told, [None], None)


def told_table(lines: Sequence[Line], whole: int, least: int) -> ToldTable:
    """Of counts that are each out of ``whole``: none below ``least``, none that can be worked out from the others.

    ``least`` is a rule of the mechanism, and at least ``LEAST_TOLD`` whatever that says.
    """
    least = max(least, LEAST_TOLD)
    grid = [line.values for line in lines]
    hidden = {(r, c) for r, values in enumerate(grid) for c, value in enumerate(values) if value < least}
    while True:
        more = _left_out_along(grid, hidden, whole, least) or _cut(grid, hidden)
        if not more - hidden:
            break
        hidden |= more
    columns = range(len(grid[0]) if grid else 0)
    rows = [_told(grid, hidden, [(r, c) for c in columns], whole, least) for r in range(len(grid))]
    sums = [_told(grid, hidden, [(r, c) for r in range(len(grid))], whole, least)[1] for c in columns]
    totals = [total for _values, total in rows]
    if None in totals or None in sums:  # one that is not told could be worked out from all others
        totals, sums = [None] * len(totals), [None] * len(sums)
    told = [ToldLine(line.names, rows[r][0], totals[r]) for r, line in enumerate(lines)]
    known = [value for value in sums if value is not None]
    return ToldTable(told, sums, sum(known) if known and len(known) == len(sums) else None)


def _told(
    grid: Sequence[Sequence[int]], hidden: set[Cell], places: Sequence[Cell], whole: int, least: int
) -> tuple[list[int | None], int | None]:
    """Of a row or a column, as the progress report tells one."""
    cells = [(grid[r][c], whole) for r, c in places]
    return told_line(cells, {n for n, place in enumerate(places) if place in hidden}, least)


def _left_out_along(grid: Sequence[Sequence[int]], hidden: set[Cell], whole: int, least: int) -> set[Cell]:
    """What a row or column leaves out besides, so that its sum does not tell it."""
    more: set[Cell] = set()
    for places in _lines_of(grid):
        values, _total = _told(grid, hidden | more, places, whole, least)
        more |= {place for place, value in zip(places, values, strict=True) if value is None}
    return more - hidden


def _lines_of(grid: Sequence[Sequence[int]]) -> Iterator[list[Cell]]:
    columns = range(len(grid[0]) if grid else 0)
    yield from ([(r, c) for c in columns] for r in range(len(grid)))
    yield from ([(r, c) for r in range(len(grid))] for c in columns)


def _cut(grid: Sequence[Sequence[int]], hidden: set[Cell]) -> set[Cell]:
    """A cell more where one that is left out is the only tie between its row and its column: the sums would tell it.

    The smallest of those that tie the two again.
    """
    for row, column in sorted(hidden):
        side = _tied_to(row, hidden - {(row, column)})
        if ("column", column) in side:
            continue
        ties = [
            (value, (r, c))
            for r, values in enumerate(grid)
            for c, value in enumerate(values)
            if (r, c) not in hidden and (("row", r) in side) != (("column", c) in side)
        ]
        if ties:
            return {min(ties)[1]}
    return set()


def _tied_to(row: int, hidden: set[Cell]) -> set[tuple[str, int]]:
    """The rows and columns that hang together with a row by what is left out of them."""
    reached, ahead = {("row", row)}, [("row", row)]
    while ahead:
        kind, place = ahead.pop()
        for r, c in hidden:
            if place != (r if kind == "row" else c):
                continue
            other = ("column", c) if kind == "row" else ("row", r)
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached
