"""What the HTML of a document needs beside its words."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from core.language.i18n import in_own_order, list_of
from core.language.rendering import as_html, as_words
from core.language.text import is_web_address
from observations.documents import paragraph_marker
from reviews.programme import question_number

register = template.Library()
_HEADING = re.compile(r"<(/?)h[1-6]>")


@register.filter
def written(text: str) -> SafeString:
    """The experts' words as safe HTML. Headings belong to the blueprint: one in these words is a paragraph in bold."""
    html = _HEADING.sub(lambda match: "</strong></p>" if match[1] else "<p><strong>", as_html(text))
    return mark_safe(html)  # noqa: S308 - cleaned by core.language.markdown; only headings were replaced


@register.filter
def in_words(text: str) -> str:
    """The experts' words without marks, in one line."""
    return " ".join(as_words(text).split())


@register.filter
def web_address(link: str) -> str:
    """The link where it leads to the web; empty for anything else that a person gave as one."""
    return link if is_web_address(link) else ""


@register.filter
def paragraph_number(number: int, language: str) -> str:
    """What stands before a paragraph, as the files of the document print it."""
    with translation.override(language):
        return paragraph_marker(number)


@register.filter
def question_numbers(codes: tuple[str, ...]) -> str:
    """Numbers of questions as they are printed, for running text in the reader's language."""
    return list_of([in_own_order(question_number(code)) for code in codes])


@register.filter
def linked_data(facts: Mapping[str, Any]) -> SafeString:
    """What programs read of a page (JSON-LD), where a page holds it; nothing in it ends the element."""
    words = json.dumps(facts, ensure_ascii=False).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - no sign of HTML is left
