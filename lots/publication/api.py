"""Draws for programs: all that is fixed of one, and what was drawn; that of everybody, and that of the secretariat."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.states import StateSerializer
from core.api.reads import RowSerializer
from core.api.views import StrictView
from lots.draws import get_public_draw, is_result_public, public_draws
from lots.draws.models import Draw, DrawEntry
from lots.preparation import downloads_of
from lots.results import DrawnReviewer, drawn_states, entries_of


class DrawSerializer(RowSerializer):
    """A draw, and the checksums of what is fixed of it; ``void_reason`` is empty until the draw is voided."""

    mechanism = serializers.CharField(source="mechanism.slug")
    phase = serializers.IntegerField(source="phase.number")
    void_reason = serializers.SerializerMethodField()

    class Meta:
        model = Draw
        fields = [
            "mechanism", "code", "phase", "is_training", "status", "as_of", "kind", "input_sha256",
            "commitment_sha256", "announced_at", "seeded_at", "published_at", "voided_at", "void_reason",
        ]  # fmt: skip

    def get_void_reason(self, draw: Draw) -> str:
        """A voiding that is only asked for is no affair of the public's."""
        return draw.void_reason if draw.voided_at else ""


class DrawEntrySerializer(RowSerializer):
    """A State of the frozen input; ``is_group_assigned``: it is in no regional group, and was put into one."""

    state_party = StateSerializer()
    regional_group = serializers.CharField(source="regional_group.slug")

    class Meta:
        model = DrawEntry
        fields = ["state_party", "regional_group", "is_group_assigned", "instruments"]


class DrawnReviewerSerializer(serializers.Serializer[DrawnReviewer]):
    state_party = StateSerializer(source="state")
    basis = serializers.CharField()
    is_extra = serializers.BooleanField()
    instruments = serializers.SerializerMethodField()

    def get_instruments(self, drawn: DrawnReviewer) -> list[str]:
        return [instrument.slug for instrument in drawn.instruments]


class DrawnStateSerializer(serializers.Serializer[Any]):
    """A State that is reviewed, in which group, and who reviews it."""

    state_party = StateSerializer(source="state")
    group = serializers.IntegerField(source="group_number")
    reviewers = DrawnReviewerSerializer(many=True)


class DrawFileSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    sha256 = serializers.CharField()


class WholeDrawSerializer(DrawSerializer):
    """``result`` is empty, and its files are left out, as long as the caller may not know of it."""

    entries = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta(DrawSerializer.Meta):
        fields = [*DrawSerializer.Meta.fields, "switches", "terms", "entries", "result", "files"]

    @extend_schema_field(DrawEntrySerializer(many=True))
    def get_entries(self, draw: Draw) -> Any:
        return DrawEntrySerializer(entries_of(draw), many=True).data

    @extend_schema_field(DrawnStateSerializer(many=True))
    def get_result(self, draw: Draw) -> Any:
        return DrawnStateSerializer(drawn_states(draw) if self.shows_result(draw) else [], many=True).data

    @extend_schema_field(DrawFileSerializer(many=True))
    def get_files(self, draw: Draw) -> Any:
        return DrawFileSerializer(downloads_of(draw, with_result=self.shows_result(draw)), many=True).data

    def shows_result(self, draw: Draw) -> bool:
        return is_result_public(draw)


@extend_schema_view(get=extend_schema(operation_id="public_draws_list"))
class PublicDrawListApiView(StrictView, ListAPIView[Draw]):
    """The draws that everybody may see, the last announced first; those for training are marked."""

    scope_group = "reviews"
    heeds_state = True  # what is public is the same for all
    twin_of = ("lots:public-draw-list",)
    serializer_class = DrawSerializer
    cursor_ordering = ("-announced_at", "pk")

    def get_queryset(self) -> QuerySet[Draw]:
        return public_draws()


@extend_schema_view(get=extend_schema(operation_id="public_draws_retrieve"))
class PublicDrawApiView(StrictView, RetrieveAPIView[Draw]):
    """One of them: the input from its announcement on, the result from its publication on."""

    scope_group = "reviews"
    heeds_state = True
    twin_of = ("lots:public-draw",)
    serializer_class = WholeDrawSerializer

    def get_object(self) -> Draw:
        return get_public_draw(self.kwargs["mechanism"], self.kwargs["code"])
