"""Opening, submitting, returning, recalling: each act has a page that says what it does, and a button."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ServiceFormView
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import overview_for
from questionnaires.responses import BelowResponse
from questionnaires.responses.enums import ResponseStatus
from questionnaires.sending.forms import ConfirmForm, OpenResponseForm, RecallResponseForm, ReturnResponseForm
from questionnaires.sending.naming import codes_named
from questionnaires.sending.services import (
    open_response,
    recall_response,
    return_response,
    submit_response_for_clearance,
)
from questionnaires.sending.views.missing import missing_by_section
from questionnaires.submissions import last_before, latest_submission
from reviews.drafts import RecallView
from reviews.navigation import ReviewPage
from reviews.opening import warnings_of_answering


class ResponseOpenView(ReviewPage, ConfirmedActView):
    """The secretariat opens the self-assessment from the review's page, by one press; only where the phase should not
    begin yet the page comes back, says why, and asks for a reason.
    """

    policy_action = ResponseAction.OPEN
    form_class = OpenResponseForm
    title = gettext_lazy("Open the self-assessment")
    template_name = "questionnaires/sending/response_open.html"
    success_message = gettext_lazy("The self-assessment is open. The State under review can answer now.")
    consequences = (
        gettext_lazy("The State under review can answer from now on, and its people see the questionnaire."),
        gettext_lazy("If it was not recorded yet that the consultations were held, it is recorded with today’s date."),
    )

    @property
    def warnings(self) -> list[str]:
        return warnings_of_answering(self.review)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asks_why": bool(self.warnings)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(warnings=self.warnings, **kwargs)

    def perform(self, form: OpenResponseForm) -> object:
        return open_response(self.user, self.review, reason=form.cleaned_data.get("reason", ""))

    def back_url(self) -> str:
        return reverse("portal:review-detail", args=self.address)


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
    template_name = "questionnaires/sending/response_submit.html"
    success_message = gettext_lazy("The answers are with the focal point for clearance.")

    def perform(self, form: ConfirmForm) -> object:
        return submit_response_for_clearance(self.user, self.response)


class ResponseReturnView(ResponseActView):
    policy_action = ResponseAction.RETURN
    form_class = ReturnResponseForm
    title = gettext_lazy("Return to the experts")
    template_name = "questionnaires/sending/response_return.html"
    success_message = gettext_lazy("The answers are with the experts again.")

    def perform(self, form: ReturnResponseForm) -> object:
        codes = codes_named(self.index, form.cleaned_data["questions"])
        return return_response(self.user, self.response, reason=form.cleaned_data["reason"], codes=codes)


class ResponseRecallView(BelowResponse, RecallView):
    """Take back what was sent, as long as no reviewing State has opened it."""

    policy_action = ResponseAction.RECALL
    form_class = RecallResponseForm
    title = gettext_lazy("Recall the answers")
    template_name = "questionnaires/sending/response_recall.html"
    success_message = gettext_lazy(
        "The answers are recalled: they are with your State again, and can be changed and sent anew."
    )
    done_before = gettext_lazy("The answers were recalled at %(time)s.")

    def stands_now(self) -> tuple[bool, dt.datetime | None]:
        self.response = self.find_response()
        return self.response.status == ResponseStatus.SENT, self.response.recalled_at

    def author(self) -> UUID:
        return self.review.state_under_review_id

    def get_initial(self) -> dict[str, Any]:
        sent = latest_submission(self.review)
        return {"number": sent.number if sent else 0}

    def perform(self, form: RecallResponseForm) -> object:
        given = form.cleaned_data
        return recall_response(self.user, self.response, reason=given["reason"], number=given["number"])

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = latest_submission(self.review)
        before = last_before(self.response, sent.number) if sent else None
        return super().get_context_data(sent=sent, before=before, **kwargs)
