"""Finding words for programs (``?q=``), where the pages find them; what was looked for is kept nowhere."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from core.language.searching import LONGEST, SHORTEST, ExcerptPiece, asked_words, is_long_enough
from questionnaires.definitions.enums import ResponseAction
from questionnaires.finding.selectors import (
    FoundPassage,
    FoundWords,
    found_in_draft,
    found_in_questionnaires,
    found_in_submission,
)
from questionnaires.responses import ResponseForPrograms
from questionnaires.submissions import SubmissionForPrograms, sent_parts

_Q = OpenApiParameter("q", str, description=f"Words to find, of {SHORTEST} to {LONGEST} characters.")


class FoundPassageSerializer(serializers.Serializer[FoundPassage]):
    """``question``: the code of what it is about, or null; ``url``: the page on which it is read."""

    question = serializers.CharField(source="place.item.code", default=None, allow_null=True)
    law = serializers.CharField(source="place.label", allow_blank=True)
    under = serializers.CharField(source="place.under", allow_blank=True)
    url = serializers.CharField(source="place.url")
    language = serializers.CharField(allow_blank=True)
    excerpt = serializers.SerializerMethodField()

    def get_excerpt(self, passage: FoundPassage) -> str:
        pieces: list[ExcerptPiece] = passage.pieces
        return "".join(piece.text for piece in pieces)


class FoundGroupSerializer(serializers.Serializer[Any]):
    """``number``: how many there are, of which the first come."""

    kind = serializers.CharField()
    number = serializers.IntegerField()
    passages = FoundPassageSerializer(many=True)


class FoundSerializer(serializers.Serializer[FoundWords]):
    """``are_close``: nothing holds the words themselves."""

    are_close = serializers.BooleanField()
    groups = FoundGroupSerializer(many=True)


class FindingApiView(ABC, StrictView):
    """What was found by ``?q=``: nothing by words that are too short, as on the page."""

    serializer_class = FoundSerializer

    def parameters(self) -> Iterable[str]:
        return [*super().parameters(), "q"]

    @extend_schema(responses=FoundSerializer, parameters=[_Q])
    def get(self, request: Request, **kwargs: Any) -> Response:
        asked = asked_words(request.query_params.get("q", ""))
        found = self.look_for(asked) if is_long_enough(asked) else FoundWords()
        return Response(FoundSerializer(found).data)

    @abstractmethod
    def look_for(self, asked: str) -> FoundWords: ...


@extend_schema_view(get=extend_schema(operation_id="self_assessment_search"))
class ResponseSearchApiView(FindingApiView, ResponseForPrograms):
    """In what the caller sees of a self-assessment: its questions, the answers and the laws of the State."""

    twin_of = ("questionnaires:response-search",)

    def look_for(self, asked: str) -> FoundWords:
        return found_in_draft(self.user, self.draft, asked)


@extend_schema_view(get=extend_schema(operation_id="submission_search"))
class SubmissionSearchApiView(FindingApiView, SubmissionForPrograms):
    """In the questions, in the answers that were sent, and in the laws that they cite. It opens the answers."""

    twin_of = ("questionnaires:submission-search",)

    def look_for(self, asked: str) -> FoundWords:
        return found_in_submission(self.submission, sent_parts(self.submission), asked)


@extend_schema_view(get=extend_schema(operation_id="questionnaire_search"))
class QuestionnaireSearchApiView(FindingApiView):
    """In the questions of the published questionnaires."""

    permission_classes = (PolicyPermission,)
    policy_action = ResponseAction.VIEW_VERSION
    scope_group = "answers"
    heeds_state = True  # what is published is the same for all
    twin_of = ("questionnaires:questionnaire-search",)

    def look_for(self, asked: str) -> FoundWords:
        return found_in_questionnaires(asked)
