"""The self-assessment is looked through, cleared and sent by a program: an act that binds the State, on exactly what
was read.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.serializers import StrictSerializer
from questionnaires.clearance.enums import CheckKind, CheckSeverity
from questionnaires.clearance.models import SecondReading
from questionnaires.clearance.selectors import AnswerFinding, findings_for, readings_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import ResponseForPrograms
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending import clear_response, draft_submission


class FindingSerializer(serializers.Serializer[AnswerFinding]):
    code = serializers.CharField(source="item.code")
    instrument = serializers.CharField(source="place.part.instrument")
    section = serializers.CharField(source="place.section.slug")
    kind = serializers.ChoiceField(CheckKind.choices)
    words = serializers.CharField(source="kind.label")
    severity = serializers.ChoiceField(CheckSeverity.choices)


class FindingsSerializer(serializers.Serializer[Any]):
    """``severity``: 1 for a note, 2 for a warning. None of it keeps anybody from sending."""

    warnings = serializers.IntegerField()
    notes = serializers.IntegerField()
    findings = FindingSerializer(many=True, source="rows")


class ChecksApiView(ResponseForPrograms):
    """What may be worth a look before the answers are sent, in the order of the questionnaire."""

    serializer_class = FindingsSerializer
    twin_of = ("questionnaires:response-checks",)

    @extend_schema(responses=FindingsSerializer, operation_id="checks_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response(FindingsSerializer(findings_for(self.user, self.draft)).data)


class SecondReadingSerializer(serializers.ModelSerializer[SecondReading]):
    """What a second reader has said of the draft with that hash."""

    read_by = serializers.CharField(source="read_by.full_name")
    read_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = SecondReading
        fields = ["sha256", "is_fine", "word", "read_by", "read_at"]


class ToBeClearedSerializer(serializers.Serializer[Any]):
    """What would be sent, and how it is named: both are said again by whoever clears it."""

    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    document = serializers.JSONField()
    readings = SecondReadingSerializer(many=True)


class ClearanceInputSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")


class SubmissionSerializer(serializers.ModelSerializer[ResponseSubmission]):
    class Meta:
        model = ResponseSubmission
        fields = ["number", "sha256", "sent_at"]


class ClearanceApiView(ResponseForPrograms):
    """The draft as it would be sent, and its clearance; both need the scope ``bind``."""

    policy_action = ResponseAction.CLEAR
    serializer_class = ToBeClearedSerializer
    twin_of = ("questionnaires:response-clear",)
    rests = True

    @extend_schema(responses=ToBeClearedSerializer, operation_id="clearance_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        draft = draft_submission(self.draft)
        body = {name: getattr(draft, name) for name in ("number", "sha256", "document")}
        return Response(ToBeClearedSerializer({**body, "readings": readings_of(self.draft)}).data)

    @extend_schema(
        request=ClearanceInputSerializer,
        responses={status.HTTP_201_CREATED: SubmissionSerializer},
        operation_id="clearance_create",
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Clear and send. Refused where an answer has changed since it was read."""
        return answered_once(request, lambda: self._clear(request))

    def _clear(self, request: Request) -> Response:
        given = ClearanceInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        submission = clear_response(self.user, self.draft, **given.validated_data)
        return Response(SubmissionSerializer(submission).data, status.HTTP_201_CREATED)
