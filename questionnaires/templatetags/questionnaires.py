"""Numbers, addresses and conditions of questions in templates."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.language.i18n import in_own_order
from core.policy import can
from core.templatetags.components import names
from questionnaires.answers import (
    Beside,
    ItemField,
    ProposedLine,
    contents_in_mould,
    proposed_line,
    question,
    read_head,
)
from questionnaires.definitions import Item
from questionnaires.laws import dated_words, kind_words, language_words, standing_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.reuse import origin_words
from questionnaires.sharing.enums import SharingAction
from questionnaires.submissions import VersionHistory
from questionnaires.wording import anchor, full_number, own_number

register = template.Library()
register.filter("origin_words", origin_words)
register.filter("law_dated", dated_words)
register.filter("law_kind", kind_words)
register.filter("law_language", language_words)
register.filter("law_standing", standing_of)
register.filter("anchor", anchor)
register.filter("own_number", own_number)


@register.filter(name="full_number")
def full_number_in_order(item: Item) -> str:
    """The number under which people speak of the item, kept in its order within right-to-left words."""
    return in_own_order(full_number(item))


@register.filter
def is_translated(item: Item, translations: Mapping[str, str] | None) -> bool:
    """Whether any of what is shown of an item is a translation (by text, ``translation_for_reader``)."""
    texts = (item.text, *item.options, *(footnote.text for footnote in item.footnotes))
    return translations is not None and any(text in translations for text in texts)


@register.simple_tag(takes_context=True)
def answer_changes(context: Context, history: VersionHistory, code: str) -> SafeString | str:
    """In which version an answer was changed last, with what, and what was sent beside it; nothing for most."""
    if code not in history.marked:
        return ""
    found = {"change": history.changes.get(code), "beside": history.beside.get(code, ())}
    whole: dict[str, Any] = {**cast(dict[str, Any], context.flatten()), **found}
    return render_to_string("questionnaires/submissions/_changed.html", whole)


@register.simple_tag
def changed_since(history: VersionHistory | None, code: str, at: dt.datetime | None) -> SafeString | str:
    """That an answer has changed since something was written on it; nothing where it has not."""
    number = history.changed_after([code], at) if history else None
    return changed_words(number)


@register.simple_tag(takes_context=True)
def lists_audiences(context: Context, submission: ResponseSubmission) -> bool:
    """Whether the reader sees who else reads the answers."""
    return can(context["request"].user, SharingAction.LIST, submission)


@register.simple_tag
def changed_words(number: int | None) -> SafeString | str:
    if number is None:
        return ""
    words = gettext("The answer has changed since, in version %(number)s.") % {"number": number}
    return format_html('<p class="app-changed-since">{}</p>', words)


@register.simple_tag(takes_context=True)
def contents_beside(context: Context) -> SafeString:
    """The contents beside a section (``contents`` of the page)."""
    return contents_in_mould(context["contents"], context["overview"], context)


@register.simple_tag(takes_context=True)
def proposed(context: Context, here: Beside, item: Item) -> SafeString:
    """That ministries propose at a question; ``proposals_at`` of the page: the address for item "_"."""
    url = context["proposals_at"].replace("/_/", f"/{item.code}/")
    count, words = len(here.ministries), names(here.ministries)
    return proposed_line(ProposedLine(count, here.new, url, words, full_number_in_order(item)))


@register.simple_tag(takes_context=True, name="read_head")
def head_to_read(context: Context, item: Item) -> SafeString:
    """What is asked, above an answer that is read."""
    return read_head(item, context)


@register.filter
def question_words(item: Item) -> str:
    """ "Question 5 (a)"."""
    return gettext("Question %(number)s") % {"number": full_number_in_order(item)}


@register.simple_tag(takes_context=True, name="question")
def filled_in(context: Context, field: ItemField) -> SafeString:
    """A question with its answer as it is filled in; ``history_at`` and ``notes_at`` of the page: those of item "_"."""
    history, notes = (context[name].replace("/_/", f"/{field.item.code}/") for name in ("history_at", "notes_at"))
    return question(field, history, notes, context)
