"""What is asked, as it stands above an answer that is read: made once of the same words in the same languages.

Nothing of an answer is in it. It is kept under every word that it says, and not under a version and a code: whoever
reads a file that was never published here, or a question that came without its condition, reads its own words.
"""

from typing import Any

from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.language.terminology import tongue
from questionnaires.definitions import Item

MOST_KEPT = 4096
_OF_PAGE = ("official", "translations", "shown_in")
_kept: dict[tuple[Any, ...], SafeString] = {}


def read_head(item: Item, context: Context) -> SafeString:
    """``official``, ``translations`` and ``shown_in`` of the context are those of the page (``_official.html``)."""
    page = {name: context.get(name) for name in _OF_PAGE}
    key = (tongue(), *_said(item), *_languages(page), *_translated(item, page["translations"]))
    head = _kept.get(key)
    if head is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        head = _kept[key] = rendered_head(item, page)
    return head


def rendered_head(item: Item, page: dict[str, Any]) -> SafeString:
    """The same by its template, anew."""
    return render_to_string("questionnaires/definitions/_read_head.html", {**page, "item": item})


def _said(item: Item) -> tuple[Any, ...]:
    return item.number, item.text, item.options, item.footnotes, item.voluntary, item.self_assessed


def _languages(page: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(getattr(page[name], part, None) for name in ("official", "shown_in") for part in ("code", "direction"))


def _translated(item: Item, translations: Any) -> tuple[Any, ...]:
    """What its texts are in the reader's language; of none whether the page has translations at all."""
    if not translations:
        return ()
    texts = (item.text, *item.options, *(footnote.text for footnote in item.footnotes))
    return tuple(map(translations.get, texts))
