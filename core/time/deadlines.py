"""Date arithmetic and the words for "due in …". Dates are indicative: nothing here locks anything."""

import calendar
import datetime as dt

from django.utils.translation import gettext as _, ngettext


def add(start: dt.date, amount: int, unit: str) -> dt.date:
    """Add ``amount`` of ``unit`` (``days``, ``weeks`` or ``months``); the day of the month is kept where it exists."""
    if unit == "days":
        return start + dt.timedelta(days=amount)
    if unit == "weeks":
        return start + dt.timedelta(weeks=amount)
    if unit == "months":
        month = start.month - 1 + amount
        year, month = start.year + month // 12, month % 12 + 1
        return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))
    raise ValueError(f"unknown unit {unit!r}")


def due_in(due_on: dt.date, today: dt.date) -> str:
    """Say in words how far a date is: "due in 3 days", "due today", "2 days past the indicative date"."""
    days = (due_on - today).days
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day past the indicative date", "%(days)d days past the indicative date", -days) % {
        "days": -days
    }
