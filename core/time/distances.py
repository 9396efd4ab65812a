"""How far two days are apart, in words that people use: "5 years 11 months", and not "2172 days"."""

import datetime as dt

from django.utils.translation import gettext as _, ngettext

from core.time.deadlines import add


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


def _years(number: int) -> str:
    return ngettext("%(years)d year", "%(years)d years", number) % {"years": number}


def _months(number: int) -> str:
    return ngettext("%(months)d month", "%(months)d months", number) % {"months": number}
