"""Numbers, addresses and conditions of questions in templates."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.i18n import in_own_order
from questionnaires import wording
from questionnaires.definition import Item
from questionnaires.forms import moulds
from questionnaires.forms.items import ItemField

register = template.Library()


@register.filter
def anchor(code: str) -> str:
    """The id of an item on a page."""
    return wording.anchor(code)


@register.filter
def own_number(item: Item) -> str:
    """The item's own token as printed."""
    return wording.own_number(item)


@register.filter
def full_number(item: Item) -> str:
    """The number under which people speak of the item, kept in its order within right-to-left words."""
    return in_own_order(wording.full_number(item))


@register.simple_tag(takes_context=True)
def question(context: Context, field: ItemField) -> SafeString:
    """A question with its answer as it is filled in; ``history_at`` of the page: where that of item "_" lies."""
    return moulds.question(field, context["history_at"].replace("/_/", f"/{field.item.code}/"), context)
