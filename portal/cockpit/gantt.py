"""The timeline of reviews as server-made SVG: one small drawing a row, all on one scale; pure.

Bars say which step, never how well. In a right-to-left language time runs from right to left.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.templatetags.components import date_short
from core.time.deadlines import add
from portal.cockpit.selectors.cockpit import Stay
from reviews.cases import today_where_owed
from reviews.cases.models import Review, ReviewMilestone
from reviews.programme.enums import StepKind
from reviews.programme.models import Step

WIDTH, HEIGHT, BAR_TOP, BAR_HEIGHT = 880, 36, 8, 20  # units of the drawing, which are pixels where it is not scaled
_LEAST_BAR, _ROOM_FOR_NUMBER = 3, 14
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


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    review: Review
    bars: list[Bar]
    marks: list[Mark]
    since: dt.date | None

    @property
    def words(self) -> str:
        """The whole row for people who do not see it."""
        titles = [*(bar.title for bar in self.bars), *(mark.title for mark in self.marks)]
        return " ".join(f"{title}." for title in titles) or _("Nothing in this time.")


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


def rows_of(reviews: Iterable[Review], stays: Any, steps: Sequence[Step], scale: Scale, now: dt.datetime) -> list[Row]:
    """``reviews`` of ``for_cockpit``; ``stays`` from ``stays_of``."""
    numbers = {step.pk: (place, step) for place, step in enumerate(steps, start=1)}
    return [_row(review, stays[review.pk], numbers, scale, now) for review in reviews]


def _row(review: Review, stays: Sequence[Stay], numbers: Any, scale: Scale, now: dt.datetime) -> Row:
    today = timezone.localdate(now)
    bars = [bar for stay in stays if (bar := _reached(stay, numbers, scale, today))]
    milestones: list[ReviewMilestone] = [
        row for row in getattr(review, "open_milestones", []) if row.plan.step.order >= review.step.order
    ]
    if stays:
        bars += _indicative(max(today, stays[-1].since), milestones, numbers, scale)
    marks = [
        Mark(
            scale.x(row.due_on),
            _("%(milestone)s: due on %(day)s") % {"milestone": row.plan.name, "day": date_short(row.due_on)},
            row.due_on < today_where_owed(review, row.plan.owed_by, now),
        )
        for row in milestones
        if scale.holds(row.due_on)
    ]
    return Row(review, bars, marks, stays[-1].since if stays else None)


def _reached(stay: Stay, numbers: Any, scale: Scale, today: dt.date) -> Bar | None:
    number, step = numbers[stay.step_id]
    if stay.since > today:
        return None
    end = stay.until or (stay.since + _CLOSED_FOR if step.kind == StepKind.CLOSING else today)
    span = scale.span(stay.since, max(end, stay.since + dt.timedelta(days=1)))
    if span is None:
        return None
    words = {"step": step.name, "since": date_short(stay.since), "until": date_short(stay.until)}
    title = _("%(step)s: %(since)s to %(until)s") if stay.until else _("%(step)s: since %(since)s")
    return Bar(*span, number, title % words)


def _indicative(begin: dt.date, milestones: Sequence[ReviewMilestone], numbers: Any, scale: Scale) -> list[Bar]:
    """What lies ahead by the indicative dates: each step until the last of its milestones is due."""
    due: dict[Any, dt.date] = {}
    for row in milestones:
        due[row.plan.step_id] = max(row.due_on, due.get(row.plan.step_id, row.due_on))
    bars = []
    for step_id, day in sorted(due.items(), key=lambda item: numbers[item[0]][0]):
        if day <= begin:
            continue
        number, step = numbers[step_id]
        if span := scale.span(begin, day):
            words = {"step": step.name, "day": date_short(day)}
            bars.append(Bar(*span, number, _("%(step)s: indicatively until %(day)s") % words, is_indicative=True))
        begin = day
    return bars
