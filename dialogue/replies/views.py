"""Where a reply is written, sent and recalled; it is read below the feedback."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ToldWhenDone
from dialogue.exchange import reply_to
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import FeedbackReply, WrittenFeedback
from dialogue.feedback import BelowFeedback, WholeFeedbackPage
from dialogue.replies.forms import ReplyForm, SendReplyForm
from dialogue.replies.selectors import get_reply_for
from dialogue.replies.services import draft_reply, recall_reply, send_reply
from reviews.cases import language_of
from reviews.drafts import (
    RecallForm,
    RecallView,
    SendsOnce,
    SendsToTable,
    Shown,
    WritingView,
    shown_in_room,
    stands_as_sent,
)


class ReplyPage(BelowFeedback, WholeFeedbackPage):
    """A page of the reply to one feedback, which stands below: whoever comes here opens that."""

    @cached_property
    def reply(self) -> FeedbackReply | None:
        return reply_to(self.user, self.feedback)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "feedback_sha256": self.feedback.sha256}  # type: ignore[misc]

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the feedback, and what is sent, as they are by now."""
        self.look_anew()
        super().rest(form, error)  # type: ignore[misc]
        form.carry(feedback_sha256=self.feedback.sha256)

    def look_anew(self) -> None:
        super().look_anew()
        self.__dict__.pop("reply", None)

    def success_url_for(self, result: object) -> str:
        return f"{self.url}#reply"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"reply": self.reply, "back": f"{self.url}#reply", **kwargs})


class ReplyWriteView(ReplyPage, WritingView):
    policy_action = ExchangeAction.DRAFT_REPLY
    read_action = ExchangeAction.VIEW_FEEDBACK
    form_class = ReplyForm
    title = gettext_lazy("Reply to the feedback")
    template_name = "dialogue/replies/reply_form.html"
    previewed = "text"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.language}

    @property
    def language(self) -> str:
        return self.reply.language if self.reply else language_of(self.review)

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, self.review.state_under_review_id)

    def get_initial(self) -> dict[str, Any]:
        reply = self.reply
        written = {"text": reply.text, "base": reply.revision} if reply else {"base": 0}
        return {**super().get_initial(), **written}

    def perform(self, form: ReplyForm) -> FeedbackReply:
        return draft_reply(actor=self.user, feedback=self.feedback, **form.cleaned_data)

    def success_message_for(self, result: FeedbackReply) -> str:
        message = _("The draft is saved. Nobody outside of %(state)s sees it until the focal point sends it.")
        return message % {"state": self.review.state_under_review}


class ReplySendView(SendsOnce, ToldWhenDone, SendsToTable, ReplyPage, ConfirmedActView):
    """The second press of an impatient finger leads to what the first one sent."""

    policy_action = ExchangeAction.SEND_REPLY
    form_class = SendReplyForm
    title = gettext_lazy("Send the reply")
    template_name = "dialogue/replies/reply_send.html"
    success_message = gettext_lazy("The reply has been sent to all States of the review.")

    def done_before(self) -> str:
        reply = self.piece_now()
        is_as_shown = stands_as_sent(reply, self.request.POST.get("number"))
        if reply is None or not is_as_shown or self.home != self.review.state_under_review_id:
            return ""
        return _("This was done at %(time)s.") % {"time": datetime_words(reply.sent_at)}

    def done_url(self) -> str:
        return self.success_url_for(None)

    def piece_now(self) -> FeedbackReply | None:
        return reply_to(self.user, self.get_policy_target())

    def get_initial(self) -> dict[str, Any]:
        reply = self.reply
        facts = {"base": reply.revision, "number": reply.next_number} if reply else {"base": 0, "number": 1}
        return {**super().get_initial(), **facts}

    def get_consequences(self) -> list[str | Promise]:
        return [
            *super().get_consequences(),
            _("The focal points of the reviewing States are told by mail that a reply has come."),
            _("It is frozen, and its checksum (SHA-256) is kept. You may recall it as long as nobody has opened it."),
        ]

    def perform(self, form: SendReplyForm) -> FeedbackReply:
        return send_reply(actor=self.user, feedback=self.feedback, **form.cleaned_data)


class ReplyRecallView(BelowFeedback, RecallView):
    """Take back what was sent, as long as nobody of a reviewing State has opened it."""

    policy_action = ExchangeAction.RECALL_REPLY
    title = gettext_lazy("Recall the reply")
    success_message = gettext_lazy("The reply is recalled: it is a draft of your State again.")
    policy_target: Any  # the reply, where the pages of feedback have that

    def get_policy_target(self) -> FeedbackReply:  # type: ignore[override]
        return get_reply_for(self.user, self.find_review(), self.kwargs["iso3"])

    @property
    def feedback(self) -> WrittenFeedback:
        return self.policy_target.feedback

    def stands_now(self) -> tuple[bool, dt.datetime | None]:
        self.policy_target = self.get_policy_target()
        return self.policy_target.sent_at is not None, self.policy_target.recalled_at

    def author(self) -> Any:
        return self.review.state_under_review_id

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.policy_target.times_sent}

    def get_consequences(self) -> list[str | Promise]:
        return [
            _("The reply is a draft in the room of your State again, and can be changed and sent anew."),
            _("The other States and the secretariat cannot read it any more; the record says that it was recalled."),
            _("The focal points of the reviewing States are told by mail that it was recalled, and not why."),
            _("Where somebody of another State opens it before you press the button, it stays sent."),
        ]

    def perform(self, form: RecallForm) -> FeedbackReply:
        given = form.cleaned_data
        return recall_reply(actor=self.user, reply=self.policy_target, reason=given["reason"], number=given["number"])

    def success_url_for(self, result: object) -> str:
        return f"{self.url}#reply"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(piece=self.policy_target, **kwargs)
