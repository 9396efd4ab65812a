"""The tour of a page."""

from typing import Any

from django import template

from portal.tour import TourOfPage, tour_at

register = template.Library()


@register.simple_tag(takes_context=True)
def tour_of_page(context: dict[str, Any]) -> TourOfPage | None:
    """The tour of the page as it was asked for; a page that gives a form back, or says why there is none, has none."""
    request = context["request"]
    match = request.resolver_match
    is_asked_for = match is not None and request.method == "GET" and "view" in context
    return tour_at(request.user, match.view_name) if is_asked_for else None
