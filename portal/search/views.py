"""The page of the search; the bar of every page leads here."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.web.views import PolicyView
from portal.search.selectors import SHORTEST, found_for
from reviews.cases.enums import ReviewAction

LONGEST = 100  # letters of what is looked for


class SearchView(PolicyView, TemplateView):
    """What the reader may find, by kind. It changes nothing, and what was looked for is kept nowhere."""

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Search")
    template_name = "portal/search/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = " ".join(self.request.GET.get("q", "").split())[:LONGEST]
        is_asked = len(text) >= SHORTEST
        found = found_for(self.user, text) if is_asked else []
        return super().get_context_data(text=text, is_asked=is_asked, shortest=SHORTEST, found=found, **kwargs)
