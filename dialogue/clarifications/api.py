"""Requests for clarification for programs, with their answers."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin
from dialogue.clarifications.views.pages import ClarificationListView
from dialogue.exchange import clarifications_visible_to
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ClarificationAnswerSerializer(RowSerializer):
    class Meta:
        model = ClarificationAnswer
        fields = ["text", "language", "revision", "sent_at"]


class ClarificationSerializer(RowSerializer):
    """``answer``: where it was sent, or the caller's State drafts it; null otherwise."""

    state_party = StateSerializer()
    instrument: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    answer = serializers.SerializerMethodField()

    class Meta:
        model = ClarificationRequest
        fields = [
            "id",
            "state_party",
            "instrument",
            "question_code",
            "text",
            "language",
            "status",
            "revision",
            "follows",
            "asked_at",
            "due_on",
            "closed_at",
            "answer",
        ]

    @extend_schema_field(ClarificationAnswerSerializer(allow_null=True))
    def get_answer(self, request: Any) -> Any:
        found = request.shown_answers
        return ClarificationAnswerSerializer(found[0]).data if found else None


class ClarificationListApiView(ReviewTwin, WholeListTwin):
    """The requests on questions that the caller may read; drafts are those of the caller's State."""

    shows = ClarificationListView
    twin_of = ("dialogue:clarification-list",)
    scope_group = "dialogue"
    serializer_class = ClarificationSerializer

    def get_rows(self) -> Iterable[ClarificationRequest]:
        return clarifications_visible_to(self.user, self.review)
