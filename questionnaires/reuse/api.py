"""Answers from before for programs: what is offered, and taking it; and one answer given to several questions."""

from collections.abc import Iterable, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.serializers import ShortListField, StrictSerializer
from core.api.views import WholeListView
from questionnaires.definitions import Item
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import ReadContentSerializer
from questionnaires.responses import ResponseForPrograms, find_item
from questionnaires.reuse.enums import LinkMethod, Reuse
from questionnaires.reuse.selectors import EarlierAnswer, LinkedEffect, all_offers, linked_effects
from questionnaires.reuse.services import ChosenAnswer, LinkedTargets, fill_linked, set_aside, take_earlier

_MOST = 1000  # answers taken at once: more than any questionnaire asks


class EarlierAnswerSerializer(serializers.Serializer[EarlierAnswer]):
    """``key`` and ``seen`` are said again by who takes it. ``lost``: options that the question has no longer.

    ``hangs``: it is asked only where another answer is taken too. ``link``: how its other question is linked with this
    one; null where it is the same question.
    """

    code = serializers.CharField(source="item.code")
    key = serializers.CharField()
    seen = serializers.IntegerField()
    review = serializers.CharField(source="source.review_code")
    sent_at = serializers.DateTimeField(source="source.sent_at")
    question = serializers.CharField(source="source_item.text")
    answer = ReadContentSerializer()
    lost = serializers.ListField(child=serializers.CharField())
    link = serializers.ChoiceField(LinkMethod.choices, allow_null=True)
    is_reworded = serializers.BooleanField()
    is_set_aside = serializers.BooleanField()
    can_be_kept = serializers.BooleanField()
    hangs = serializers.BooleanField()


class ChosenSerializer(StrictSerializer):
    code = serializers.CharField()
    key = serializers.CharField()
    seen = serializers.IntegerField(min_value=0)


class ChosenAnswerSerializer(ChosenSerializer):
    """``version``: the number of that of the questionnaire, as the self-assessment says it."""

    version = serializers.IntegerField(min_value=1)


class TakenSerializer(StrictSerializer):
    """``how``: ``kept`` as still correct, or ``edited`` to be changed then."""

    version = serializers.IntegerField(min_value=1)
    how = serializers.ChoiceField([Reuse.KEPT.value, Reuse.EDITED.value])
    answers = ShortListField(child=ChosenSerializer(), max_length=_MOST)


class CodesSerializer(serializers.Serializer[Any]):
    """The questions that have an answer now."""

    codes = serializers.ListField(child=serializers.CharField())


class EarlierAnswersApiView(ResponseForPrograms, WholeListView):
    """The best earlier answer for each question without one, in the order of the questionnaire."""

    policy_action = ResponseAction.ANSWER
    serializer_class = EarlierAnswerSerializer
    twin_of = ("questionnaires:earlier-answers", "questionnaires:earlier-take")
    rests = True

    def get_rows(self) -> Iterable[EarlierAnswer]:
        return [offer for section in all_offers(self.draft) for offer in section.offers]

    @extend_schema(
        request=TakenSerializer, responses={status.HTTP_201_CREATED: CodesSerializer}, operation_id="earlier_take"
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take the chosen ones as official answers: all of them, or nothing."""
        return answered_once(request, lambda: self._take(request))

    def _take(self, request: Request) -> Response:
        given = _read(TakenSerializer, request)
        chosen = [ChosenAnswer(**each) for each in given["answers"]]
        how, version = Reuse(given["how"]), given["version"]
        return _filled(take_earlier(actor=self.user, response=self.draft, version=version, how=how, chosen=chosen))


class EarlierSetAsideApiView(ResponseForPrograms):
    """An earlier answer is offered beside its question no longer; it stays among the answers from before."""

    policy_action = ResponseAction.ANSWER
    twin_of = ("questionnaires:earlier-set-aside",)
    rests = True

    @extend_schema(
        request=ChosenAnswerSerializer, responses={status.HTTP_201_CREATED: None}, operation_id="earlier_set_aside"
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._set_aside(request))

    def _set_aside(self, request: Request) -> Response:
        given = _read(ChosenAnswerSerializer, request)
        version = given.pop("version")
        set_aside(actor=self.user, response=self.draft, version=version, chosen=ChosenAnswer(**given))
        return Response(status=status.HTTP_201_CREATED)


class LinkedAnswerSerializer(serializers.Serializer[LinkedEffect]):
    """``seen`` is said again by who fills it; ``lost``: options that it has not."""

    code = serializers.CharField(source="item.code")
    question = serializers.CharField(source="item.text")
    link = serializers.ChoiceField(LinkMethod.choices, source="method")
    seen = serializers.IntegerField(source="stored.revision")
    answer = ReadContentSerializer(source="stored")
    lost = serializers.ListField(child=serializers.CharField(), source="fit.lost")
    is_asked = serializers.BooleanField()
    can_be_filled = serializers.BooleanField()


class LinkedAnswersSerializer(serializers.Serializer[Any]):
    """``seen``: the save of the answer itself."""

    seen = serializers.IntegerField()
    answer = ReadContentSerializer()
    linked = LinkedAnswerSerializer(many=True)


class FilledSerializer(StrictSerializer):
    """``targets``: by code, the save at which each was seen."""

    version = serializers.IntegerField(min_value=1)
    seen = serializers.IntegerField(min_value=0)
    targets = serializers.DictField(child=serializers.IntegerField(min_value=0))


class LinkedAnswersApiView(ResponseForPrograms):
    """The answer to one question, and what giving it to the linked ones too would do."""

    policy_action = ResponseAction.ANSWER
    serializer_class = LinkedAnswersSerializer
    twin_of = ("questionnaires:linked-answers",)
    rests = True

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        find_item(self.index, self.kwargs["question"])
        return target

    @extend_schema(responses=LinkedAnswersSerializer, operation_id="linked_answers_retrieve")
    def get(self, request: Request, question: str, **kwargs: Any) -> Response:
        answer, effects = linked_effects(self.draft, question)
        body = {"seen": answer.revision, "answer": answer, "linked": effects}
        return Response(LinkedAnswersSerializer(body).data)

    @extend_schema(
        request=FilledSerializer, responses={status.HTTP_201_CREATED: CodesSerializer}, operation_id="linked_fill"
    )
    def post(self, request: Request, question: str, **kwargs: Any) -> Response:
        """Give the answer to the chosen questions: to all of them, or to none."""
        return answered_once(request, lambda: self._fill(request, question))

    def _fill(self, request: Request, question: str) -> Response:
        given = _read(FilledSerializer, request)
        targets = LinkedTargets(question, given["seen"], given["targets"])
        return _filled(fill_linked(actor=self.user, response=self.draft, version=given["version"], given=targets))


def _read(serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _filled(items: Sequence[Item]) -> Response:
    body = CodesSerializer({"codes": [item.code for item in items]}).data
    return Response(body, status.HTTP_201_CREATED)
