"""Numbers, addresses and conditions of questions in templates."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.language.i18n import in_own_order
from questionnaires.answers import ItemField, question
from questionnaires.definitions import Item, anchor, full_number, own_number

register = template.Library()
register.filter("anchor", anchor)
register.filter("own_number", own_number)


@register.filter(name="full_number")
def full_number_in_order(item: Item) -> str:
    """The number under which people speak of the item, kept in its order within right-to-left words."""
    return in_own_order(full_number(item))


@register.simple_tag(takes_context=True, name="question")
def filled_in(context: Context, field: ItemField) -> SafeString:
    """A question with its answer as it is filled in; ``history_at`` of the page: where that of item "_" lies."""
    return question(field, context["history_at"].replace("/_/", f"/{field.item.code}/"), context)
