"""The step plan of a mechanism, in its versions, for programs."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, WholeListTwin, name_of
from reviews.plans.views import PlanDetailView, PlanListView
from reviews.programme.models import StepPlan, StepPlanVersion
from reviews.schedule import plan_versions_of, rows_of


class PlanSerializer(RowSerializer):
    """A draft has no ``published_at``; ``phase`` is null where it holds for every phase."""

    phase = serializers.IntegerField(source="phase.number", allow_null=True, default=None)
    published_by = name_of("published_by")
    running = serializers.IntegerField(help_text="How many reviews run by it.")

    class Meta:
        model = StepPlanVersion
        fields = [
            "number", "phase", "day_rule", "evidence_mark", "evidence_note", "note", "published_at", "published_by",
            "running",
        ]  # fmt: skip


class PlannedMilestoneSerializer(RowSerializer):
    milestone = serializers.CharField(source="slug")
    step = serializers.CharField(source="step.slug")
    counted_from = serializers.CharField(source="counted_from.slug", allow_null=True, default=None)

    class Meta:
        model = StepPlan
        fields = [
            "milestone", "name", "kind", "step", "amount", "unit", "counted_from", "owed_by", "clock_stops",
            "evidence_mark", "evidence_note",
        ]  # fmt: skip


class PlanDetailSerializer(PlanSerializer):
    milestones = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "milestones"]

    @extend_schema_field(PlannedMilestoneSerializer(many=True))
    def get_milestones(self, version: StepPlanVersion) -> Any:
        return PlannedMilestoneSerializer(rows_of(version), many=True).data


class PlanListApiView(WholeListTwin):
    """The versions of the step plan, the newest first."""

    shows = PlanListView
    scope_group = "office"
    twin_of = ("reviews:plan-list",)
    serializer_class = PlanSerializer

    def get_rows(self) -> Iterable[Any]:
        return plan_versions_of(self.shown.mechanism)


class PlanDetailApiView(ObjectTwin):
    """One version with its milestones, every duration with its evidence."""

    shows = PlanDetailView
    scope_group = "office"
    twin_of = ("reviews:plan-detail",)
    serializer_class = PlanDetailSerializer

    def get_object(self) -> StepPlanVersion:
        version: StepPlanVersion = self.shown.version
        return version
