"""Which figures of a table are told, as the progress report tells its own (``portal.cockpit.discretion``); pure.

What is told is worked out from blurred numbers alone: that a figure is left out says no more than the number would. A
sum, and a row that is put together, hold the chance of all their numbers: they are told from a larger number on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.cockpit import LEAST_GROUP, LEAST_TOLD, told_line
from portal.general_review.blurring import least_of

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of numbers; ``names`` are of what it is put together, one or several: so often one State may count in it.

    A number below none is blurred as well; it stays in the sums, which would be too large without it.
    """

    names: tuple[str, ...]
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def draws(self) -> int:
        return len(self.names)


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
    told = [
        ToldLine(line.names, [value if value >= least_of(least, line.draws) else None for value in line.values], None)
        for line in lines
    ]
    return ToldTable(told, [None], None)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The numbers of ``lines``, each of which one State changes at most by the ``draws`` of its line."""

    lines: Sequence[Line]
    states: int
    least: int

    def value(self, cell: Cell) -> int:
        return self.lines[cell[0]].values[cell[1]]

    @property
    def columns(self) -> range:
        return range(len(self.lines[0].values) if self.lines else 0)

    @property
    def rows(self) -> range:
        return range(len(self.lines))

    @property
    def along(self) -> Iterator[list[Cell]]:
        """The cells of each row, then of each column."""
        yield from ([(r, c) for c in self.columns] for r in self.rows)
        yield from ([(r, c) for r in self.rows] for c in self.columns)

    def small(self) -> set[Cell]:
        return {
            (r, c)
            for r, line in enumerate(self.lines)
            for c, value in enumerate(line.values)
            if value < least_of(self.least, line.draws)
        }

    def told(self, cells: Sequence[Cell], hidden: set[Cell]) -> tuple[list[int | None], int | None]:
        """Of a row or a column, as the progress report tells one; its sum where the chance in it leaves it of use."""
        draws = [self.lines[r].draws for r, _c in cells]
        numbers = [(self.value(cell), self.states * drawn) for cell, drawn in zip(cells, draws, strict=True)]
        values, total = told_line(numbers, {n for n, cell in enumerate(cells) if cell in hidden}, self.least)
        is_told = total is not None and total >= least_of(self.least, sum(draws))
        return values, total if is_told else None

    def without_sums(self) -> ToldTable:
        """Each number by itself: where no sum is told nothing follows from one, and no number is left out for that."""
        small = self.small()
        told = [[self.told([(r, c)], small)[0][0] for c in self.columns] for r in self.rows]
        lines = [ToldLine(line.names, told[r], None) for r, line in enumerate(self.lines)]
        return ToldTable(lines, [None] * len(self.columns), None)


def told_table(lines: Sequence[Line], states: int, least: int) -> ToldTable:
    """Of counts of so many ``states``: none below ``least``, none that can be worked out from the others.

    ``least`` is a rule of the mechanism, and at least ``LEAST_TOLD`` whatever that says.
    """
    grid = _Grid(lines, states, max(least, LEAST_TOLD))
    hidden = grid.small()
    while True:
        more = _left_out_along(grid, hidden) or _cut(grid, hidden)
        if not more - hidden:
            break
        hidden |= more
    rows = [grid.told([(r, c) for c in grid.columns], hidden) for r in grid.rows]
    sums = [grid.told([(r, c) for r in grid.rows], hidden)[1] for c in grid.columns]
    totals = [total for _values, total in rows]
    if None in totals or None in sums:  # one that is not told could be worked out from all others
        return grid.without_sums()
    told = [ToldLine(line.names, rows[r][0], totals[r]) for r, line in enumerate(lines)]
    return ToldTable(told, sums, sum(value for value in sums if value is not None) if sums else None)


def _left_out_along(grid: _Grid, hidden: set[Cell]) -> set[Cell]:
    """What a row or column leaves out besides, so that its sum does not tell it."""
    more: set[Cell] = set()
    for cells in grid.along:
        values, _total = grid.told(cells, hidden | more)
        more |= {cell for cell, value in zip(cells, values, strict=True) if value is None}
    return more - hidden


def _cut(grid: _Grid, hidden: set[Cell]) -> set[Cell]:
    """A cell more where one that is left out is the only tie between its row and its column: the sums would tell it.

    The smallest of those that tie the two again.
    """
    for row, column in sorted(hidden):
        side = _tied_to(row, hidden - {(row, column)})
        if ("column", column) in side:
            continue
        ties = [
            (grid.value((r, c)), (r, c))
            for r in grid.rows
            for c in grid.columns
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
