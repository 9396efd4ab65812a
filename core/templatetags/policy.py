"""Ask the policy in a template: ``{% decide action target as decision %}``; the template then only shows."""

from typing import Any

from django import template

from core.policy import Decision, explain

register = template.Library()


@register.simple_tag(takes_context=True)
def decide(context: dict[str, Any], action: Any, target: Any = None) -> Decision:
    return explain(context["request"].user, action, target)
