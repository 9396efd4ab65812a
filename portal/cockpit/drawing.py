"""What the cockpit draws, on the page and in print: its timeline and its chart of figures; no rules of its own."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.utils import timezone
from django.utils.translation import get_language_bidi

from core.time.deadlines import add
from portal.cockpit import gantt
from portal.cockpit.gantt import Scale
from portal.cockpit.selectors.cockpit import Ahead, Stay, ahead_of, stays_of
from portal.cockpit.selectors.figures import Month
from reviews.cases.models import Review
from reviews.programme import periods_of
from reviews.programme.models import Mechanism, PhasePeriod, Step

CHART_HEIGHT, CHART_FOOT, COLUMN = 200, 24, 28
NEAR = "near"  # a zoom: from three months ago to six months from now


@dataclass(frozen=True, slots=True)
class Zoom:
    """``key`` stands in the address: a year, ``phase-1``, ``NEAR`` for the months around today, or nothing for all."""

    key: str
    label: str


Span = tuple[dt.date, dt.date]


def spans_of(periods: Iterable[PhasePeriod], shown: Span, today: dt.date) -> dict[str, Span]:
    """What one can zoom to, with its first and last days: the months around today, the years and the phases.

    Of the programme as of the reviews shown, so that an address that somebody has kept shows the same as ever.
    """
    phases: dict[int, Span] = {}
    for row in periods:
        first, last = row.period.lower, row.period.upper - dt.timedelta(days=1)
        known = phases.get(row.phase.number, (first, last))
        phases[row.phase.number] = (min(first, known[0]), max(last, known[1]))
    days = [*shown, *(day for span in phases.values() for day in span)]
    years = range(min(days).year, max(days).year + 1)
    spans = {NEAR: (add(today, -3, "months"), add(today, 6, "months"))}
    spans |= {str(year): (dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years}
    return spans | {f"phase-{number}": span for number, span in sorted(phases.items())}


def time_of(stays: Mapping[Any, list[Stay]], ahead: Mapping[Any, list[Ahead]], today: dt.date) -> Span:
    """From the first to the last day of the reviews shown, in full quarters; today is in it."""
    days = [stay.since for each in stays.values() for stay in each]
    days += [row.due_on for each in ahead.values() for row in each]
    first, last = min([*days, today]), max([*days, today])
    begin = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
    end = add(last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1), 3, "months")
    return begin, end - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline. ``today_x`` is None where it does not hold today; ``zoom`` is empty for all time."""

    scale: Scale
    rows: list[gantt.GanttRow]
    ticks: list[gantt.Tick]
    today_x: float | None
    zooms: list[Zoom]
    zoom: str


def drawing_of(
    mechanism: Mechanism, reviews: Sequence[Review], steps: Sequence[Step], zoom: str, now: dt.datetime
) -> Drawing:
    """``reviews`` of ``for_timeline``; a ``zoom`` that is not known shows all time."""
    today, stays, ahead = timezone.localdate(now), stays_of(reviews), ahead_of(reviews)
    shown = time_of(stays, ahead, today)
    spans = spans_of(periods_of(mechanism), shown, today)
    scale = Scale(*spans.get(zoom, shown), is_mirrored=get_language_bidi())
    return Drawing(
        scale,
        gantt.rows_of(reviews, stays, ahead, steps, scale, now),
        gantt.ticks(scale),
        scale.x(today) if scale.holds(today) else None,
        _zooms(spans, shown),
        zoom if zoom in spans else "",
    )


def _zooms(spans: Mapping[str, Span], shown: Span) -> list[Zoom]:
    """Those that are offered: every phase, and the years in which there is something to see."""
    years = range(shown[0].year, shown[1].year + 1)
    keys = (key for key in spans if not key.isdigit() or int(key) in years)
    return [Zoom(key, key.removeprefix("phase-")) for key in keys if key != NEAR]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a column of the chart: so many reviews at the step with this number."""

    y: float
    height: float
    number: int
    count: int

    @property
    def middle(self) -> float:
        """The line on which a digit stands in the middle of it."""
        return round(self.y + self.height / 2 + 4, 2)


@dataclass(frozen=True, slots=True)
class Column:
    """``top`` is the line on which its total stands; ``year`` is said under the first column and under each January."""

    month: Month
    x: float
    top: float
    pieces: list[Piece]
    year: str


def columns_of(months: Sequence[Month]) -> tuple[list[Column], int]:
    """Columns of the chart of steps over time, the first month where the language begins, and its whole width."""
    most, width = max((month.total for month in months), default=0) or 1, max(len(months), 1) * COLUMN
    columns = []
    for place, month in enumerate(months):
        x = float(width - (place + 1) * COLUMN if get_language_bidi() else place * COLUMN)
        pieces, y = [], float(CHART_HEIGHT)
        for number, count in enumerate(month.counts, start=1):
            height = round(count / most * (CHART_HEIGHT - 20), 2)
            y = round(y - height, 2)
            if count:
                pieces.append(Piece(y, height, number, count))
        year = str(month.day.year) if place == 0 or month.day.month == 1 else ""
        columns.append(Column(month, x, y - 4, pieces, year))
    return columns, width


def with_query(address: str, query: str, **more: str) -> str:
    """An address with a filter, and other parts after it."""
    pairs = [(name, value) for name, values in parse_qs(query).items() for value in values]
    encoded = urlencode([*pairs, *((name, value) for name, value in more.items() if value)])
    return f"{address}?{encoded}" if encoded else address
