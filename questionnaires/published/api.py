from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from questionnaires.definitions import get_published_version, index_of
from questionnaires.definitions.enums import ResponseAction
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
