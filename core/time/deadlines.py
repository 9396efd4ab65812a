"""Date arithmetic. Dates are indicative: nothing here locks anything."""

import calendar
import datetime as dt


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
