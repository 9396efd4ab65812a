"""When a meeting to come takes place, in words."""

import datetime as dt
import zoneinfo
from typing import Any, Protocol

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from core.language.i18n import isolated
from core.time.dates import day_in_words, locale_here, time_of_day
from core.time.time_zones import is_zone, place_of_zone

register = template.Library()


class Timed(Protocol):
    """A meeting to come, or a time that is thought of for one."""

    @property
    def starts_at(self) -> Any: ...  # a moment; mypy meets the rows before it knows what their fields give

    @property
    def time_zone(self) -> Any: ...

    @property
    def minutes(self) -> Any: ...

    @property
    def local_start(self) -> dt.datetime: ...

    @property
    def ends_at(self) -> dt.datetime: ...


@register.filter
def when_there(meeting: Timed) -> str:
    """ "Monday, 7 December 2026, 10:00–11:30 (Vienna)": by the clocks of the meeting's own zone."""
    return _span(meeting, zoneinfo.ZoneInfo(meeting.time_zone), meeting.time_zone)


@register.filter
def when_here(meeting: Timed) -> str:
    """The same by the reader's clocks; empty where they show the same."""
    here = timezone.get_current_timezone()
    if meeting.starts_at.astimezone(here).utcoffset() == meeting.local_start.utcoffset():
        return ""
    return _span(meeting, here, timezone.get_current_timezone_name())


@register.filter
def lasts(meeting: Timed) -> str:
    """The duration in hours and minutes."""
    hours, minutes = divmod(meeting.minutes, 60)
    parts = [
        ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours} if hours else "",
        ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes} if minutes else "",
    ]
    return " ".join(filter(None, parts))


def _span(meeting: Timed, zone: dt.tzinfo, name: str) -> str:
    locale = locale_here()
    start, end = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    until = time_of_day(end, locale)
    if end.date() != start.date():
        until = f"{day_in_words(end, 'long', locale)}, {until}"
    facts = {
        "day": day_in_words(start, "full", locale),
        "time": f"{time_of_day(start, locale)}–{until}",
        "place": isolated(place_of_zone(name) if is_zone(name) else name),
    }
    return _("%(day)s, %(time)s (%(place)s)") % facts
