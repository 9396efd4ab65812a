"""The cockpit for programs of the secretariat: the same rows and figures, narrowed by the same filter."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.states import StateSerializer
from core.api.reads import ObjectTwin, PagedListTwin, PageTwin, RowSerializer, WholeListTwin, name_of
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.models import BulkAct, SavedView
from portal.cockpit.selectors import cockpit, figures
from portal.cockpit.selectors.bulk import ShownLine, lines_of
from portal.cockpit.selectors.rows import facts_of
from portal.cockpit.views.acts import ActDetailView
from portal.cockpit.views.cockpit import CockpitStepsView, CockpitView, CockpitWaitingView, CockpitWorkloadView
from portal.cockpit.views.saved import ViewListView
from reviews.cases.models import Review
from reviews.lists import ReviewListSerializer


class CockpitRowSerializer(ReviewListSerializer):
    """A review as the table of the cockpit shows it. ``awaited``: the States whose word or act is missing;
    ``unreached``: people whom mails do not reach.
    """

    officer = name_of("officer")
    awaited = serializers.SerializerMethodField()
    reminded_on = serializers.SerializerMethodField()
    without_focal_point = serializers.SerializerMethodField()
    unreached = serializers.SerializerMethodField()

    class Meta(ReviewListSerializer.Meta):
        fields = [
            *ReviewListSerializer.Meta.fields, "officer", "awaited", "reminded_on", "without_focal_point", "unreached",
        ]  # fmt: skip

    def get_awaited(self, review: Review) -> list[str]:
        return [state.iso3 for state in self.facts(review).awaited]

    def get_reminded_on(self, review: Review) -> str | None:
        day = self.facts(review).reminded_on
        return day.isoformat() if day else None

    def get_without_focal_point(self, review: Review) -> list[str]:
        return [state.iso3 for state in self.facts(review).without_focal_point]

    def get_unreached(self, review: Review) -> list[str]:
        return [user.full_name for user in self.facts(review).unreached]

    def facts(self, review: Review) -> Any:
        return self.context["view"].facts[review.pk]


class _Cockpit(PageTwin):
    scope_group = "reviews"
    filterset_class = CockpitFilterSet

    @property
    def reviews(self) -> Any:
        return self.narrowed(self.shown.filter)


class CockpitApiView(_Cockpit, PagedListTwin):
    """The reviews that the filter leaves, by code."""

    shows = CockpitView
    twin_of = ("portal:cockpit",)
    serializer_class = CockpitRowSerializer
    cursor_ordering = ("code",)

    def get_queryset(self) -> Any:
        return cockpit.for_table(self.reviews)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset) or []
        self.facts = facts_of(rows)
        return rows


class WaitingSerializer(serializers.Serializer[figures.WaitingReview]):
    """``owner`` owes the next act of the review, and is waited for since that day."""

    review = serializers.CharField(source="review.code")
    state_under_review = StateSerializer(source="review.state_under_review")
    step = serializers.CharField(source="review.step.slug")
    owner = serializers.CharField()
    since = serializers.DateField()
    days = serializers.IntegerField()


class CockpitWaitingApiView(_Cockpit, WholeListTwin):
    """Who is waited for, and for how long: the longest first."""

    shows = CockpitWaitingView
    twin_of = ("portal:cockpit-waiting",)
    serializer_class = WaitingSerializer

    def get_rows(self) -> Iterable[Any]:
        waiting = figures.waiting_for(self.reviews, timezone.localdate())
        return sorted(waiting, key=lambda each: (-each.days, each.review.code))


class OfficerLoadSerializer(serializers.Serializer[figures.OfficerLoad]):
    """``officer`` is null for reviews that nobody is in charge of; ``notes``: notes verbales that this officer may
    check.
    """

    officer = name_of("officer")
    reviews = serializers.IntegerField()
    owed = serializers.IntegerField()
    notes = serializers.IntegerField()


class StateLoadSerializer(serializers.Serializer[figures.StateLoad]):
    """The open reviews that a State performs at the same time."""

    state_party = StateSerializer(source="state")
    count = serializers.IntegerField()
    codes = serializers.ListField(child=serializers.CharField())


class WorkloadSerializer(serializers.Serializer[Any]):
    officers = OfficerLoadSerializer(many=True)
    states = StateLoadSerializer(many=True)


class CockpitWorkloadApiView(_Cockpit, ObjectTwin):
    """How much each officer has in charge, and how many reviews each State performs at the same time."""

    shows = CockpitWorkloadView
    twin_of = ("portal:cockpit-workload",)
    serializer_class = WorkloadSerializer

    def get_object(self) -> dict[str, Any]:
        reviews = self.reviews
        return {
            "officers": figures.officer_loads(reviews, self.shown.mechanism),
            "states": figures.state_loads(reviews, timezone.localdate()),
        }


class MonthSerializer(serializers.Serializer[Any]):
    """How many reviews stood at each step at the end of a month, or today."""

    day = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By the short name of the step.")


class CockpitStepsApiView(_Cockpit, WholeListTwin):
    """How many reviews stood at each step, month by month."""

    shows = CockpitStepsView
    twin_of = ("portal:cockpit-steps",)
    serializer_class = MonthSerializer

    def get_rows(self) -> Iterable[Any]:
        steps = cockpit.steps_in_order(self.shown.mechanism)
        slugs = [step.slug for step in steps]
        for month in figures.months_of(cockpit.stays_of(self.reviews), steps, timezone.localdate()):
            yield {"day": month.day, "counts": dict(zip(slugs, month.counts, strict=True))}


class SavedViewSerializer(RowSerializer):
    """``query``: what narrows the cockpit, as it stands in an address."""

    owner = name_of("owner")

    class Meta:
        model = SavedView
        fields = ["id", "name", "query", "owner", "is_shared", "is_default"]


class SavedViewListApiView(WholeListTwin):
    """The caller's own saved views, and those that colleagues share."""

    shows = ViewListView
    scope_group = "reviews"
    twin_of = ("portal:cockpit-views",)
    serializer_class = SavedViewSerializer

    def get_rows(self) -> Iterable[Any]:
        return cockpit.views_for(self.shown.user, self.shown.mechanism)


