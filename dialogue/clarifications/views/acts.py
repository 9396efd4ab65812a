"""Acts on a request that each have a page which says what follows."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.web.views import ConfirmedActView
from dialogue.clarifications.forms import ClarificationSendForm
from dialogue.clarifications.services import (
    LONGEST,
    close_clarification,
    discard_clarification,
    send_answer,
    send_clarification,
)
from dialogue.clarifications.views.pages import ClarificationPage
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import ClarificationRequest
from reviews.cases import limits_of
from reviews.drafts import SendsToTable, WritingForm

ANSWER_DAYS = "clarification_answer"  # the limit that says within how many days an answer is asked for
# Who is told. What is asked from the first day is told in the words of a private consultation (record 49).
_OF_REQUEST = gettext_lazy("The focal point of the State under review is told by mail that a request has come.")
_OF_EARLY_REQUEST = gettext_lazy(
    "The focal point and the experts of the State under review are told by mail that there is something new."
)
_OF_ANSWER = gettext_lazy("The focal point and the experts of the State that asked are told by mail that it has come.")
_OF_EARLY_ANSWER = gettext_lazy(
    "The focal point and the experts of the State that asked are told by mail that there is something new."
)


class ClarificationActView(ClarificationPage, ConfirmedActView):
    """``base`` is the revision of what the act is about, as the page shows it."""

    form_class = WritingForm
    template_name = "dialogue/clarifications/clarification_act.html"

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.clarification.revision}


class ClarificationSendView(SendsToTable, ClarificationActView):
    """The focal point says by when an answer is asked for; the rules of the mechanism propose a day."""

    form_class = ClarificationSendForm
    policy_action = ExchangeAction.SEND_CLARIFICATION
    title = gettext_lazy("Send the request")
    success_message = gettext_lazy("The request has been sent to the State under review.")

    def get_initial(self) -> dict[str, Any]:
        days = limits_of(self.review, ANSWER_DAYS).get(ANSWER_DAYS)
        due_on = timezone.localdate() + dt.timedelta(days=min(days, LONGEST)) if days else None
        return {**super().get_initial(), "due_on": due_on}

    def get_consequences(self) -> list[str | Promise]:
        told = _OF_EARLY_REQUEST if self.subject.is_open_early else _OF_REQUEST
        closed = [_("The request from whose answer it goes on is closed.")] if self.clarification.follows_id else []
        return [*super().get_consequences(), told, *closed, _("It can no longer be changed.")]

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return send_clarification(actor=self.user, request=self.clarification, **form.cleaned_data)


class ClarificationDiscardView(ClarificationActView):
    policy_action = ExchangeAction.EDIT_CLARIFICATION
    title = gettext_lazy("Discard the draft")
    consequences = (gettext_lazy("The draft is deleted. It was not sent to the State under review."),)
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")

    def perform(self, form: WritingForm) -> None:
        discard_clarification(actor=self.user, request=self.clarification, base=form.cleaned_data["base"])

    def success_url_for(self, result: object) -> str:
        return self.list_url()


class ClarificationAnswerSendView(SendsToTable, ClarificationActView):
    policy_action = ExchangeAction.SEND_ANSWER
    title = gettext_lazy("Send the answer")
    success_message = gettext_lazy("The answer has been sent to the reviewing States.")

    def get_consequences(self) -> list[str | Promise]:
        told = _OF_EARLY_ANSWER if self.subject.is_open_early else _OF_ANSWER
        return [*super().get_consequences(), told, _("It can no longer be changed.")]

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.answer.revision if self.answer else 0}

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return send_answer(actor=self.user, request=self.clarification, **form.cleaned_data)


class ClarificationCloseView(ClarificationActView):
    policy_action = ExchangeAction.CLOSE_CLARIFICATION
    title = gettext_lazy("Close the request")
    consequences = (
        gettext_lazy("Your State has no more questions here. What was asked and answered stays readable."),
        gettext_lazy("A request that has not been answered cannot be answered any more."),
        gettext_lazy("If something is left open later, ask anew."),
    )
    success_message = gettext_lazy("The request is closed.")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.answer.revision if self.answer and self.answer.sent_at else 0}

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return close_clarification(actor=self.user, request=self.clarification, base=form.cleaned_data["base"])
