"""The programme as server-made SVG: phases as rows by group over the years; pure.

In a right-to-left language the names stand to the right and time runs from right to left.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, gettext as _

from core.templatetags.components import date_short
from reviews.periods.grid import CellKey, PeriodGrid, Span

WIDTH, NAMES, HEAD, ROW, BAR = 960, 150, 24, 22, 14  # units of the drawing, which are pixels where it is not scaled
_LEAST_BAR, _INSET = 2, 8
_SPARSE = 14  # years, beyond which not every one has its label


@dataclass(frozen=True, slots=True)
class YearAxis:
    """From the first day of a year to the last of another, behind the column of names."""

    first: dt.date
    last: dt.date
    is_mirrored: bool

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        place = NAMES + (WIDTH - NAMES) * min(max(share, 0), 1)
        return round(WIDTH - place if self.is_mirrored else place, 1)

    @property
    def names_x(self) -> int:
        return WIDTH - _INSET if self.is_mirrored else _INSET


@dataclass(frozen=True, slots=True)
class PeriodBar:
    """``is_before``: as the dates stand, where the drawing shows what they would be."""

    x: float
    width: float
    title: str
    is_past: bool
    is_before: bool


@dataclass(frozen=True, slots=True)
class ChartRow:
    """``y``: where the row begins. ``begins_phase``: it is the first of its phase."""

    key: CellKey
    y: int
    bars: list[PeriodBar]
    begins_phase: bool

    @property
    def baseline(self) -> int:
        return self.y + ROW - 6

    @property
    def bar_y(self) -> int:
        return self.y + (ROW - BAR) // 2


@dataclass(frozen=True, slots=True)
class YearMark:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class ProgrammeChart:
    """``today_x`` is None where today lies outside."""

    axis: YearAxis
    rows: list[ChartRow]
    years: list[YearMark]
    today_x: float | None

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.rows) + 4

    width, head, bar = WIDTH, HEAD, BAR


def chart_of(
    keys: Iterable[CellKey], grid: PeriodGrid, today: dt.date, *, before: PeriodGrid | None = None
) -> ProgrammeChart | None:
    """None for a programme without dates. ``before``: the dates as they stand, drawn as outlines."""
    before = before or {}
    spans = [*grid.values(), *before.values()]
    if not spans:
        return None
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    axis = YearAxis(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31), get_language_bidi())
    rows: list[ChartRow] = []
    for key in sorted(keys):
        drawn = [(before.get(key), True)] if before.get(key) != grid.get(key) else []
        bars = [_bar(axis, span, today, is_before) for span, is_before in [*drawn, (grid.get(key), False)] if span]
        begins_phase = not rows or rows[-1].key.phase != key.phase
        rows.append(ChartRow(key, HEAD + ROW * len(rows), bars, begins_phase))
    today_x = axis.x(today) if axis.first <= today <= axis.last else None
    return ProgrammeChart(axis, rows, _years(axis), today_x)


def _bar(axis: YearAxis, span: Span, today: dt.date, is_before: bool) -> PeriodBar:
    edges = sorted((axis.x(span.first), axis.x(span.end)))
    words = {"first": date_short(span.first), "last": date_short(span.last)}
    title = (_("Now: %(first)s to %(last)s") if is_before else _("%(first)s to %(last)s")) % words
    width = max(round(edges[1] - edges[0], 1), _LEAST_BAR)
    return PeriodBar(edges[0], width, title, span.last < today, is_before)


def _years(axis: YearAxis) -> list[YearMark]:
    years = range(axis.first.year, axis.last.year + 1)
    step = -(-len(years) // _SPARSE)
    return [YearMark(axis.x(dt.date(year, 1, 1)), str(year)) for year in years[::step]]
