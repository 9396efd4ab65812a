from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView

from core.pagination import NumberedPaginator
from core.views import PolicyView
from lots.enums import DrawAction
from lots.selectors.draws import draws_of
from lots.views.base import MechanismPage
from reviews.selectors.programme import mechanisms

PAGE_SIZE = 50


class DrawHomeView(PolicyView):
    """Leads to the draws of the first mechanism, for links that know of none."""

    policy_action = DrawAction.LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        mechanism = mechanisms()[0]
        return HttpResponseRedirect(reverse("lots:draw-list", args=[mechanism.slug]))


class DrawListView(MechanismPage, TemplateView):
    """All draws of a mechanism, the latest first, each with how far it has come."""

    policy_action = DrawAction.LIST
    template_name = "lots/draw_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draws = draws_of(self.request.user, self.mechanism)  # type: ignore[arg-type]
        page = NumberedPaginator(draws, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, prepare_action=DrawAction.PREPARE, **kwargs)
