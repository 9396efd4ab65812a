"""Bars of what is told by instrument and heading; no rules of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi

from portal.general_review.selectors import GeneralFigures

WIDTH, LABEL, ROW, GAP, HEAD = 640, 44, 22, 18, 22


@dataclass(frozen=True, slots=True)
class ToldBar:
    """``number`` is that of the heading; ``value`` None is told as a dash, without a bar."""

    number: int
    value: int | None
    x: float
    y: float
    width: float
    label_x: float


@dataclass(frozen=True, slots=True)
class BarGroup:
    name: str
    name_x: float
    y: float
    bars: Sequence[ToldBar]


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    groups: Sequence[BarGroup]


def chart_of(figures: GeneralFigures) -> Chart | None:
    """From where the language begins; all bars on one scale."""
    counted = figures.by_instrument
    if counted is None:
        return None
    is_rtl, y, groups = get_language_bidi(), 0.0, []
    most = max(counted.lists, *(value or 0 for line in counted.table.lines for value in line.values))  # by chance
    for line in counted.table.lines:
        bars = []
        for number, value in enumerate(line.values, start=1):
            width = round((value or 0) / most * (WIDTH - LABEL), 2)
            top = y + HEAD + (number - 1) * ROW
            x = WIDTH - width if is_rtl else 0.0
            bars.append(ToldBar(number, value, x, top, width, WIDTH - width - 22 if is_rtl else width + 22))
        name = figures.instruments[line.names[0]]
        groups.append(BarGroup(name, WIDTH if is_rtl else 0.0, y + 14, bars))
        y += HEAD + len(line.values) * ROW + GAP
    return Chart(WIDTH, int(y), groups)
