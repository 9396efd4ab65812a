"""What a person reads on a page in the language of the page: its text, without what is marked as somebody's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement, document_fromstring

from core.language.i18n import OWN_NAMES

UNREAD = frozenset({"script", "style", "datalist", "path"})
# Text of a person, a name, a code or a number: it has no language of the interface.
UNMARKED = frozenset({"bdi", "code"})
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label")
# Names of things that Arabic texts write in Latin letters, addresses, and isolated codes; languages name themselves.
ALLOWED = re.compile(
    r"HTML|XLIFF|JSON|PDF|QR|Word|Excel|SHA-256|\b[IVX]+\b|X[A-Z]{2}|\d-X[A-Z]{2}|\S+@\S+|https?://\S*|%\w+%|"
    r"[\u2066\u2068][^\u2069]*\u2069|" + "|".join(OWN_NAMES.values())
)
LATIN = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class Reading:
    """``words``: runs of text in the language of the page, attributes that are shown or said included."""

    words: list[str]
    root: dict[str, str]


def read(page: str | HtmlElement, language: str) -> Reading:
    root = document_fromstring(page) if isinstance(page, str) else page
    return Reading(list(_words(root, language)), dict(root.attrib))


def english_in(page: Reading) -> list[str]:
    """Its words in Latin letters that are not allowed to be."""
    return sorted({text for text in page.words if LATIN.search(ALLOWED.sub("", text))})


def _words(element: Any, language: str) -> Iterator[str]:
    """Of an element that is read and of what is in it."""
    if not isinstance(element.tag, str) or _is_own(element, language):
        return
    yield from (value for name, value in element.items() if name in SPOKEN or name.startswith("data-says"))
    if element.tag == "input" and element.get("type") in {"submit", "button"}:
        yield element.get("value", "")
    yield from _folded(element.text)
    for child in element:
        yield from _words(child, language)
        yield from _folded(child.tail)


def _folded(text: str | None) -> Iterator[str]:
    if text and text.strip():
        yield " ".join(text.split())


def _is_own(element: Any, language: str) -> bool:
    if element.tag == "html":
        return False
    is_foreign = element.get("lang", language) != language
    return element.tag in UNREAD | UNMARKED or is_foreign or element.get("dir") in {"auto", "ltr"}
