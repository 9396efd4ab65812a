"""What would be sent now, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import ResponseForPrograms
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending.document import draft_submission


class PreviewSerializer(serializers.ModelSerializer[ResponseSubmission]):
    """``document``: as its readers would find it, with its hash."""

    language = serializers.CharField()
    document = serializers.JSONField()

    class Meta:
        model = ResponseSubmission
        fields = ["number", "sha256", "language", "document"]


class PreviewApiView(ResponseForPrograms):
    """The draft as it would be sent, for those of its State who read the whole of it."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = PreviewSerializer
    twin_of = ("questionnaires:response-preview",)

    @extend_schema(responses=PreviewSerializer, operation_id="preview_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response(PreviewSerializer(draft_submission(self.draft)).data)
