"""Pieces of pages that say the same to everybody but for a few values: rendered once, and the values put in after.

A template is rendered with a mark in the place of each value, and what comes of it is kept, cut at the marks. Whoever
keeps a mould keeps it under everything that its words hang on: the thing itself, the language, and whose words are
spoken (``core.language.terminology.tongue``).
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_OPEN, _CLOSE = "\x02", "\x03"  # control characters, which stand in no text (``core.language.text``)
_MARK = re.compile(f"{_OPEN}(.*?){_CLOSE}")


def mark(name: str) -> SafeString:
    """What stands in the template for the value of this name."""
    return mark_safe(f"{_OPEN}{name}{_CLOSE}")  # noqa: S308 a name that a programmer gave


class Mould:
    """``html``: what was rendered with the marks in it."""

    def __init__(self, html: str) -> None:
        self._pieces: list[str] = _MARK.split(html)
        self._names = self._pieces[1::2]

    def fill(self, values: Mapping[str, Any]) -> SafeString:
        """The piece with the values, escaped but for those that are safe. Raises KeyError where one is missing."""
        pieces = self._pieces.copy()
        pieces[1::2] = [
            value if type(value) is SafeString else conditional_escape(value)
            for value in map(values.__getitem__, self._names)
        ]
        return mark_safe("".join(pieces))  # noqa: S308 rendered, and escaped
