"""Small helpers of the page components."""

import datetime as dt
import functools
from typing import Any

from django import template
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, gettext

from core.enums import WorkState
from core.language.i18n import isolated, list_of
from core.time.dates import binding_moment, day_in_words, day_of, locale_here, moment_in_words, short_day, time_of_day
from core.time.distances import due_in, time_between

register = template.Library()


# Kept, since a long list writes the same days hundreds of times. Never of a moment, of which two are equal that fall on
# different days in different places.
_short = functools.lru_cache(maxsize=4096)(short_day)


@register.filter
def work_state(value: str) -> WorkState:
    """The state of work that a template names, for ``components/_state.html``."""
    return WorkState(value)


@register.filter(expects_localtime=True)
def date_words(value: dt.date | None) -> str:
    """A date in the reader's language ("1 December 2020"); of a moment, that in the reader's zone. Empty for none."""
    return day_in_words(value, "long", locale_here()) if value else ""


@register.filter
def day_alone(value: dt.datetime) -> dt.date:
    """The day of a moment of which only that is known, the same for readers in whatever zone."""
    return day_of(value)


@register.filter(expects_localtime=True)
def date_short(value: dt.date | None) -> str:
    """A date in the reader's language for a narrow column ("1 Dec 2020"); empty for none."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return _short(day, locale_here()) if day else ""


@register.filter(expects_localtime=True)
def month_words(value: dt.date) -> str:
    """A month in the reader's language ("December 2020"), where the day is nobody's business."""
    return day_in_words(value, "LLLL y", locale_here())


@register.filter(expects_localtime=True)
def month_short(value: dt.date) -> str:
    """The same for a narrow column ("Dec 2020")."""
    return day_in_words(value, "LLL y", locale_here())


@register.filter
def iso_date(value: str) -> dt.date:
    """A date that was kept as text (in the context of a mail) as a date again."""
    return dt.date.fromisoformat(value)


@register.filter
def datetime_words(value: dt.datetime | None) -> str:
    """Date and time of day in the reader's language and time zone, without seconds; empty for none."""
    if value is None:
        return ""
    return moment_in_words(value, _short(timezone.localtime(value).date(), locale_here()))


@register.filter
def binding_words(value: dt.datetime | None) -> str:
    """The same with the zone, where a moment binds States; empty for none."""
    return binding_moment(value) if value else ""


@register.filter
def saved_words(saved_at: dt.datetime, saved_by: str = "") -> str:
    """ "Saved 14:02 by …"; with its day where that is not today."""
    time = _time_or_day(saved_at)
    if saved_by:
        return gettext("Saved %(time)s by %(person)s") % {"time": time, "person": saved_by}
    return gettext("Saved %(time)s") % {"time": time}


def changed_words(saved_at: dt.datetime, person: str) -> str:
    """ "Changed by …, 14:02", of what a colleague has saved while one looks at it."""
    return gettext("Changed by %(person)s, %(time)s") % {"person": person, "time": _time_or_day(saved_at)}


def _time_or_day(moment: dt.datetime) -> str:
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return time_of_day(local, locale_here()) if is_today else datetime_words(moment)


@register.filter
def due_words(value: dt.date, today: dt.date) -> str:
    """How far a due date is, in words; counted from ``today`` where the reader of the date is in another place."""
    return due_in(value, today)


@register.filter
def since_words(value: dt.date, today: dt.date) -> str:
    """For how long something has lasted, in words ("for 1 year 8 months")."""
    return gettext("for %(time)s") % {"time": time_between(value, today)}


@register.filter
def names(items: Any) -> str:
    """Join names for running text in the reader's language."""
    return list_of([isolated(str(item)) for item in items])


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, for the circle that stands for a person."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])).upper() if words else ""


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def page_in(context: dict[str, Any], code: str) -> str:
    """The address of this page in another language; also where there is no such page, so that the error can be read."""
    here = context["request"].get_full_path()
    language, rest = here[1:].partition("/")[::2]
    return f"/{code}/{rest}" if language == get_language() else translate_url(here, code)
