"""The addresses of the API, as the portal answers at them: for its own list, and for counting what has a twin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

NAMESPACE = "api"
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_SAFE = {"HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """``url``: with a name in braces where a value goes (RFC 6570); ``view``: the class that answers."""

    name: str
    url: str
    view: Any

    @property
    def methods(self) -> list[str]:
        return [method for method in self.view.allowed_methods.fget(self.view()) if method not in _SAFE]


def api_addresses() -> Iterator[ApiAddress]:
    """In the order in which they are looked for; without those that answer that there is nothing."""
    for each in get_resolver().url_patterns:
        if isinstance(each, URLResolver) and each.namespace == NAMESPACE:
            yield from _within(each, f"/{each.pattern}")


def _within(resolver: URLResolver, root: str) -> Iterator[ApiAddress]:
    for each in resolver.url_patterns:
        place = f"{root}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _within(each, place)
        elif isinstance(each, URLPattern) and hasattr(view := getattr(each.callback, "view_class", None), "twin_of"):
            yield ApiAddress(f"{each.name}", _ARGUMENT.sub(r"{\1}", place), view)
