"""The dates of a review, and what is asked for about them, for programs."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, WholeListTwin, name_of
from reviews.agreement import WordSerializer
from reviews.cases.models import Review, TimeChange
from reviews.dates.feeds import feeds_of
from reviews.dates.models import CalendarFeed
from reviews.dates.selectors import agreement_on, time_changes_for
from reviews.dates.views.calendar import CalendarFeedsView
from reviews.dates.views.dates import DatesView, MilestoneDateRow
from reviews.due import know_states
from reviews.lists import MilestoneSerializer, StateSerializer
from reviews.navigation import ReviewTwin
from reviews.visibility import states_taking_part


class MilestoneDateSerializer(serializers.Serializer[MilestoneDateRow]):
    """``planned_on`` is the date by the plan alone; ``reasons`` say in words why the date is what it is."""

    milestone = MilestoneSerializer()
    planned_on = serializers.DateField(allow_null=True)
    extended_to = serializers.DateField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    is_past = serializers.BooleanField()
    is_asked = serializers.BooleanField()


class TimeChangeSerializer(RowSerializer):
    """An extension or a pause. ``reason`` and notes are empty for who may not read them; ``asked_for`` is null for the
    secretariat.
    """

    milestone = serializers.CharField(source="milestone.plan.slug", allow_null=True, default=None)
    asked_by = name_of("asked_by")
    asked_for = StateSerializer(allow_null=True)
    recorded_by = name_of("recorded_by")
    ended_by = name_of("ended_by")
    words = serializers.SerializerMethodField()

    class Meta:
        model = TimeChange
        fields = [
            "id", "kind", "milestone", "starts_on", "until", "reason", "asked_by", "asked_for", "asked_at", "status",
            "decided_at", "decided_on", "recorded_by", "recorded_how", "ended_on", "ended_by", "words",
        ]  # fmt: skip

    @extend_schema_field(WordSerializer(many=True))
    def get_words(self, change: TimeChange) -> Any:
        return WordSerializer(agreement_on(change, self.context["states"]).words, many=True).data


class DatesSerializer(serializers.Serializer[Any]):
    plan_version = serializers.IntegerField()
    milestones = MilestoneDateSerializer(many=True)
    changes = TimeChangeSerializer(many=True)


class DatesApiView(ReviewTwin, ObjectTwin):
    """When each milestone is due and why; the extensions and pauses that were ever asked for, the latest first."""

    shows = DatesView
    twin_of = ("reviews:dates",)
    serializer_class = DatesSerializer

    def get_object(self) -> dict[str, Any]:
        review: Review = self.review
        know_states(review)
        changes = time_changes_for(self.user, review)
        for change in changes:
            change.review = review
        return {
            "plan_version": review.plan_version.number,
            "milestones": self.shown.date_rows(changes),
            "changes": changes,
        }

    def get_serializer_context(self) -> dict[str, Any]:
        states = list(states_taking_part(self.review)) if hasattr(self, "shown") else []
        return {**super().get_serializer_context(), "states": states}


class CalendarFeedSerializer(RowSerializer):
    """``review`` is null for the address of all reviews. The address itself is shown once, where it is made."""

    review = serializers.CharField(source="review.code", allow_null=True, default=None)
    made_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = CalendarFeed
        fields = ["id", "review", "made_at", "last_used_at"]


class CalendarFeedListApiView(WholeListTwin):
    """The caller's own private calendar addresses."""

    shows = CalendarFeedsView
    scope_group = "account"
    twin_of = ("reviews:calendar-feed-list",)
    serializer_class = CalendarFeedSerializer

    def get_rows(self) -> Iterable[Any]:
        return feeds_of(self.shown.user)
