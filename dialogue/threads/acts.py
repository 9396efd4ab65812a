"""Acts on a message or a thread that each have a page which says what follows, or one button."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.policy import can
from core.templatetags.components import datetime_words
from core.web.numbers import posted_number
from core.web.views import ConfirmedActView, ServiceActionView, ToldWhenDone
from dialogue.threads.enums import ThreadAction
from dialogue.threads.forms import ReleaseForm
from dialogue.threads.models import DialogueMessage
from dialogue.threads.pages import MessagePage, ThreadPage
from dialogue.threads.policy import is_released_by_experts
from dialogue.threads.selectors import get_message_for
from dialogue.threads.services import (
    close_thread,
    discard_message,
    recall_message,
    release_message,
    reopen_thread,
)
from reviews.capacities import capacity_of
from reviews.drafts import RecallForm, RecallView, SendsOnce, SendsToTable, WritingForm, stands_as_sent


class MessageActView(MessagePage, ConfirmedActView):
    """``base`` is the revision of the message as the page shows it."""

    form_class = WritingForm
    template_name = "dialogue/threads/message_act.html"

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.message.revision}


class MessageReleaseView(SendsOnce, ToldWhenDone, SendsToTable, MessageActView):
    """The second press of an impatient finger leads to what the first one released."""

    policy_action = ThreadAction.RELEASE
    form_class = ReleaseForm
    title = gettext_lazy("Release the message")
    success_message = gettext_lazy("The message has been released to all States of the review.")

    def piece_now(self) -> DialogueMessage:
        return get_message_for(self.user, self.find_review(), self.kwargs["message"])

    def done_before(self) -> str:
        row, capacity = self.piece_now(), capacity_of(self.user, self.review)
        is_own = capacity is not None and capacity.state_party_id == row.state_party_id
        if not is_own or not stands_as_sent(row, self.request.POST.get("number")):
            return ""
        return _("This was done at %(time)s.") % {"time": datetime_words(row.sent_at)}

    def done_url(self) -> str:
        return self.thread_url()

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "number": self.message.next_number}

    def rest(self, form: Any, error: Any) -> None:
        with suppress(Http404):  # a draft that is gone stays as it was shown
            self.policy_target = self.piece_now()
        super().rest(form, error)

    def get_consequences(self) -> list[str | Promise]:
        own_rooms = _(
            "It is frozen, and its checksum (SHA-256) is kept. You may recall it as long as nobody has opened it."
        )
        common_room = _(
            "It is frozen, and its checksum (SHA-256) is kept. It cannot be recalled: the reviewing States share their "
            "rooms."
        )
        is_common = (
            self.review.reviewers_share_room and self.message.state_party_id != self.review.state_under_review_id
        )
        return [
            *super().get_consequences(),
            _("The focal points and experts of the other States are told by mail that there is a message."),
            common_room if is_common else own_rooms,
        ]

    def perform(self, form: ReleaseForm) -> DialogueMessage:
        return release_message(actor=self.user, message=self.message, **form.cleaned_data)


class MessageDiscardView(MessageActView):
    policy_action = ThreadAction.EDIT
    title = gettext_lazy("Discard the draft")
    consequences = (gettext_lazy("The draft is deleted. No other State reads it."),)
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")

    def perform(self, form: WritingForm) -> None:
        discard_message(actor=self.user, message=self.message, base=form.cleaned_data["base"])

    def success_url_for(self, result: object) -> str:
        return self.list_url() if self.message.thread_id is None else self.thread_url()


class MessageRecallView(MessagePage, RecallView):
    """Take back what was released, as long as nobody of another State has opened it."""

    policy_action = ThreadAction.RECALL
    title = gettext_lazy("Recall the message")
    success_message = gettext_lazy("The message is recalled: it is a draft of your State again.")

    def stands_now(self) -> tuple[bool, dt.datetime | None]:
        self.policy_target = self.get_policy_target()
        return self.message.sent_at is not None, self.message.recalled_at

    def author(self) -> Any:
        return self.message.state_party_id

    def is_own_focal_point(self) -> bool:
        """Or an expert, where the State lets its experts release: they recall too."""
        if super().is_own_focal_point():
            return True
        capacity = capacity_of(self.user, self.review)
        is_own = capacity is not None and capacity.state_party_id == self.author()
        return is_own and is_released_by_experts(capacity, self.review)

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.message.times_sent}

    def get_consequences(self) -> list[str | Promise]:
        is_closed = self.message.thread_id is not None and self.first.closed_at is not None
        return [
            _("The message is a draft in the room of your State again, and can be changed and released anew."),
            *([_("This thread is closed: it has to be opened again before the message is released anew.")] * is_closed),
            _("The other States and the secretariat cannot read it any more; the record says that it was recalled."),
            _("Those who were told of it are told by mail that it was recalled, and not why."),
            _("Where somebody of another State opens it before you press the button, it stays released."),
        ]

    def perform(self, form: RecallForm) -> DialogueMessage:
        return recall_message(actor=self.user, message=self.message, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(piece=self.message, **kwargs)


class ThreadCloseView(ToldWhenDone, ThreadPage, ServiceActionView):
    policy_action = ThreadAction.CLOSE
    takes = {"seen": forms.IntegerField(min_value=0)}

    def done_before(self) -> str:
        closed = self.first.closed_at if can(self.user, ThreadAction.REOPEN, self.first) else None
        return _("This thread was closed at %(time)s.") % {"time": datetime_words(closed)} if closed else ""

    def done_url(self) -> str:
        return self.thread_url()

    def perform(self) -> str:
        close_thread(actor=self.user, thread=self.first, seen=posted_number(self.request.POST.get("seen")))
        return _("The thread is closed. What was said in it stays readable.")

    def next_url(self) -> str:
        return self.thread_url()


class ThreadReopenView(ToldWhenDone, ThreadPage, ServiceActionView):
    policy_action = ThreadAction.REOPEN

    def done_before(self) -> str:
        return _("The thread is open again.") if can(self.user, ThreadAction.REPLY, self.first) else ""

    def done_url(self) -> str:
        return self.thread_url()

    def perform(self) -> str:
        reopen_thread(actor=self.user, thread=self.first)
        return _("The thread is open again.")

    def next_url(self) -> str:
        return self.thread_url()
