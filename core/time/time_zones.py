"""Time zones as people choose them: places by part of the world, in the reader's language."""

import datetime as dt
import functools
import zoneinfo

from babel import Locale, localedata
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.translation import get_language, gettext_lazy as _

from core.language.i18n import babel_locale

_PARTS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}
Choices = list[tuple[str, list[tuple[str, str]]]]


class MissingTimeError(ValueError):
    """Clocks are put forward past this local time: they never show it."""


class DoubledTimeError(ValueError):
    """Clocks are put back to this local time: they show it twice, and it names no single moment."""


@functools.cache
def zones() -> tuple[str, ...]:
    """The zones of the database that belong to a place, without old names for the same one."""
    aliases, territories = get_global("zone_aliases"), get_global("zone_territories")
    there = zoneinfo.available_timezones()
    return tuple(
        sorted(name for name in there if name.split("/")[0] in _PARTS and name not in aliases and name in territories)
    )


def zone_choices() -> Choices:
    """For a select: the zones by part of the world and by the name of the place in the reader's language."""
    return [(str(_PARTS[part]), list(places)) for part, places in _places(babel_locale(get_language() or "en"))]


@functools.cache
def _places(locale_code: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    locale = Locale.parse(locale_code)
    return tuple((part, tuple(_of_part(part, locale))) for part in _PARTS)


def _of_part(part: str, locale: Locale) -> list[tuple[str, str]]:
    named = [(name, get_timezone_location(name, locale, return_city=True)) for name in zones()]
    return sorted((pair for pair in named if pair[0].startswith(f"{part}/")), key=lambda pair: pair[1].casefold())


def zone_of_territory(code: str) -> str:
    """The zone of a State by its two-letter code where it has a single one; empty otherwise."""
    territories = get_global("zone_territories")
    own = [name for name in zones() if territories[name] == code] if code else []
    return own[0] if len(own) == 1 else ""


def is_zone(name: str) -> bool:
    return name in zones()


def place_of_zone(name: str) -> str:
    """The place that a zone is named after, in the reader's language ("Vienna")."""
    return get_timezone_location(name, Locale.parse(babel_locale(get_language() or "en")), return_city=True)


def moment_of(day: dt.date, at: dt.time, zone: str) -> dt.datetime:
    """The moment, in UTC, at which the clocks of a zone show a local time on a day.

    Raises MissingTimeError and DoubledTimeError where they never show it or show it twice.
    """
    there = zoneinfo.ZoneInfo(zone)
    local = dt.datetime.combine(day, at, tzinfo=there)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return local.astimezone(dt.UTC)
    if local.astimezone(dt.UTC).astimezone(there).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise MissingTimeError(zone)
    raise DoubledTimeError(zone)


@functools.cache
def weekend_of_territory(code: str) -> tuple[int, ...]:
    """The weekend of a State by its two-letter code, as numbers of ISO 8601 (1 is Monday), by CLDR as Babel has it.

    Saturday and Sunday where CLDR knows no language of the territory.
    """
    known = (
        next((name for name in localedata.locale_identifiers() if name.endswith(f"_{code}")), None) if code else None
    )
    locale = Locale.parse(known or "en")
    first, last = locale.weekend_start, locale.weekend_end  # 0 is Monday
    return tuple(sorted((first + number) % 7 + 1 for number in range((last - first) % 7 + 1)))
