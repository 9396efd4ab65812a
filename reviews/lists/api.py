"""Reviews for programs: the same as their pages show, to the same people."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from accounts.states import StateSerializer
from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review, ReviewingState, ReviewMilestone
from reviews.due import next_act
from reviews.lists.filters import ReviewFilterSet
from reviews.lists.selectors.rows import for_detail, for_list
from reviews.navigation import ForPrograms, ReviewForPrograms
from reviews.programme import get_mechanism


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
        milestone = next_act(review)
        return NextActSerializer(milestone).data if milestone else None


class ReviewDetailSerializer(ReviewListSerializer):
    instruments: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    reviewing_states = ReviewingStateSerializer(many=True)
    milestones = MilestoneSerializer(many=True)

    class Meta(ReviewListSerializer.Meta):
        fields = [*ReviewListSerializer.Meta.fields, "instruments", "reviewing_states", "milestones"]


class ReviewListApiView(ForPrograms, StrictView, generics.ListAPIView[Review]):
    """The reviews that the caller may see, with the next act of each; narrowed as on the page."""

    permission_classes = (PolicyPermission,)
    serializer_class = ReviewListSerializer
    policy_action = ReviewAction.LIST
    scope_group = "reviews"
    twin_of = ("reviews:review-list",)
    filterset_class = ReviewFilterSet
    cursor_ordering = ("code",)

    def get_queryset(self) -> QuerySet[Review]:
        """Raises Http404 for a mechanism that is not there, so that a typing error does not look like no reviews."""
        mechanism = get_mechanism(self.kwargs["mechanism"])
        rows = self.narrowed(ReviewFilterSet(self.given_filters(), mechanism=mechanism, user=self.user))
        return for_list(self.confined(rows))


class ReviewDetailApiView(ReviewForPrograms, generics.RetrieveAPIView[Review]):
    """One review: its States, instruments and milestones."""

    serializer_class = ReviewDetailSerializer
    policy_action = ReviewAction.VIEW
    twin_of = ("portal:review-detail",)

    def get_object(self) -> Review:
        return for_detail(self.review)
