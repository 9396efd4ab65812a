"""The rows of the cockpit's timeline."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.cockpit import timeline_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def gantt_rows(context: dict[str, Any]) -> SafeString:
    """``rows`` of the page; they can be chosen where it has a form to act on several at once."""
    can_be_chosen = bool(context.get("act_form"))
    return timeline_rows(context["rows"], context["mechanism"].slug, can_be_chosen=can_be_chosen)
