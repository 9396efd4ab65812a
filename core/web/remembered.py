"""The filter that a person last had on a list, for whoever comes back to it. The cache keeps it, and may lose it."""

from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache

from core.web.filters import PortalFilterSet

_PREFIX = "filter"
_KEPT_FOR = 180 * 24 * 60 * 60  # seconds


def remember(person: Any, page: str, narrowed: PortalFilterSet, **beside: str) -> None:
    """What narrows now, with what goes along (``beside``: how the list is sorted or shown); nothing ends it."""
    along = {name: value for name, value in beside.items() if value}
    query = urlencode({**narrowed.chosen, **along}) if narrowed.is_active else ""
    if query == remembered(person, page):
        return
    if query:
        cache.set(_key(person, page), query, _KEPT_FOR)
    else:
        cache.delete(_key(person, page))


def remembered(person: Any, page: str) -> str:
    """What follows the question mark of the address; empty where nothing narrowed."""
    return cache.get(_key(person, page)) or ""


def _key(person: Any, page: str) -> str:
    return f"{_PREFIX}:{page}:{person.pk}"
