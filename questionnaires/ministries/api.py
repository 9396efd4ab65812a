"""What ministries have and propose, for programs of those who draft for the State."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.revisions import Revision
from core.api.views import WholeListView
from questionnaires.answers import SaveOfAnswerSerializer
from questionnaires.assignments import readers_by_leave
from questionnaires.definitions.enums import ResponseAction
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.models import ConsultedBody
from questionnaires.ministries.selectors import (
    Matrix,
    SentPart,
    ShownProposal,
    matrix_of,
    official_answer,
    proposals_on,
    shown_beside,
)
from questionnaires.progress import EMPTY, ReadContentSerializer
from questionnaires.responses import ResponseForPrograms, find_item
from questionnaires.responses.enums import AssignmentWord


class ContributorSerializer(serializers.Serializer[Any]):
    """``id``: of the participation. ``reads_all``: by leave of the focal point, all official answers."""

    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="user.full_name")
    organization = serializers.CharField(source="user.organization", allow_blank=True)
    reads_all = serializers.SerializerMethodField()

    def get_reads_all(self, contributor: Any) -> bool:
        return contributor.pk in self.context["readers"]


class HolderSerializer(serializers.Serializer[Any]):
    """Who has parts: a ministry with its people, or one contributor."""

    id = serializers.UUIDField(source="key")
    name = serializers.CharField()
    people = ContributorSerializer(many=True)


class SentPartSerializer(serializers.Serializer[SentPart]):
    """What was sent of a section: all of it where ``question`` is null. ``holder``: the ``id`` of who has it."""

    id = serializers.UUIDField(source="assignment.pk")
    holder = serializers.UUIDField(source="assignment.holder_id")
    instrument = serializers.SerializerMethodField()
    section = serializers.CharField(source="assignment.section.slug")
    question = serializers.CharField(source="assignment.question.code", default=None, allow_null=True)
    state = serializers.ChoiceField(PartState.choices)
    is_late = serializers.BooleanField()
    due_on = serializers.DateField(source="assignment.due_on", allow_null=True)
    remark = serializers.CharField(source="assignment.remark", allow_blank=True)
    shows_official = serializers.BooleanField(source="assignment.shows_official")
    sent_at = serializers.DateTimeField(source="assignment.sent_at")
    said = serializers.ChoiceField(AssignmentWord.choices, source="assignment.said", allow_blank=True)
    word = serializers.CharField(source="assignment.word", allow_blank=True)
    proposals = serializers.IntegerField()
    shown = serializers.CharField(help_text="Said again by who calls the part checked.")

    def get_instrument(self, part: SentPart) -> str:
        instruments: dict[Any, str] = self.context["instruments"]
        return instruments[part.assignment.section_id]


class MinistriesSerializer(serializers.Serializer[Matrix]):
    """``not_sent``: how many sections nobody has."""

    contributors = ContributorSerializer(many=True)
    holders = HolderSerializer(many=True)
    parts = SentPartSerializer(many=True)
    not_sent = serializers.IntegerField()


class MinistriesApiView(ResponseForPrograms):
    """Who has what, how far it is, and who is late."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = MinistriesSerializer
    twin_of = ("questionnaires:ministries",)

    @extend_schema(responses=MinistriesSerializer, operation_id="ministries_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        instruments = {place.pk: place.part.instrument for place in self.index.sections}
        context = {"instruments": instruments, "readers": readers_by_leave(self.draft)}
        return Response(MinistriesSerializer(matrix_of(self.draft), context=context).data)


class ProposalSerializer(serializers.Serializer[ShownProposal]):
    """``is_adopted``: as it is now, it has gone into the official answer. ``number``: of its last save."""

    id = serializers.UUIDField(source="proposal.pk")
    ministry = serializers.CharField(source="proposal.whose")
    number = serializers.IntegerField(source="proposal.revision")
    answer = ReadContentSerializer(source="proposal")
    is_adopted = serializers.BooleanField()
    returned_at = serializers.DateTimeField(source="proposal.returned_at", allow_null=True)
    return_reason = serializers.CharField(source="proposal.return_reason", allow_blank=True)
    return_answered_at = serializers.DateTimeField(source="proposal.return_answered_at", allow_null=True)
    saves = SaveOfAnswerSerializer(many=True, source="proposal.revisions.all")


class ProposalsSerializer(serializers.Serializer[Any]):
    """``revision``: that of the official answer, for a save on it."""

    code = serializers.CharField()
    revision = serializers.CharField()
    official = ReadContentSerializer()
    proposals = ProposalSerializer(many=True)


class ProposalsApiView(ResponseForPrograms):
    """What ministries propose on one question, beside the official answer."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = ProposalsSerializer
    twin_of = ("questionnaires:proposals",)

    def get_policy_target(self) -> Any:
        super().get_policy_target()
        find_item(self.index, self.kwargs["question"])
        return self.draft

    @extend_schema(responses=ProposalsSerializer, operation_id="proposals_retrieve")
    def get(self, request: Request, question: str, **kwargs: Any) -> Response:
        official = official_answer(self.draft, question) or EMPTY
        body = {
            "code": question,
            "revision": str(Revision(self.index.number, official.revision)),
            "official": official,
            "proposals": shown_beside(official, proposals_on(self.draft, question)),
        }
        return Response(ProposalsSerializer(body).data)


class ConsultedBodySerializer(serializers.ModelSerializer[ConsultedBody]):
    added_by = serializers.CharField(source="added_by.full_name")

    class Meta:
        model = ConsultedBody
        fields = ["id", "name", "kind", "consulted_on", "about", "added_by"]


class ConsultedBodiesApiView(ResponseForPrograms, WholeListView):
    """Whom the State has heard for its answers; for its own people alone."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = ConsultedBodySerializer
    twin_of = ("questionnaires:consulted-bodies",)

    def get_rows(self) -> Iterable[Any]:
        return self.draft.consulted_bodies.select_related("added_by")
