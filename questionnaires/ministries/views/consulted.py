from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.web.views import ServiceActionView, ServiceFormView
from questionnaires.definitions.enums import ResponseAction
from questionnaires.ministries.forms import ConsultedBodyForm
from questionnaires.ministries.services import add_consulted_body, remove_consulted_body
from questionnaires.responses import BelowResponse, ResponsePage


class ConsultedBodiesView(BelowResponse, ServiceFormView):
    """Whom the State has heard for its answers, and one more; for its own people alone."""

    policy_action = ResponseAction.RENDER_DRAFT
    form_class = ConsultedBodyForm
    title = gettext_lazy("Consulted bodies")
    template_name = "questionnaires/ministries/consulted_bodies.html"
    success_message = gettext_lazy("It is on the list.")
    keeps = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = self.response.consulted_bodies.select_related("added_by")
        return super().get_context_data(bodies=bodies, write=self.decision(ResponseAction.ANSWER), **kwargs)

    def perform(self, form: ConsultedBodyForm) -> object:
        return add_consulted_body(actor=self.user, response=self.response, **form.cleaned_data)

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:consulted-bodies", args=self.address)


class ConsultedBodyRemoveView(ResponsePage, ServiceActionView):
    policy_action = ResponseAction.ANSWER

    def perform(self) -> str:
        remove_consulted_body(actor=self.user, response=self.response, body=self.kwargs["body"])
        return _("It is off the list.")

    def next_url(self) -> str:
        return reverse("questionnaires:consulted-bodies", args=self.address)
