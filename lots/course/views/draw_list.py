from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View

from core.policy import can
from core.web.pages import Crumb
from core.web.views import ListPage
from lots.draws import MechanismPage, draws_of
from lots.draws.enums import DrawAction
from reviews.navigation import no_mechanism_yet
from reviews.programme import mechanisms


class DrawHomeView(View):
    """Leads to the draws that somebody may see: those of the first mechanism, or the public ones."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not can(request.user, DrawAction.LIST):
            return HttpResponseRedirect(reverse("lots:public-draw-list"))
        if (first := mechanisms().first()) is None:
            return no_mechanism_yet(request)
        return HttpResponseRedirect(reverse("lots:draw-list", args=[first.slug]))


class DrawListView(MechanismPage, ListPage):
    """All draws of a mechanism, the latest first, each with how far it has come."""

    policy_action = DrawAction.LIST
    title = gettext_lazy("Draws")
    template_name = "lots/course/draw_list.html"
    empty_title = gettext_lazy("No draw has been prepared yet")
    empty_text = gettext_lazy(
        "The first step is to freeze the input: which States take part, and under which rules. A draw for training "
        "takes the fictional States."
    )

    def get_trail(self) -> list[Crumb]:
        return []

    def get_rows(self) -> Any:
        return draws_of(self.request.user, self.mechanism)  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            prepare_action=DrawAction.PREPARE, bring_in_action=DrawAction.BRING_IN, **kwargs
        )