class ActLineSerializer(serializers.Serializer[Any]):
    """A review of the act: what was foreseen, and what came of it. ``reason``: why it is left out."""

    review = serializers.CharField(source="line.review.code")
    status = serializers.CharField(source="line.status")
    reason = serializers.CharField(source="line.reason", allow_blank=True)
    milestone = serializers.CharField(source="line.milestone.plan.slug", allow_null=True, default=None)
    due_on = serializers.DateField(source="line.due_on", allow_null=True)
    until = serializers.DateField(source="line.until", allow_null=True)
    is_changed = serializers.BooleanField(source="line.is_changed")
    mails = serializers.IntegerField(source="line.mails")
    people = serializers.SerializerMethodField()

    def get_people(self, shown: ShownLine) -> list[str]:
        return [user.full_name for user in shown.people]


class BulkActSerializer(RowSerializer):
    actor = name_of("actor")
    officer = name_of("officer")
    lines = serializers.SerializerMethodField()

    class Meta:
        model = BulkAct
        fields = [
            "id", "kind", "actor", "officer", "extend_days", "extend_until", "reason", "status", "confirmed_at",
            "finished_at", "lines",
        ]  # fmt: skip

    @extend_schema_field(ActLineSerializer(many=True))
    def get_lines(self, act: BulkAct) -> Any:
        return ActLineSerializer(lines_of(act), many=True).data


class BulkActApiView(ObjectTwin):
    """An act on many reviews: its preview until it is confirmed, then how far it is, then its result."""

    shows = ActDetailView
    scope_group = "reviews"
    twin_of = ("portal:cockpit-act",)
    serializer_class = BulkActSerializer

    def get_object(self) -> BulkAct:
        act: BulkAct = self.shown.act
        return act
