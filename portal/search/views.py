"""The page of the search, the list of places to which the bar of every page leads, and what keys do."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.web.views import PolicyView
from portal.search.keys import SHORTCUTS
from portal.search.places import places_for
from portal.search.selectors import SHORTEST, found_for
from reviews.cases.enums import ReviewAction

LONGEST = 100  # letters of what is looked for


class GoView(PolicyView, TemplateView):
    """Where somebody may go from here: ``?from=`` a page, ``?q=`` words, ``?recent=`` pages of before.

    A script shows the same list over any page (``palette.js``). It changes nothing.
    """

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Go to")
    template_name = "portal/search/go.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        text = " ".join(given.get("q", "").split())[:LONGEST]
        places = places_for(self.user, given.get("from", ""), text, given.getlist("recent"))
        return super().get_context_data(text=text, places=places, here=given.get("from", ""), **kwargs)


class ShortcutsView(PolicyView, TemplateView):
    """What keys do; a switch for this browser turns them off."""

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Keyboard shortcuts")
    template_name = "portal/search/shortcuts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=SHORTCUTS, **kwargs)


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
