"""What a text of a person looks like, made once when it is saved and kept beside it (docs/adr/0024).

The kept form is sealed to the words that it was made of: a text that was changed by another way than ``save``, or HTML
that somebody wrote into the database, does not fit and is not shown; then the page makes it anew, within the budget.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Self

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from core.language.markdown import TooMuchError, to_html, to_html_within_budget, to_text

# Raised when the same text is to look otherwise, or when what cleans the HTML has learnt something.
FORMAT = 2
_SEAL_LENGTH = 64
_TAG = re.compile(r"<[^>]+>")
_BETWEEN_WORDS = re.compile(r"<(?!/?(?:em|strong|a|code)[ >])[^>]+>")


class RenderedText(str):
    """A text that carries its kept form, so that whatever shows it (``as_html``) need not make it again."""

    __slots__ = ("rendered",)
    rendered: str

    def __new__(cls, text: str, rendered: str = "") -> Self:
        written = super().__new__(cls, text)
        written.rendered = rendered
        return written


def render(text: str) -> str:
    """The form to keep; empty for a text beyond the budget, which is never kept as anything but words."""
    if not text:
        return ""
    try:
        html = to_html_within_budget(text)
    except TooMuchError:
        return ""
    return f"{_seal(text, html)}{html}"


def as_html(text: str) -> SafeString:
    """Safe HTML: as it is kept with the text, or made now."""
    html = _kept_html(text)
    return to_html(text) if html is None else mark_safe(html)  # noqa: S308 - sealed when nh3 had cleaned it


def as_words(text: str) -> str:
    """The words that a reader sees, without marks; a line a paragraph."""
    html = _kept_html(text)
    return to_text(text) if html is None else unescape(_TAG.sub("", _BETWEEN_WORDS.sub("\n", html)))


def is_rendering_of(text: str, rendered: str) -> bool:
    """Whether a kept form was made by us of exactly these words."""
    html = rendered[_SEAL_LENGTH:]
    return bool(html) and constant_time_compare(rendered[:_SEAL_LENGTH], _seal(text, html))


def render_all(texts: Iterable[str]) -> dict[str, str]:
    """The forms of the texts of a frozen document, to be kept beside it; ``written_in`` finds them again."""
    return {_key(text): rendered for text in texts if (rendered := kept_or_new(text))}


def written_in(text: str, rendered: Mapping[str, str]) -> RenderedText:
    """A text of a frozen document with the form that is kept beside the document, if there is one."""
    return RenderedText(text, rendered.get(_key(text), "") if rendered and text else "")


def kept_or_new(text: str) -> str:
    """The form that a text carries, or one made of it now."""
    kept = text.rendered if isinstance(text, RenderedText) else ""
    return kept if kept and is_rendering_of(text, kept) else render(text)


def _kept_html(text: str) -> str | None:
    if isinstance(text, RenderedText) and text.rendered and is_rendering_of(text, text.rendered):
        return text.rendered[_SEAL_LENGTH:]
    return None


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _seal(text: str, html: str) -> str:
    parts = f"{FORMAT} {len(text)} {text}{html}"
    return salted_hmac("core.rendering", parts, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
