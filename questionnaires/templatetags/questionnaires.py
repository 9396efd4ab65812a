"""Numbers, addresses and conditions of questions in templates."""

from collections.abc import Mapping

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.language.i18n import in_own_order
from questionnaires.answers import ItemField, question
from questionnaires.definitions import Item, anchor, full_number, own_number
from questionnaires.laws import dated_words, kind_words, language_words, standing_of

register = template.Library()
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


@register.simple_tag(takes_context=True, name="question")
def filled_in(context: Context, field: ItemField) -> SafeString:
    """A question with its answer as it is filled in; ``history_at`` of the page: where that of item "_" lies."""
    return question(field, context["history_at"].replace("/_/", f"/{field.item.code}/"), context)
