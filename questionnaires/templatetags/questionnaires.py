"""Numbers, addresses and conditions of questions in templates."""

from django import template

from core.i18n import in_own_order
from questionnaires import wording
from questionnaires.definition import Item

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
