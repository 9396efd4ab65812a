"""The self-assessment for programs: its sections, its questions with their answers, and the save of one answer."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.revisions import Revision, RevisionMovedError, revision_read
from core.policy import require
from questionnaires.answers.api.serializers import (
    AnswerInputSerializer,
    AnswerSerializer,
    SavedAnswerSerializer,
    SectionAnswersSerializer,
    SelfAssessmentSerializer,
    content_of,
)
from questionnaires.answers.services import (
    AnswerInput,
    MovedOnError,
    SaveResult,
    SaveStatus,
    clean,
    require_version,
    said_in,
    save_answer,
    writing,
)
from questionnaires.definitions import PlacedSection
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import EMPTY, AnswerSnapshot, ItemState, answers_in, overview_for, section_items
from questionnaires.responses import (
    ResponseForPrograms,
    ResponseSection,
    Sheet,
    find_item,
    get_section_for,
    sections_visible_to,
    sheet_of,
    target_of,
)


class SelfAssessmentApiView(ResponseForPrograms):
    """The self-assessment of a review: the sections that the caller may see, and how far each is."""

    serializer_class = SelfAssessmentSerializer
    twin_of = ("questionnaires:response-detail", "questionnaires:response-missing")

    @extend_schema(responses=SelfAssessmentSerializer, operation_id="self_assessment_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        overview = overview_for(self.user, self.draft)
        body = {
            "questionnaire": self.draft.version.questionnaire.slug,
            "version": self.index.number,
            "status": self.draft.status,
            "language": self.draft.language,
            "is_official": overview.sheet.is_official,
            "sections": overview.sections,
        }
        return Response(SelfAssessmentSerializer(body).data)


class SectionAnswersApiView(ResponseForPrograms):
    """One section: its questions with the answers on the caller's sheet."""

    serializer_class = SectionAnswersSerializer
    twin_of = ("questionnaires:section-detail",)
    place: PlacedSection

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.draft)
        address = self.kwargs["instrument"], self.kwargs["section"]
        self.place = get_section_for(self.user, self.draft, *address)
        return ResponseSection(self.draft, self.place.pk)

    @extend_schema(responses=SectionAnswersSerializer, operation_id="section_answers_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        overview = overview_for(self.user, self.draft, self.place)
        progress = overview.section_at(self.place)
        body = {
            "place": self.place,
            "asked": progress.asked,
            "answered": progress.answered,
            "missing": progress.missing,
            "answers": section_items(overview, self.place),
        }
        return Response(SectionAnswersSerializer(body, context=self.version).data)


class AnswerApiView(ResponseForPrograms):
    """The answer to one question, on the caller's sheet: the State's own, or what a contributor proposes."""

    serializer_class = AnswerSerializer
    twin_of = ("questionnaires:answer-save",)

    @property
    def policy_action(self) -> ResponseAction:  # type: ignore[override]
        return ResponseAction.VIEW_DRAFT if self.request.method != "PUT" else writing(self.sheet)

    @property
    def code(self) -> str:
        code: str = self.kwargs["question"]
        return code

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.user, self.draft)

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.draft)
        find_item(self.index, self.code)
        return target_of(self.draft, self.code)

    @extend_schema(responses=AnswerSerializer, operation_id="answer_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        state = self._state()
        return Response(AnswerSerializer(state, context=self.version).data, headers=self._etag(state))

    @extend_schema(request=AnswerInputSerializer, responses=SavedAnswerSerializer, operation_id="answer_update")
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Save the answer, by the service of the page. It rests on the revision in If-Match.

        What is there already is answered with 200 too, so that a save whose answer was lost may be sent again.
        """
        read = revision_read(request)
        serializer = AnswerInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.given(self.code, read)
        try:
            with transaction.atomic():
                return self._saved(given)
        except MovedOnError as error:  # no revision is told: the question is to be read anew before it is answered
            raise RevisionMovedError(str(error), yours=content_of(given)) from error

    def _saved(self, given: AnswerInput) -> Response:
        require_version(self.draft, given.version)
        item = self.index.items[self.code]
        stored = answers_in(self.draft, [item], self.sheet).get(self.code, EMPTY)
        if stored.revision != given.base and said_in(stored) != said_in(clean(item, given)[0]):
            raise self._moved(stored, given)
        result = save_answer(actor=self.user, response=self.draft, given=given)
        if result.status == SaveStatus.CONFLICT:  # a colleague's save came in between
            raise self._moved(result.current or EMPTY, given)
        return self._told(result)

    def _told(self, result: SaveResult) -> Response:
        state = self._state()
        body = {
            **AnswerSerializer(state, context=self.version).data,
            "status": result.status.value,
            "left_out": dict(result.errors),
        }
        return Response(body, headers=self._etag(state))

    def _etag(self, state: ItemState) -> dict[str, str]:
        return {"ETag": Revision(self.index.number, state.answer.revision).etag}

    def _moved(self, stored: AnswerSnapshot, given: AnswerInput) -> RevisionMovedError:
        words = _("Somebody has saved this answer since you read it. Nothing was written.")
        revision = str(Revision(self.index.number, stored.revision))
        return RevisionMovedError(words, current=content_of(stored), yours=content_of(given), revision=revision)

    def _state(self) -> ItemState:
        """Raises Http404 for a question that is in no section that the caller may see."""
        for place in sections_visible_to(self.user, self.draft):
            if any(item.code == self.code for item in place.section.items):
                overview = overview_for(self.user, self.draft, place)
                return next(each for each in section_items(overview, place) if each.item.code == self.code)
        raise Http404
