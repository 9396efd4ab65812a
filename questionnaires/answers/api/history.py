"""How an answer came to be what it is, and what was answered to earlier versions of the questionnaire."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.policy import require
from questionnaires.answers.api.serializers import AnswerHistorySerializer, KeptAnswersSerializer
from questionnaires.answers.selectors import adopted_from
from questionnaires.definitions.enums import ResponseAction
from questionnaires.moving import kept_answers, kept_proposals
from questionnaires.progress import history_of
from questionnaires.responses import ResponseForPrograms, ResponseSection, find_item, sheet_of, target_of


class AnswerHistoryApiView(ResponseForPrograms):
    """Every save of one answer on the caller's sheet: who, when, and what it said."""

    serializer_class = AnswerHistorySerializer
    twin_of = ("questionnaires:answer-history",)

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.draft)
        find_item(self.index, self.kwargs["question"])
        return target_of(self.draft, self.kwargs["question"])

    @extend_schema(responses=AnswerHistorySerializer, operation_id="answer_history_retrieve")
    def get(self, request: Request, question: str, **kwargs: Any) -> Response:
        sheet = sheet_of(self.user, self.draft)
        body = {
            "code": question,
            "saves": history_of(self.draft, question, sheet),
            "adopted_from": adopted_from(self.draft, question) if sheet.is_official else {},
        }
        return Response(AnswerHistorySerializer(body).data)


class KeptAnswersApiView(ResponseForPrograms):
    """Answers that had no place in the version to which the State has moved its self-assessment."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = KeptAnswersSerializer
    twin_of = ("questionnaires:response-kept",)

    @extend_schema(responses=KeptAnswersSerializer, operation_id="kept_answers_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        body = {"answers": list(kept_answers(self.draft)), "proposals": list(kept_proposals(self.draft))}
        return Response(KeptAnswersSerializer(body).data)
