"""On which day a reminder leaves, and whether: pure functions, so that the whole rule can be read and tested here.

All of it is ours (docs/adr/0018); resolution 10/1 knows no reminders.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from uuid import UUID

from reviews.reminders import DueReminder
from reviews.reminders.enums import ReminderAudience

# A reminder that could not be sent on its day is sent within this time; days on which no planner ran do not count.
CATCH_UP = dt.timedelta(days=3)
# So long after a gap what was missed in it is still looked for: until everybody's hour has come.
AFTER_A_GAP = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)
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


def day_of(due: DueReminder) -> dt.date:
    """The day of a reminder; one that was postponed comes back on the day chosen, or on the Monday after."""
    if due.days is not None:
        return send_day(due.due_on, due.days)
    if due.snoozed_until is None:
        raise ValueError("a reminder without a rule is one that was postponed")
    day = due.snoozed_until
    return day if day.weekday() < _SATURDAY or day == due.due_on else _monday_after(day)


def may_be_muted(due: DueReminder) -> bool:
    """What a focal point gets on the day and after it always comes: somebody has to hear it for the State."""
    is_early = due.days is not None and due.days < 0
    return is_early or due.audience != ReminderAudience.FOCAL_POINTS


def leaves(due: DueReminder, day: dt.date, sent_on: dt.date | None = None) -> bool:
    """Whether the reminder goes this way to this addressee, given what its owner has said; ``day`` is its day.

    One that was missed is ``sent_on`` a later day, and then it counts who is away on that day.
    Postponed: nothing before the day chosen. Handed to a colleague, or away with a deputy: it goes there, and to the
    owner only what cannot be muted. Muted: nothing but that.
    """
    if due.snoozed_until is not None and due.days is not None and day <= due.snoozed_until:
        return False
    sent_on = sent_on or day
    is_away = due.away_from is not None and due.away_until is not None and due.away_from <= sent_on <= due.away_until
    if due.way == "colleague":
        return True
    if due.way == "deputy":
        return is_away
    if not may_be_muted(due):
        return True
    is_with_others = due.colleague is not None or (is_away and due.deputy is not None)
    return not is_with_others and not due.is_muted


def gap_began(today: dt.date, ran_on: Iterable[dt.date]) -> dt.date | None:
    """The last day before a gap on which the planner ran, where one has just ended; of several, before the first.

    ``ran_on`` are the days on which it ran to its end, the last one first.
    """
    began, later = None, today
    for day in ran_on:
        if day >= later:
            continue
        if (began or today) - later > AFTER_A_GAP:
            break
        if later - day > _DAY:
            began = day
        later = day
    return began


def due_today(
    dues: Iterable[DueReminder], today: dt.date, last_digest: dt.date | None, gap: dt.date | None = None
) -> list[DueReminder]:
    """What one person's digest of ``today`` holds: its own day's, and what has been missed since the last one.

    ``gap`` is the day from which no planner ran (``gap_began``). Of several reminders of an act the last one counts.
    """
    since = max(last_digest or dt.date.min, (gap or today) - CATCH_UP)
    chosen: dict[tuple[UUID, UUID, str], tuple[dt.date, DueReminder]] = {}
    for due in dues:
        day, act = day_of(due), (due.milestone, due.owner, due.way)
        if since < day <= today and leaves(due, day, today) and (act not in chosen or chosen[act][0] < day):
            chosen[act] = day, due
    return [due for _day, due in chosen.values()]


def local_time(now: dt.datetime, zone: str, default: str) -> dt.datetime:
    """The time where somebody is; where the zone is empty or unknown to the machine, that of ``default``."""
    try:
        return now.astimezone(zoneinfo.ZoneInfo(zone or default))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return now.astimezone(zoneinfo.ZoneInfo(default))
