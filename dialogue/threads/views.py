"""The list of threads, one thread, and where its messages are written."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from core.policy import explain
from core.web.views import ServiceFormView
from dialogue.threads.enums import OF_THE_WHOLE, ThreadAction
from dialogue.threads.forms import ChoiceForm, DialogueMessageForm
from dialogue.threads.matters import NO_KEY, Matter, find_matter
from dialogue.threads.models import DialogueMessage
from dialogue.threads.pages import LIST_TITLE, BelowThreads, MessagePage, ThreadPage
from dialogue.threads.selectors import (
    matters_in,
    messages_in,
    own_draft_in,
    release_choices,
    threads_about,
    threads_of,
)
from dialogue.threads.services import begin_thread, choose_release, draft_message, edit_message, open_thread
from reviews.capacities import capacity_of, require_capacity
from reviews.cases import language_of
from reviews.cases.enums import Grant, ReviewAction
from reviews.drafts import Shown, WritingView, shown_in_room, shown_of
from reviews.navigation import ReviewPage

_STATES_OF_LIST = ("open", "closed")


class ThreadListView(ReviewPage, TemplateView):
    """All threads that the reader may read, or those on one matter (``?about=&key=``), open or closed (``?show=``)."""

    policy_action = ReviewAction.READ_TABLE
    title = LIST_TITLE
    template_name = "dialogue/threads/thread_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        about, key, show = given.get("about", ""), given.get("key", ""), given.get("show", "")
        matter = find_matter(self.user, self.review, about, key) if about else None
        threads = threads_about(self.user, self.review, about, key) if about else threads_of(self.user, self.review)
        shown = [row for row in threads if show not in _STATES_OF_LIST or row.is_closed == (show == "closed")]
        matters = matters_in(self.user, self.review, shown)
        whole = [(subject, NO_KEY, subject.label) for subject in OF_THE_WHOLE]
        return super().get_context_data(
            rows=[(row, matters[row.first.subject, row.first.matter]) for row in reversed(shown)],
            total=len(threads),
            open=sum(not row.is_closed for row in threads),
            closed=sum(row.is_closed for row in threads),
            show=show,
            query=f"about={about}&key={key}&" if matter else "",
            matter=matter,
            reads_notes=explain(self.user, ThreadAction.VIEW_NOTES, self.review),
            may_begin=explain(self.user, ThreadAction.BEGIN, self.review),
            begin=[(matter.subject, matter.key, matter.title)] if matter else whole,
            choices=list(release_choices(self.review)),
            may_choose=explain(self.user, ThreadAction.CHOOSE, self.review),
            **kwargs,
        )


class ThreadView(ThreadPage, TemplateView):
    """The messages of a thread in order of time, which opens them, and what the reader may do."""

    policy_action = ThreadAction.VIEW
    template_name = "dialogue/threads/thread.html"

    def get_title(self) -> str:
        return self.matter.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        capacity = capacity_of(self.user, self.review)
        reads = messages_in if self.request.method == "HEAD" else open_thread
        messages = reads(self.user, self.first)
        own = capacity.state_party_id if capacity else None
        drafted = any(row.sent_at is None and row.state_party_id == own for row in messages)
        return super().get_context_data(
            messages_shown=[(row, self._acts(row) if row.state_party_id == own else {}) for row in messages],
            seen=sum(row.sent_at is not None for row in messages),
            home=own,
            writes=capacity is not None and capacity.has(Grant.DRAFT),
            reply=None if drafted else explain(self.user, ThreadAction.REPLY, self.first),
            close=explain(self.user, ThreadAction.CLOSE, self.first),
            reopen=explain(self.user, ThreadAction.REOPEN, self.first),
            **kwargs,
        )

    def _acts(self, row: DialogueMessage) -> dict[str, Any]:
        asked = (ThreadAction.RECALL,) if row.sent_at else (ThreadAction.EDIT, ThreadAction.RELEASE)
        return {action.name.lower(): explain(self.user, action, row) for action in asked}


class _Writes(WritingView):
    """Where a message is begun: it lies in the room of the writer's State."""

    form_class = DialogueMessageForm
    template_name = "dialogue/threads/message_form.html"
    previewed = "text"
    review: Any
    user: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.language}

    @property
    def language(self) -> str:
        return language_of(self.review)

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, require_capacity(self.user, self.review).state_party_id)

    def success_message_for(self, result: DialogueMessage) -> str:
        return _draft_saved(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"language": self.language, **kwargs})


class ThreadBeginView(BelowThreads, _Writes):
    """The first message of a thread; what that is about stands over it."""

    policy_action = ThreadAction.BEGIN
    read_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Begin a thread")

    @cached_property
    def matter(self) -> Matter:
        found = find_matter(self.user, self.review, self.kwargs["subject"], self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"matter": self.matter, "back": self.next_page or self.list_url(), **kwargs})

    def perform(self, form: DialogueMessageForm) -> DialogueMessage:
        given = {name: form.cleaned_data[name] for name in ("text", "shown")}
        matter = self.matter
        return begin_thread(actor=self.user, review=self.review, subject=matter.subject, key=matter.key, **given)

    def success_url_for(self, result: DialogueMessage) -> str:
        return self.next_page or reverse("dialogue:thread", args=[*self.address, result.pk])


class ThreadReplyView(ThreadPage, _Writes):
    policy_action = ThreadAction.REPLY
    read_action = ThreadAction.VIEW
    title = gettext_lazy("Write a message")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"draft": own_draft_in(self.user, self.first), **kwargs})

    def perform(self, form: DialogueMessageForm) -> DialogueMessage:
        given = {name: form.cleaned_data[name] for name in ("text", "shown")}
        return draft_message(actor=self.user, thread=self.first, **given)


class MessageEditView(MessagePage, _Writes):
    policy_action = ThreadAction.EDIT
    read_action = ThreadAction.VIEW
    title = gettext_lazy("Change the message")

    @property
    def language(self) -> str:
        return self.message.language

    def shown_now(self) -> Shown:
        return shown_of(self.message)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "text": self.message.text, "base": self.message.revision}

    def perform(self, form: DialogueMessageForm) -> DialogueMessage:
        return edit_message(actor=self.user, message=self.message, **form.cleaned_data)


class ReleaseChoiceView(BelowThreads, ServiceFormView):
    """The focal point of a State says whether its experts release its messages."""

    policy_action = ThreadAction.CHOOSE
    form_class = ChoiceForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Who releases messages")
    lead = gettext_lazy(
        "A message speaks for your State: all States of the review and the secretariat read it. What you choose holds "
        "from now on, in this review, and is shown to all who take part."
    )

    def _standing(self) -> bool:
        own = require_capacity(self.user, self.review).state_party_id
        return release_choices(self.review).filter(state_party=own).exists()

    def get_initial(self) -> dict[str, Any]:
        return {"who": "experts" if self._standing() else "focal_point"}

    def back_url(self) -> str:
        return self.list_url()

    def perform(self, form: ChoiceForm) -> bool:
        return choose_release(actor=self.user, review=self.review, by_experts=form.cleaned_data["who"] == "experts")

    def success_message_for(self, result: bool) -> str:
        if self._standing():
            return _("The experts of your State release its messages too, from now on.")
        return _("The focal point alone releases the messages of your State.")


def _draft_saved(message: DialogueMessage) -> str:
    if message.review.reviewers_share_room and message.state_party_id != message.review.state_under_review_id:
        return _("The draft is saved. Only the reviewing States see it until it is released.")
    words = _("The draft is saved. Nobody outside of %(state)s sees it until it is released.")
    return words % {"state": isolated(str(message.state_party))}
