from collections.abc import Iterable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from core.api.permissions import PolicyPermission
from core.api.views import StrictView, WholeListView
from questionnaires.definitions import get_published_version, index_of, published_versions
from questionnaires.definitions.enums import ResponseAction
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.published.exports import records_of


class QuestionnaireView(StrictView):
    """A published questionnaire, item by item, in the format of ``export_questionnaires``."""

    permission_classes = [PolicyPermission]
    policy_action = ResponseAction.VIEW_VERSION
    scope_group = "answers"
    heeds_state = True  # what is published is the same for all
    twin_of = ("questionnaires:questionnaire-detail",)

    @extend_schema(responses=OpenApiTypes.OBJECT, operation_id="questionnaire_retrieve")
    def get(self, request: Request, questionnaire: str) -> ApiResponse:
        version = get_published_version(questionnaire)
        index = index_of(version.pk)
        body: dict[str, Any] = {
            "slug": questionnaire,
            "version": version.number,
            "sha256": version.sha256,
            "items": list(records_of(index.definition)),
        }
        return ApiResponse(body)


class PublishedSerializer(serializers.ModelSerializer[QuestionnaireVersion]):
    """``questions`` are numbered ones, ``items`` all; the title is in the language of the questionnaire."""

    slug = serializers.CharField(source="questionnaire.slug")
    language = serializers.CharField()
    version = serializers.IntegerField(source="number")
    questions = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    class Meta:
        model = QuestionnaireVersion
        fields = ["slug", "title", "language", "version", "sha256", "published_at", "questions", "items"]

    def get_questions(self, version: QuestionnaireVersion) -> int:
        return sum(item.is_question for item in index_of(version.pk).items.values())

    def get_items(self, version: QuestionnaireVersion) -> int:
        return len(index_of(version.pk).items)


class QuestionnaireListApiView(WholeListView):
    """The published questionnaires, each in its last version."""

    permission_classes = (PolicyPermission,)
    policy_action = ResponseAction.VIEW_VERSION
    serializer_class = PublishedSerializer
    scope_group = "answers"
    heeds_state = True  # what is published is the same for all
    twin_of = ("questionnaires:questionnaire-list",)

    def get_rows(self) -> Iterable[QuestionnaireVersion]:
        return published_versions()
