"""Opening, submitting, returning, clearing: each act has a page that says what it does, and a button."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.web.forms import AccessibleForm
from core.web.views import ServiceActionView, ServiceFormView
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.forms import ConfirmForm, ReturnResponseForm
from questionnaires.responses.selectors.responses import overview_for
from questionnaires.responses.services import (
    open_response,
    return_response,
    submit_response_for_clearance,
)
from questionnaires.responses.views.base import BelowResponse
from questionnaires.responses.views.overview import missing_by_section
from reviews.cases.models import Review
from reviews.visibility import get_review_for


class ResponseOpenView(ServiceActionView):
    """The secretariat opens the self-assessment from the review's page."""

    policy_action = ResponseAction.OPEN
    policy_target: Review

    def get_policy_target(self) -> Review:
        user: Any = self.request.user
        return get_review_for(user, self.kwargs["mechanism"], self.kwargs["code"])

    def perform(self) -> str:
        open_response(self.user, self.policy_target)
        return _("The self-assessment is open. The State under review can answer now.")

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])


class ResponseActView(BelowResponse, ServiceFormView):
    """An act on a response that is confirmed on a page of its own and leads back to the overview."""

    form_class: type[AccessibleForm] = ConfirmForm

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = overview_for(self.user, self.response)
        return super().get_context_data(overview=overview, sections=missing_by_section(overview), **kwargs)


class ResponseSubmitView(ResponseActView):
    policy_action = ResponseAction.SUBMIT_FOR_CLEARANCE
    title = gettext_lazy("Submit for clearance")
    template_name = "questionnaires/responses/response_submit.html"
    success_message = gettext_lazy("The answers are with the focal point for clearance.")

    def perform(self, form: ConfirmForm) -> object:
        return submit_response_for_clearance(self.user, self.response)


class ResponseReturnView(ResponseActView):
    policy_action = ResponseAction.RETURN
    form_class = ReturnResponseForm
    title = gettext_lazy("Return to the experts")
    template_name = "questionnaires/responses/response_return.html"
    success_message = gettext_lazy("The answers are with the experts again.")

    def perform(self, form: ReturnResponseForm) -> object:
        return return_response(self.user, self.response, reason=form.cleaned_data["reason"])
