"""The pages of private consultations. Their titles name nobody: they stand in the history of a browser."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView

from core.errors import found
from core.policy import explain
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceActionView, ServiceFormView
from reviews.cases import language_of
from reviews.concerns.enums import ConcernAction
from reviews.concerns.forms import MessageForm, OpenForm
from reviews.concerns.models import Concern, ConcernMessage
from reviews.concerns.selectors import concerns_visible_to, get_concern_for, messages_of, officers_asked_in, others_in
from reviews.concerns.services import close_concern, open_concern, settle_concern, write_message
from reviews.navigation import ReviewPage


class ConcernListView(ReviewPage, TemplateView):
    policy_action = ConcernAction.LIST
    title = pgettext_lazy("page of a review", "Concerns")
    template_name = "reviews/concerns/concern_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            concerns=list(concerns_visible_to(self.user, self.review)),
            open_decision=explain(self.user, ConcernAction.OPEN, self.review),
            **kwargs,
        )


class BelowConcerns(ReviewPage):
    def list_url(self) -> str:
        return reverse("reviews:concern-list", args=self.address)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(pgettext("page of a review", "Concerns"), self.list_url())]

    def url_of(self, concern: Concern) -> str:
        return reverse("reviews:concern-detail", args=[*self.address, concern.pk])


class ConcernOpenView(BelowConcerns, ServiceFormView):
    policy_action = ConcernAction.OPEN
    form_class = OpenForm
    title = gettext_lazy("Open a private consultation")
    submit_label = gettext_lazy("Open and send")
    template_name = "reviews/concerns/concern_open.html"
    keeps = False  # nothing of it stays in the browser

    def get_form_kwargs(self) -> dict[str, Any]:
        others, in_charge = others_in(self.user, self.review), officers_asked_in(self.review)
        language = language_of(self.review)
        return {**super().get_form_kwargs(), "others": others, "officers": in_charge, "language": language}

    def back_url(self) -> str:
        return self.list_url()

    def perform(self, form: OpenForm) -> Concern:
        return open_concern(actor=self.user, review=self.review, **form.cleaned_data)

    def success_message_for(self, result: Concern) -> str:
        return _("The consultation is open. Those who take part are told by mail that something waits.")

    def success_url_for(self, result: Concern) -> str:
        return self.url_of(result)


class ConcernPage(BelowConcerns):
    policy_target: Concern

    def get_policy_target(self) -> Concern:
        return get_concern_for(self.user, self.find_review(), self.kwargs["concern"])

    @property
    def concern(self) -> Concern:
        return self.policy_target


class ConcernDetailView(ConcernPage, ServiceFormView):
    """What was written, and a box to write in."""

    policy_action = ConcernAction.WRITE
    form_class = MessageForm
    title = gettext_lazy("Private consultation")
    submit_label = pgettext_lazy("a message", "Send")
    template_name = "reviews/concerns/concern_detail.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": language_of(self.review)}

    @cached_property
    def messages(self) -> list[ConcernMessage]:
        return list(messages_of(self.concern))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        concern = self.concern
        if self.request.method == "POST":  # refused: closed meanwhile, it says so
            concern = get_concern_for(self.user, self.review, concern.pk)
        return super().get_context_data(
            concern=concern,
            sent=self.messages,
            close_decision=explain(self.user, ConcernAction.CLOSE, concern),
            **kwargs,
        )

    def perform(self, form: MessageForm) -> ConcernMessage:
        return write_message(actor=self.user, concern=self.concern, text=form.cleaned_data["text"])

    def success_message_for(self, result: object) -> str:
        return _("The message is sent to those who take part.")

    def success_url_for(self, result: object) -> str:
        return self.url_of(self.concern)


class UpToMessage(ConcernPage):
    """An act that rests on the message that stood last on the page."""

    @cached_property
    def last_read(self) -> ConcernMessage:
        return found(messages_of(self.concern).filter(pk=self.kwargs["message"]).first())


class ConcernSettleView(UpToMessage, ServiceActionView):
    """Nothing to add up to the message that stood last on the page."""

    policy_action = ConcernAction.WRITE

    def perform(self) -> str:
        settle_concern(actor=self.user, concern=self.concern, message=self.last_read)
        return _("Nothing of it waits for you until somebody writes again.")

    def next_url(self) -> str:
        return self.list_url()


class ConcernCloseView(UpToMessage, ConfirmedActView):
    policy_action = ConcernAction.CLOSE
    title = gettext_lazy("Close the consultation")
    consequences = (
        gettext_lazy("Nothing more can be written in it. Those who took part can still read it."),
        gettext_lazy("If something is left open later, open another one."),
    )
    success_message = gettext_lazy("The consultation is closed.")

    def back_url(self) -> str:
        return self.url_of(self.concern)

    def perform(self, form: Any) -> Concern:
        return close_concern(actor=self.user, concern=self.concern, message=self.last_read)
