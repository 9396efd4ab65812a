"""How far two days are apart, in words that people use: "5 years 11 months", and not "2172 days"."""

import datetime as dt

from django.utils.translation import gettext as _, ngettext

from core.time.deadlines import add

_IN_DAYS = 60  # what is farther is told in months: nobody counts in such days


def time_between(one: dt.date, other: dt.date, *, is_exact: bool = False) -> str:
    """In years and months, in days below a month; ``is_exact`` adds the days that are left. In either order."""
    begin, end = sorted((one, other))
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if add(begin, months, "months") > end:
        months -= 1
    days = (end - add(begin, months, "months")).days
    years, months = divmod(months, 12)
    parts = [_years(years)] if years else []
    parts += [_months(months)] if months else []
    if not parts or (is_exact and days):
        parts.append(ngettext("%(days)d day", "%(days)d days", days) % {"days": days})
    words = parts[0]
    for part in parts[1:]:
        words = _("%(more)s %(less)s") % {"more": words, "less": part}
    return words


def since_or_until(day: dt.date, today: dt.date, *, past: str, now: str, coming: str) -> str:
    """One of three sentences, translated; ``past`` and ``coming`` have a place ``%(time)s``."""
    if day == today:
        return now
    return (past if day < today else coming) % {"time": time_between(day, today)}


def due_in(due_on: dt.date, today: dt.date) -> str:
    """How far a date is: "due in 3 days", "due today", "5 years 11 months past the indicative date"."""
    days = (due_on - today).days
    if days == 0:
        return _("due today")
    if abs(days) > _IN_DAYS:
        words = _("due in %(time)s") if days > 0 else _("%(time)s past the indicative date")
        return words % {"time": time_between(due_on, today)}
    if days > 0:
        return ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day past the indicative date", "%(days)d days past the indicative date", -days) % {
        "days": -days
    }


def _years(number: int) -> str:
    return ngettext("%(years)d year", "%(years)d years", number) % {"years": number}


def _months(number: int) -> str:
    return ngettext("%(months)d month", "%(months)d months", number) % {"months": number}
