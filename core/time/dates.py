"""Days and moments in words: as United Nations documents write them, and with the zone where a moment binds."""

import datetime as dt
import re
from functools import lru_cache

from babel.dates import format_date, format_time, get_datetime_format
from django.utils import timezone
from django.utils.translation import get_language

from core.language.i18n import babel_locale, in_own_order

# Documents of the United Nations name a month twice in Arabic; Babel knows the second name, often in another spelling.
_MONTHS_IN_ARABIC = {
    "يناير": "كانون الثاني/يناير",
    "فبراير": "شباط/فبراير",
    "مارس": "آذار/مارس",
    "أبريل": "نيسان/أبريل",
    "مايو": "أيار/مايو",
    "يونيو": "حزيران/يونيه",
    "يوليو": "تموز/يوليه",
    "أغسطس": "آب/أغسطس",
    "سبتمبر": "أيلول/سبتمبر",
    "أكتوبر": "تشرين الأول/أكتوبر",
    "نوفمبر": "تشرين الثاني/نوفمبر",
    "ديسمبر": "كانون الأول/ديسمبر",
}
_MONTH = re.compile("|".join(_MONTHS_IN_ARABIC))
_SPACES = re.compile(r"\s")


# Falls on the same day from the Americas to Auckland.
_ANY_HOUR = dt.time(11, tzinfo=dt.UTC)


def moment_on(day: dt.date) -> dt.datetime:
    """The moment that is kept of something of which only the day is known; ``day_of`` gives the day again."""
    return min(dt.datetime.combine(day, _ANY_HOUR), timezone.now())


def day_of(moment: dt.datetime) -> dt.date:
    """The day for which a moment from ``moment_on`` stands: the same for whoever reads it, wherever he or she is."""
    return moment.astimezone(dt.UTC).date()


def latest_day(zone: dt.tzinfo) -> dt.date:
    """The last day of which such a moment has come: today in a zone, but no later than that of UTC."""
    return min(timezone.localdate(timezone=zone), day_of(timezone.now()))


def locale_here() -> str:
    """The locale of the active language."""
    return babel_locale(get_language() or "en")


def day_in_words(day: dt.date, form: str, locale: str) -> str:
    """A day in one of Babel's forms or patterns ("long", "LLLL y")."""
    return _day_words(day.year, day.month, day.day, form, locale)


# What Babel makes of a day or a time of day is kept: a page of answers says some forty. Under figures, since a moment
# is the same in another zone and its words are not.
@lru_cache(maxsize=2048)
def _day_words(year: int, month: int, day: int, form: str, locale: str) -> str:
    words = format_date(dt.date(year, month, day), format=form, locale=locale)
    return _MONTH.sub(lambda month: _MONTHS_IN_ARABIC[month[0]], words) if locale == "ar" else words


def short_day(day: dt.date, locale: str) -> str:
    """With the month in letters, also where the language's own short form is in figures (Arabic)."""
    return day_in_words(day, "d MMM y" if locale == "ar" else "medium", locale)


def moment_in_words(moment: dt.datetime, day: str | None = None) -> str:
    """Date and time of day in the active language and time zone, without seconds."""
    local, locale = timezone.localtime(moment), locale_here()
    pattern = str(get_datetime_format("medium", locale=locale))
    words = pattern.format(_unbroken(time_of_day(local, locale)), day or short_day(local.date(), locale))
    return words.replace("'", "")


def binding_moment(moment: dt.datetime) -> str:
    """The same with its zone, for what is read elsewhere and later: "26 Nov 2026, 20:26 (UTC+1)"."""
    zone = _offset(timezone.localtime(moment))
    return f"{moment_in_words(moment)}\u00a0({in_own_order(zone)})"


def time_of_day(moment: dt.datetime, locale: str) -> str:
    return _clock_time(moment.hour, moment.minute, locale)


@lru_cache(maxsize=2048)
def _clock_time(hour: int, minute: int, locale: str) -> str:
    return format_time(dt.time(hour, minute), format="short", locale=locale)


def unbroken_day(day: dt.date, locale: str) -> str:
    """A day in full that no line parts, for running text in print."""
    return _unbroken(day_in_words(day, "long", locale))


def _offset(local: dt.datetime) -> str:
    minutes = int((local.utcoffset() or dt.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _unbroken(text: str) -> str:
    return _SPACES.sub("\u00a0", text)
