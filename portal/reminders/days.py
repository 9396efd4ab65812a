"""On which day a reminder leaves, and whether: pure functions, so that the whole rule can be read and tested here.

All of it is ours (docs/adr/0018); resolution 10/1 knows no reminders.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable

from reviews.enums import ReminderAudience
from reviews.selectors.reminders import Due

# A planner that was down sends what it has missed, if it is not older than this.
CATCH_UP = dt.timedelta(days=3)
_SATURDAY = 5


def send_day(due_on: dt.date, days: int) -> dt.date:
    """The day on which the reminder of a rule leaves: ``days`` after the indicative date.

    None leaves on a Saturday or Sunday, except on the date itself. Before the date it leaves on the Friday before, so
    that nobody loses a day; after it on the Monday after.
    """
    day = due_on + dt.timedelta(days=days)
    if days == 0 or day.weekday() < _SATURDAY:
        return day
    return _friday_before(day) if days < 0 else _monday_after(day)


def _friday_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday() - _SATURDAY + 1)


def _monday_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=7 - day.weekday())


def day_of(due: Due) -> dt.date:
    """The day of a reminder; one that was postponed comes back on the day chosen, or on the Monday after."""
    if due.days is not None:
        return send_day(due.due_on, due.days)
    if due.snoozed_until is None:
        raise ValueError("a reminder without a rule is one that was postponed")
    day = due.snoozed_until
    return day if day.weekday() < _SATURDAY or day == due.due_on else _monday_after(day)


def may_be_muted(due: Due) -> bool:
    """What a focal point gets on the day and after it always comes: somebody has to hear it for the State."""
    is_early = due.days is not None and due.days < 0
    return is_early or due.audience != ReminderAudience.FOCAL_POINTS


def leaves(due: Due, day: dt.date) -> bool:
    """Whether the reminder goes this way to this addressee, given what its owner has said; ``day`` is its day.

    Postponed: nothing before the day chosen. Handed to a colleague, or away with a deputy: it goes there, and to the
    owner only what cannot be muted. Muted: nothing but that.
    """
    if due.snoozed_until is not None and due.days is not None and day <= due.snoozed_until:
        return False
    is_away = due.away_from is not None and due.away_until is not None and due.away_from <= day <= due.away_until
    if due.way == "colleague":
        return True
    if due.way == "deputy":
        return is_away
    if not may_be_muted(due):
        return True
    is_with_others = due.colleague is not None or (is_away and due.deputy is not None)
    return not is_with_others and not due.is_muted


def due_today(dues: Iterable[Due], today: dt.date, last_digest: dt.date | None) -> list[Due]:
    """What one person's digest of ``today`` holds: its own day's, and what has been missed since the last one."""
    since = max(last_digest or dt.date.min, today - CATCH_UP)
    chosen = ((due, day_of(due)) for due in dues)
    return [due for due, day in chosen if since < day <= today and leaves(due, day)]


def local_time(now: dt.datetime, zone: str, default: str) -> dt.datetime:
    """The time where somebody is; where the zone is empty or unknown to the machine, that of ``default``."""
    try:
        return now.astimezone(zoneinfo.ZoneInfo(zone or default))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return now.astimezone(zoneinfo.ZoneInfo(default))
