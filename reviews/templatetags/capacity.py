"""For whom the reader acts, on every page under a review (templates/base.html)."""

from typing import Any

from django import template

from reviews.capacities import Capacity, known_capacities, with_state

register = template.Library()


@register.inclusion_tag("reviews/capacities/_acting_for.html", takes_context=True)
def acting_for(context: dict[str, Any]) -> dict[str, Capacity | None]:
    """The capacity that the policy found for the review in the page's address; without a query on nearly all.

    A person may have several: on pages of other reviews, and on lists, this says nothing.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not {"mechanism", "code"} <= match.kwargs.keys():
        return {"capacity": None}
    capacities = known_capacities(request.user) if hasattr(request, "user") else []
    return {"capacity": with_state(capacities[0]) if len(capacities) == 1 else None}
