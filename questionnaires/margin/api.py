"""Margin notes for programs: all that the caller sees, by question. What a program reads its person has looked at."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import WholeListView
from core.policy import require
from questionnaires.definitions.enums import ResponseAction
from questionnaires.margin.models import MarginNote, MarginThread
from questionnaires.margin.selectors import threads_at, threads_by_question
from questionnaires.margin.services import look_at_mentions
from questionnaires.responses import ResponseForPrograms, ResponseSection, find_item, sheet_of, target_of


class MarginNoteSerializer(serializers.ModelSerializer[MarginNote]):
    written_by = serializers.CharField(source="written_by.full_name")
    written_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = MarginNote
        fields = ["id", "text", "written_by", "written_at", "edited_at"]


class MarginThreadSerializer(serializers.ModelSerializer[MarginThread]):
    """``addressed_to``: the contributor who reads it too; null where those who draft read it alone."""

    addressed_to = serializers.CharField(source="participation.user.full_name", default=None, allow_null=True)
    resolved_by = serializers.CharField(source="resolved_by.full_name", default=None, allow_null=True)
    notes = MarginNoteSerializer(many=True)

    class Meta:
        model = MarginThread
        fields = ["id", "addressed_to", "resolved_at", "resolved_by", "notes"]


class QuestionNotesSerializer(serializers.Serializer[Any]):
    """``question`` is null for notes at what is not asked any more."""

    question = serializers.CharField(source="item.code", default=None, allow_null=True)
    threads = MarginThreadSerializer(many=True)


class MarginListApiView(ResponseForPrograms, WholeListView):
    """All margin notes that the caller sees, by question; open and resolved."""

    serializer_class = QuestionNotesSerializer
    twin_of = ("questionnaires:margin-list",)

    def get_rows(self) -> Iterable[Any]:
        if self.reads:
            look_at_mentions(self.user, self.draft)
        return threads_by_question(self.user, self.draft)


class MarginNotesApiView(ResponseForPrograms):
    """The margin notes at one question, the open ones first."""

    serializer_class = QuestionNotesSerializer
    twin_of = ("questionnaires:margin-notes",)

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.draft)
        find_item(self.index, self.kwargs["question"])
        return target_of(self.draft, self.kwargs["question"])

    @extend_schema(responses=QuestionNotesSerializer, operation_id="margin_notes_retrieve")
    def get(self, request: Request, question: str, **kwargs: Any) -> Response:
        threads = threads_at(self.draft, sheet_of(self.user, self.draft), question)
        if self.reads:
            look_at_mentions(self.user, self.draft, threads)
        body = {"item": self.index.items[question], "threads": threads}
        return Response(QuestionNotesSerializer(body).data)
