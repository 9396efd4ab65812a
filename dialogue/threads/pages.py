"""What the pages of messages have in common."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.web.pages import Crumb
from dialogue.threads.matters import Matter, matter_of
from dialogue.threads.models import DialogueMessage
from dialogue.threads.selectors import get_message_for, get_thread_for
from reviews.navigation import ReviewPage

LIST_TITLE = gettext_lazy("Messages of the dialogue")


class BelowThreads(ReviewPage):
    """A page under the list of threads."""

    def list_url(self) -> str:
        return reverse("dialogue:thread-list", args=self.address)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(LIST_TITLE, self.list_url())]


class ThreadPage(BelowThreads):
    """A page of one thread; ``policy_target`` is the message that it began with, or one below."""

    policy_target: DialogueMessage

    def get_policy_target(self) -> DialogueMessage:
        return get_thread_for(self.user, self.find_review(), self.kwargs["thread"])

    @property
    def first(self) -> DialogueMessage:
        return self.policy_target.first

    @cached_property
    def matter(self) -> Matter:
        return matter_of(self.user, self.review, self.first)

    def thread_url(self) -> str:
        return reverse("dialogue:thread", args=[*self.address, self.first.pk])

    def back_url(self) -> str:
        return self.thread_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"first": self.first, "matter": self.matter, "back": self.thread_url(), **kwargs}
        )


class MessagePage(ThreadPage):
    """A page of one message; a draft of another State is not there."""

    def get_policy_target(self) -> DialogueMessage:
        return get_message_for(self.user, self.find_review(), self.kwargs["message"])

    @property
    def message(self) -> DialogueMessage:
        return self.policy_target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"message": self.message, **kwargs})
