"""The timeline of reviews as server-made SVG: one small drawing a row, all on one scale; pure.

Bars say which step, never how well. In a right-to-left language time runs from right to left.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.templatetags.components import date_short
from core.time.deadlines import add
from portal.cockpit.selectors.cockpit import Ahead, Stay
from reviews.cases.models import Review
from reviews.due import today_where_owed
from reviews.programme.enums import StepKind
from reviews.programme.models import Step

WIDTH, HEIGHT, BAR_TOP, BAR_HEIGHT = 880, 36, 8, 20  # units of the drawing, which are pixels where it is not scaled
_LEAST_BAR, _ROOM_FOR_NUMBER = 3, 14
_TICKS, _TODAY = '<use href="#gantt-ticks"/>', '<use href="#gantt-today"/>'
_CLOSED_FOR = dt.timedelta(days=14)  # how long the bar of the closed step is, which has no end


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``first`` to ``last`` (both included) over the whole width."""

    first: dt.date
    last: dt.date
    is_mirrored: bool = False

    def x(self, day: dt.date) -> float:
        """Where a day begins, not held to the drawing."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(WIDTH * (1 - share if self.is_mirrored else share), 1)

    def span(self, begin: dt.date, end: dt.date) -> tuple[float, float] | None:
        """Place and width of what lies between two days, cut at the edges; None where nothing is left."""
        begin, end = max(begin, self.first), min(end, self.last + dt.timedelta(days=1))
        if begin > self.last or end <= self.first or end <= begin:
            return None
        edges = sorted((self.x(begin), self.x(end)))
        width = max(round(edges[1] - edges[0], 1), _LEAST_BAR)
        return min(edges[0], WIDTH - width), width

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Bar:
    """``number`` is that of the step among the steps of the mechanism; ``label`` is empty where it would not fit."""

    x: float
    width: float
    number: int
    title: str
    is_indicative: bool = False

    @property
    def label(self) -> str:
        return str(self.number) if self.width >= _ROOM_FOR_NUMBER else ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    def drawn(self) -> str:
        kind = "--indicative" if self.is_indicative else ""
        shape = f"app-gantt__bar--{self.number}" + (f" app-gantt__bar{kind}" if kind else "")
        number = f"app-gantt__number app-gantt__number{kind}" if kind else "app-gantt__number"
        words = f'<text class="{number}" x="{self.middle}" y="22">{self.label}</text>' if self.label else ""
        return (
            f'<g><title>{escape(self.title)}</title><rect class="{shape}" x="{self.x}" y="{BAR_TOP}" '
            f'width="{self.width}" height="{BAR_HEIGHT}" rx="2"/>{words}</g>'
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """The due date of an open milestone."""

    x: float
    title: str
    is_past: bool

    @property
    def points(self) -> str:
        """A diamond on the lower edge of the bar."""
        middle, size = BAR_TOP + BAR_HEIGHT, 5
        return f"{self.x - size},{middle} {self.x},{middle - size} {self.x + size},{middle} {self.x},{middle + size}"

    def drawn(self) -> str:
        kind = "app-gantt__mark app-gantt__mark--past" if self.is_past else "app-gantt__mark"
        return f'<polygon class="{kind}" points="{self.points}"><title>{escape(self.title)}</title></polygon>'


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class GanttRow:
    """``step``, ``next_act`` and ``today`` (where that is owed) are said in words where a drawing has no room."""

    review: Review
    bars: list[Bar]
    marks: list[Mark]
    since: dt.date | None
    step: str = ""
    next_act: Ahead | None = None
    today: dt.date | None = None

    @property
    def words(self) -> str:
        """The whole row for people who do not see it."""
        titles = [*(bar.title for bar in self.bars), *(mark.title for mark in self.marks)]
        return " ".join(f"{title}." for title in titles) or _("Nothing in this time.")

    @property
    def drawing(self) -> SafeString:
        """The shapes, between the lines of the axis and that of today, which the page draws once and uses in each row.

        Written here and not by a template: a page has thousands of them.
        """
        shapes = [_TICKS, *(bar.drawn() for bar in self.bars), _TODAY, *(mark.drawn() for mark in self.marks)]
        return mark_safe("".join(shapes))  # noqa: S308 - numbers, and words that are escaped above


def ticks(scale: Scale) -> list[Tick]:
    """Months for a year or less, quarters for three years, years beyond."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = 1 if months <= 13 else 3 if months <= 30 else 6 if months <= 48 else 12
    day = scale.first.replace(month=(scale.first.month - 1) // step * step + 1, day=1)
    found = []
    while day <= scale.last:
        if day >= scale.first and (scale.last - day).days > 20:
            label = str(day.year) if step == 12 else date_short(day).split(" ", 1)[1]
            found.append(Tick(scale.x(day), label))
        day = add(day, step, "months")
    return found


def rows_of(
    reviews: Iterable[Review],
    stays: Mapping[Any, Sequence[Stay]],
    ahead: Mapping[Any, Sequence[Ahead]],
    steps: Sequence[Step],
    scale: Scale,
    now: dt.datetime,
) -> list[GanttRow]:
    """``reviews`` of ``for_timeline``, with their ``stays_of`` and ``ahead_of``."""
    maker = _RowMaker(steps, scale, now)
    return [maker.row(review, stays[review.pk], ahead.get(review.pk, ())) for review in reviews]


class _RowMaker:
    """What all rows of a timeline share, the words of the steps among it: they are asked for once."""

    def __init__(self, steps: Sequence[Step], scale: Scale, now: dt.datetime) -> None:
        self._scale, self._now, self._today = scale, now, timezone.localdate(now)
        self._numbers = {step.pk: (place, step.kind, step.name) for place, step in enumerate(steps, start=1)}
        self._ended, self._going_on = _("%(step)s: %(since)s to %(until)s"), _("%(step)s: since %(since)s")
        self._until, self._due = _("%(step)s: indicatively until %(day)s"), _("%(milestone)s: due on %(day)s")

    def row(self, review: Review, stays: Sequence[Stay], ahead: Sequence[Ahead]) -> GanttRow:
        present = self._numbers[review.step_id][0]
        ahead = [each for each in ahead if self._numbers[each.step_id][0] >= present]
        bars = [bar for stay in stays if (bar := self._reached(stay))]
        if stays:
            bars += self._indicative(max(self._today, stays[-1].since), ahead)
        days: dict[str, dt.date] = {}
        for each in ahead:
            if each.owed_by not in days:
                days[each.owed_by] = today_where_owed(review, each.owed_by, self._now)
        marks = [
            Mark(
                self._scale.x(each.due_on),
                self._due % {"milestone": each.name, "day": date_short(each.due_on)},
                each.due_on < days[each.owed_by],
            )
            for each in ahead
            if self._scale.holds(each.due_on)
        ]
        step, first = str(self._numbers[review.step_id][2]), ahead[0] if ahead else None
        since, today = stays[-1].since if stays else None, days[first.owed_by] if first else None
        return GanttRow(review, bars, marks, since, step, first, today)

    def _reached(self, stay: Stay) -> Bar | None:
        number, kind, name = self._numbers[stay.step_id]
        if stay.since > self._today:
            return None
        end = stay.until or (stay.since + _CLOSED_FOR if kind == StepKind.CLOSING else self._today)
        span = self._scale.span(stay.since, max(end, stay.since + dt.timedelta(days=1)))
        if span is None:
            return None
        words = {"step": name, "since": date_short(stay.since), "until": date_short(stay.until)}
        return Bar(*span, number, (self._ended if stay.until else self._going_on) % words)

    def _indicative(self, begin: dt.date, ahead: Sequence[Ahead]) -> list[Bar]:
        """What lies ahead by the indicative dates: each step until the last of its milestones is due."""
        due: dict[Any, dt.date] = {}
        for each in ahead:
            due[each.step_id] = max(each.due_on, due.get(each.step_id, each.due_on))
        bars = []
        for step_id, day in sorted(due.items(), key=lambda item: self._numbers[item[0]][0]):
            if day <= begin:
                continue
            number, _kind, name = self._numbers[step_id]
            if span := self._scale.span(begin, day):
                bars.append(
                    Bar(*span, number, self._until % {"step": name, "day": date_short(day)}, is_indicative=True)
                )
            begin = day
        return bars
