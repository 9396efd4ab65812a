"""Time zones for files of calendars (RFC 5545, section 3.6.5): what a program reads that does not know the zone.

Each change of the clocks is told as the local time that they show when it begins, by the offset in use until then, as
the standard asks; icalendar's own maker tells a change forward by the offset that follows, an hour late.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = dt.timedelta(days=7)  # nowhere are clocks changed and changed back within a week
_SECOND = dt.timedelta(seconds=1)


def vtimezone(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone as it stands at the beginning of ``first_year``, and every change until the end of ``last_year``."""
    there = zoneinfo.ZoneInfo(zone)
    begin = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    component = Timezone()
    component.add("tzid", zone)
    component.add_component(_observance(begin, begin, there))
    for before, after in _changes(there, begin, dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC)):
        component.add_component(_observance(before, after, there))
    return component


def _changes(
    there: zoneinfo.ZoneInfo, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The last second before each change, and the first after it."""
    at = begin
    while at < end:
        following = at + _STEP
        if _offset(at, there) != _offset(following, there):
            yield _narrowed(at, following, there)
        at = following


def _narrowed(low: dt.datetime, high: dt.datetime, there: zoneinfo.ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    while high - low > _SECOND:
        middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _offset(middle, there) == _offset(low, there):
            low = middle
        else:
            high = middle
    return low, high


def _observance(
    before: dt.datetime, after: dt.datetime, there: zoneinfo.ZoneInfo
) -> TimezoneStandard | TimezoneDaylight:
    since = after.astimezone(there)
    component = TimezoneDaylight() if since.dst() else TimezoneStandard()
    component.add("tzname", since.tzname())
    component.add("tzoffsetfrom", _offset(before, there))
    component.add("tzoffsetto", _offset(after, there))
    component.add("dtstart", (after + _offset(before, there)).replace(tzinfo=None))
    return component


def _offset(moment: dt.datetime, there: zoneinfo.ZoneInfo) -> dt.timedelta:
    return moment.astimezone(there).utcoffset() or dt.timedelta()
