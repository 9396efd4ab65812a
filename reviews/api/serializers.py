from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import StateParty
from reviews.models import Review, ReviewingState, ReviewMilestone


class StateSerializer(serializers.ModelSerializer[StateParty]):
    """A State as its code and its name in the caller's language."""

    class Meta:
        model = StateParty
        fields = ["iso3", "name"]


class NextActSerializer(serializers.ModelSerializer[ReviewMilestone]):
    milestone = serializers.CharField(source="plan.slug")
    name = serializers.CharField(source="plan.name")
    owed_by = serializers.CharField(source="plan.owed_by")

    class Meta:
        model = ReviewMilestone
        fields = ["milestone", "name", "owed_by", "due_on"]


class MilestoneSerializer(NextActSerializer):
    class Meta(NextActSerializer.Meta):
        fields = [*NextActSerializer.Meta.fields, "reached_on"]


class ReviewingStateSerializer(serializers.ModelSerializer[ReviewingState]):
    state_party = StateSerializer()
    instruments: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)

    class Meta:
        model = ReviewingState
        fields = ["state_party", "basis", "instruments"]


class ReviewListSerializer(serializers.ModelSerializer[Review]):
    mechanism = serializers.CharField(source="mechanism.slug")
    phase = serializers.IntegerField(source="phase.number")
    state_under_review = StateSerializer()
    step = serializers.CharField(source="step.slug")
    next_act = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["mechanism", "code", "phase", "state_under_review", "starts_on", "step", "next_act"]

    @extend_schema_field(NextActSerializer(allow_null=True))
    def get_next_act(self, review: Review) -> dict[str, Any] | None:
        return NextActSerializer(review.open_milestones[0]).data if review.open_milestones else None  # type: ignore[attr-defined]


class ReviewDetailSerializer(ReviewListSerializer):
    instruments: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    reviewing_states = ReviewingStateSerializer(many=True)
    milestones = MilestoneSerializer(many=True)

    class Meta(ReviewListSerializer.Meta):
        fields = [*ReviewListSerializer.Meta.fields, "instruments", "reviewing_states", "milestones"]
