"""Which part of the portal a page belongs to, so that the main navigation can say where one is."""

from typing import Any

from django import template
from django.urls import ResolverMatch

register = template.Library()

# The part by the first word of the address after the language and the mechanism.
_PARTS = {
    "reviews": "reviews",
    "plans": "reviews",
    "questionnaires": "questionnaires",
    "states": "states",
    "directory": "directory",
    "cockpit": "cockpit",
    "accounts": "people",
    "access-requests": "people",
    "staff-sessions": "people",
    "deliveries": "people",
    "draws": "draws",
}
# Whose rules are told under the reviews of a mechanism; without one they are the reader's own.
_PARTS_OF_MECHANISM = {**_PARTS, "reminders": "reviews"}
# The pages to which the navigation itself leads.
_PAGES = {
    "portal:dashboard": "work",
    "reviews:review-list": "reviews",
    "questionnaires:questionnaire-list": "questionnaires",
    "reviews:state-list": "states",
    "reviews:directory": "directory",
    "portal:cockpit": "cockpit",
    "accounts:account-list": "people",
    "lots:draw-list": "draws",
    "lots:public-draw-list": "draws",
}


@register.simple_tag
def current_part(match: ResolverMatch | None) -> dict[str, str]:
    """By part, what ``aria-current`` says: "page" for the page itself, "true" for those below it; one part or none."""
    if match is None:
        return {}
    if match.view_name in _PAGES:
        return {_PAGES[match.view_name]: "page"}
    words: list[Any] = match.route.split("/")[1:]
    parts = _PARTS
    if words and words[0] == "<slug:mechanism>":
        words, parts = words[1:], _PARTS_OF_MECHANISM
    part = parts.get(words[0]) if words else None
    return {part: "true"} if part else {}
