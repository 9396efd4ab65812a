"""Messages of the dialogue for programs: the threads of a review, and one of them with its words."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import CodeField, ObjectTwin, RowSerializer, WholeListTwin
from dialogue.threads.enums import ThreadSubject
from dialogue.threads.models import DialogueMessage
from dialogue.threads.selectors import ThreadOf, messages_in, threads_of
from dialogue.threads.services import open_thread
from dialogue.threads.views import ThreadListView, ThreadView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ThreadOfSerializer(serializers.Serializer[ThreadOf]):
    """``matter``: about which question, feedback, observation or law; ``new``: messages the caller has not read."""

    id = serializers.UUIDField(source="first.pk")
    state_party = StateSerializer(source="first.state_party")
    subject = CodeField(choices=ThreadSubject.choices, source="first.subject")
    matter = serializers.CharField(source="first.matter", allow_blank=True)
    is_closed = serializers.BooleanField()
    released = serializers.SerializerMethodField()
    drafts = serializers.SerializerMethodField()
    new = serializers.IntegerField()

    def get_released(self, thread: ThreadOf) -> int:
        return len(thread.released)

    def get_drafts(self, thread: ThreadOf) -> int:
        return len(thread.drafts)


class MessageSerializer(RowSerializer):
    """``sent_at`` is null in a draft of the caller's State; ``sha256`` is of what was released."""

    state_party = StateSerializer()

    class Meta:
        model = DialogueMessage
        fields = ["id", "state_party", "text", "language", "revision", "sent_at", "sha256"]


class ThreadSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    subject = CodeField(choices=ThreadSubject.choices)
    matter = serializers.CharField(allow_blank=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    messages = MessageSerializer(many=True)


class ThreadListApiView(ReviewTwin, WholeListTwin):
    """All threads that the caller may read, without their words."""

    shows = ThreadListView
    twin_of = ("dialogue:thread-list",)
    scope_group = "dialogue"
    serializer_class = ThreadOfSerializer

    def get_rows(self) -> Iterable[ThreadOf]:
        return threads_of(self.user, self.review)


class ThreadApiView(ReviewTwin, ObjectTwin):
    """One thread with its words; reading what another State has released ends its recall."""

    shows = ThreadView
    twin_of = ("dialogue:thread",)
    scope_group = "dialogue"
    serializer_class = ThreadSerializer

    def get_object(self) -> dict[str, Any]:
        first = self.shown.first
        about = {name: getattr(first, name) for name in ("subject", "matter", "closed_at")}
        messages_of = open_thread if self.reads else messages_in
        return {"id": first.pk, **about, "messages": messages_of(self.user, first)}
