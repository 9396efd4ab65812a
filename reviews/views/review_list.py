import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from core.pagination import NumberedPaginator
from core.views import PolicyView
from reviews.enums import ReviewAction
from reviews.forms import ReviewFilterForm
from reviews.forms.review_list import SORT_KEYS
from reviews.models import Mechanism
from reviews.selectors import lists
from reviews.selectors.programme import get_mechanism, mechanisms
from reviews.selectors.reviews import for_list

PAGE_SIZE = 50


class ReviewHomeView(PolicyView):
    """Leads to the list of the first mechanism, for links that know of none."""

    policy_action = ReviewAction.LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        mechanism = mechanisms()[0]
        return HttpResponseRedirect(reverse("reviews:review-list", args=[mechanism.slug]))


class ReviewListView(PolicyView, TemplateView):
    """The reviews that the reader may know of, each with its step and who owes the next act by when."""

    policy_action = ReviewAction.LIST
    template_name = "reviews/review_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mechanism = get_mechanism(self.kwargs["mechanism"])
        now = timezone.now()
        form = ReviewFilterForm(self.request.GET, mechanism=mechanism)
        form.is_valid()
        sort, descending = self._sorting()
        page = self._page(mechanism, form, now, sort, descending)
        context = {
            "mechanism": mechanism,
            "form_filter": form,
            "page": page,
            "now": now,
            "sort": sort,
            "is_descending": descending,
            "open_action": ReviewAction.OPEN,
        }
        return super().get_context_data(**kwargs | context)

    def _page(self, mechanism: Mechanism, form: ReviewFilterForm, now: dt.datetime, sort: str, descending: bool) -> Any:
        reviews = for_list(lists.reviews_of_mechanism(self.request.user, mechanism))  # type: ignore[arg-type]
        reviews = lists.ordered(form.narrow(reviews, now), sort, descending=descending)
        return NumberedPaginator(reviews, PAGE_SIZE).get_page(self.request.GET.get("page"))

    def _sorting(self) -> tuple[str, bool]:
        """``sort=due`` or ``sort=-due``; anything else means the default, the most urgent first."""
        wanted = self.request.GET.get("sort", "")
        key = wanted.removeprefix("-")
        return (key, wanted.startswith("-")) if key in SORT_KEYS else ("due", False)
