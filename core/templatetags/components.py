"""Small helpers of the page components."""

import datetime as dt
import functools
from typing import Any

from babel.dates import format_date, format_time, get_datetime_format
from django import template
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, gettext

from core.deadlines import due_in
from core.i18n import babel_locale, isolated, list_of

register = template.Library()


def _locale() -> str:
    return babel_locale(get_language() or "en")


@functools.lru_cache(maxsize=4096)
def _short(value: dt.date, locale: str) -> str:
    """With the month in letters, also where the language's own short form is in figures (Arabic).

    Never of a moment, of which two are equal that fall on different days in different places. Kept, since a long list
    writes the same days hundreds of times.
    """
    return format_date(value, format="d MMM y" if locale == "ar" else "medium", locale=locale)


@register.filter
def date_words(value: dt.date | None) -> str:
    """A date in the reader's language ("1 December 2020"); empty for none."""
    return format_date(value, format="long", locale=_locale()) if value else ""


@register.filter
def date_short(value: dt.date | None) -> str:
    """A date in the reader's language for a narrow column ("1 Dec 2020"); empty for none."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return _short(day, _locale()) if day else ""


@register.filter
def month_words(value: dt.date) -> str:
    """A month in the reader's language ("December 2020"), where the day is nobody's business."""
    return format_date(value, format="LLLL y", locale=_locale())


@register.filter
def iso_date(value: str) -> dt.date:
    """A date that was kept as text (in the context of a mail) as a date again."""
    return dt.date.fromisoformat(value)


@register.filter
def datetime_words(value: dt.datetime | None) -> str:
    """Date and time of day in the reader's language and time zone, without seconds; empty for none."""
    if value is None:
        return ""
    local, locale = timezone.localtime(value), _locale()
    pattern = str(get_datetime_format("medium", locale=locale))
    return pattern.format(format_time(local, format="short", locale=locale), _short(local.date(), locale)).replace(
        "'", ""
    )


@register.filter
def saved_words(saved_at: dt.datetime, saved_by: str = "") -> str:
    """ "Saved 14:02 by …"; with its day where that is not today."""
    local = timezone.localtime(saved_at)
    is_today = local.date() == timezone.localdate()
    time = format_time(local, format="short", locale=_locale()) if is_today else datetime_words(saved_at)
    if saved_by:
        return gettext("Saved %(time)s by %(person)s") % {"time": time, "person": saved_by}
    return gettext("Saved %(time)s") % {"time": time}


@register.filter
def due_words(value: dt.date, today: dt.date) -> str:
    """How far a due date is, in words; counted from ``today`` where the reader of the date is in another place."""
    return due_in(value, today)


@register.filter
def names(items: Any) -> str:
    """Join names for running text in the reader's language."""
    return list_of([isolated(str(item)) for item in items])


@register.filter
def get_item(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def page_in(context: dict[str, Any], code: str) -> str:
    """The address of this page in another language; also where there is no such page, so that the error can be read."""
    here = context["request"].get_full_path()
    there = translate_url(here, code)
    if there == here and here.startswith(f"/{get_language()}/"):
        return f"/{code}/{here.split('/', 2)[2]}"
    return there
