"""The head of a table, said once for screens of every width."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def columns(context: dict[str, Any], *, actions: bool = False, **labels: str) -> SafeString:
    """``{% columns state=_("State") since=_("Since") %}``: the head of a table with these columns, in this order.

    On a narrow screen each row is a card whose cells say their column: it is ``column.state`` from here on. ``actions``
    adds a last column for links, which only screen readers are told of.
    """
    context["column"] = labels
    labelled = ((label,) for label in labels.values())
    cells = format_html_join("", '<th class="govuk-table__header" scope="col">{}</th>', labelled)
    last = (
        format_html(
            '<th class="govuk-table__header app-table__actions" scope="col">'
            '<span class="govuk-visually-hidden">{}</span></th>',
            _("Actions"),
        )
        if actions
        else ""
    )
    return format_html('<thead class="govuk-table__head"><tr class="govuk-table__row">{}{}</tr></thead>', cells, last)
