"""The whole of a self-assessment for programs: each question that is asked, with its answer and how that stands."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import (
    ReadPart,
    ReadSectionSerializer,
    draft_parts,
    official_overview,
    overview_for,
    sections_of,
)
from questionnaires.responses import ResponseForPrograms
from questionnaires.submissions import SubmissionForPrograms, sent_parts


class WholeSerializer(serializers.Serializer[Any]):
    language = serializers.CharField()
    sections = ReadSectionSerializer(many=True)


def _whole(language: str, parts: Iterable[ReadPart]) -> Response:
    return Response(WholeSerializer({"language": language, "sections": sections_of(parts)}).data)


class WholeDraftApiView(ResponseForPrograms):
    """The draft as it stands, as far as the caller sees it."""

    serializer_class = WholeSerializer
    twin_of = ("questionnaires:response-read",)

    @extend_schema(responses=WholeSerializer, operation_id="whole_draft_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return _whole(self.draft.language, draft_parts(overview_for(self.user, self.draft)))


class OfficialAnswersApiView(ResponseForPrograms):
    """The official answers as they stand, also for a contributor whom the focal point lets read all of them."""

    policy_action = ResponseAction.READ_OFFICIAL
    serializer_class = WholeSerializer
    twin_of = ("questionnaires:official-read",)

    @extend_schema(responses=WholeSerializer, operation_id="official_answers_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return _whole(self.draft.language, draft_parts(official_overview(self.draft)))


class WholeSubmissionApiView(SubmissionForPrograms):
    """What was sent, from the frozen document alone. Reading it opens the answers."""

    serializer_class = WholeSerializer
    twin_of = ("questionnaires:submission-read", "questionnaires:submission-part")

    @extend_schema(responses=WholeSerializer, operation_id="whole_submission_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return _whole(self.submission.language, sent_parts(self.submission))
