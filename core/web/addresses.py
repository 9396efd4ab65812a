"""The addresses of the portal as its own code reads them."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern


@cache
def first_words() -> frozenset[str]:
    """What an address begins with after its language, where that is a word of the portal's own.

    What is named by people, and stands there too, is called none of them: it could not be reached.
    """
    return frozenset(_first_words(get_resolver().url_patterns))


def _first_words(patterns: Iterable[Any]) -> Iterator[str]:
    for each in patterns:
        route = "" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        word = route.lstrip("^").split("/")[0]
        if route:
            if word and "<" not in word and "(" not in word:
                yield word
        elif hasattr(each, "url_patterns"):
            yield from _first_words(each.url_patterns)
