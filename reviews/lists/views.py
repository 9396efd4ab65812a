"""The list of reviews."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.web.views import ListPage, PolicyView
from reviews.cases.enums import ReviewAction
from reviews.lists.filters import ReviewFilterSet
from reviews.lists.selectors.last import last_filter
from reviews.lists.selectors.rows import for_list
from reviews.lists.services import remember_filter
from reviews.navigation import no_mechanism_yet
from reviews.programme import get_mechanism, mechanisms
from reviews.programme.models import Mechanism

MEMORY = "reviews"  # under which name it is remembered how the list was narrowed


class ReviewHomeView(PolicyView):
    """Leads to the list of the first mechanism, for links that know of none."""

    policy_action = ReviewAction.LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        mechanism = mechanisms().first()
        if mechanism is None:
            return no_mechanism_yet(request)
        return HttpResponseRedirect(reverse("reviews:review-list", args=[mechanism.slug]))


class ReviewListView(PolicyView, ListPage):
    """The reviews that the reader may know of, each with its step and who owes the next act by when."""

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Reviews")
    template_name = "reviews/lists/review_list.html"
    filter_label = gettext_lazy("Filter the reviews")
    unmatched_title = gettext_lazy("No review matches the filter")

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An address that says nothing opens the list as the reader last narrowed it; one that says so, all of it."""
        if request.GET:
            given = {"narrowed": self.filter, "sort": request.GET.get("sort", "")[:20]}
            remember_filter(actor=self.user, mechanism=self.mechanism, page=MEMORY, **given)
        elif query := last_filter(self.user, self.mechanism, MEMORY):
            return HttpResponseRedirect(f"{request.path}?{query}")
        return super().get(request, *args, **kwargs)

    def get_filter(self) -> ReviewFilterSet:
        return ReviewFilterSet(self.request.GET, mechanism=self.mechanism, user=self.user)

    def get_rows(self) -> Any:
        return self.filter.in_order(for_list(self.filter.qs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"mechanism": self.mechanism, "now": self.filter.now, "open_action": ReviewAction.OPEN}
        return super().get_context_data(**kwargs | shown)
