"""The cockpit for programs of the secretariat: the same rows and figures, narrowed by the same filter."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.states import StateSerializer
from core.api.files import JobTwin
from core.api.idempotency import answered_once
from core.api.reads import ObjectTwin, PagedListTwin, PageTwin, RowSerializer, WholeListTwin, name_of
from core.api.serializers import ShortListField, StrictSerializer
from portal.cockpit.enums import BulkKind
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.forms import BulkActForm
from portal.cockpit.models import BulkAct, SavedView
from portal.cockpit.selectors import cockpit, figures
from portal.cockpit.selectors.bulk import ShownLine, lines_of
from portal.cockpit.selectors.cockpit import get_bulk_act
from portal.cockpit.selectors.rows import facts_of
from portal.cockpit.services import confirm_bulk_act, prepare_bulk_act
from portal.cockpit.views.acts import ActConfirmView, ActDetailView, ActPrepareView
from portal.cockpit.views.cockpit import CockpitStepsView, CockpitView, CockpitWaitingView, CockpitWorkloadView
from portal.cockpit.views.saved import ViewListView
from reviews.cases.models import Review
from reviews.lists import ReviewListSerializer

_MOST_REVIEWS = 1_000  # as on the page


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


class CockpitJobTwin(_Cockpit, JobTwin):
    """What the cockpit shows as a file, narrowed by the same filter."""


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
    """A review of the act: what was foreseen, and what came of it. ``reason``: why it is left out,
    ``error``: why it failed.
    """

    review = serializers.CharField(source="line.review.code")
    status = serializers.CharField(source="line.status")
    reason = serializers.CharField(source="line.reason", allow_blank=True)
    milestone = serializers.CharField(source="line.milestone.plan.slug", allow_null=True, default=None)
    due_on = serializers.DateField(source="line.due_on", allow_null=True)
    until = serializers.DateField(source="line.until", allow_null=True)
    error = serializers.CharField(source="line.error", allow_blank=True)
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


class BulkActInputSerializer(StrictSerializer):
    """``reviews`` by their codes. Whom to put in charge (``officer``, a key), or how much more time and why."""

    kind = serializers.ChoiceField(BulkKind.choices)
    reviews = ShortListField(child=serializers.CharField(max_length=20), min_length=1, max_length=_MOST_REVIEWS)
    officer = serializers.UUIDField(allow_null=True, default=None)
    days = serializers.IntegerField(allow_null=True, default=None)
    until = serializers.DateField(allow_null=True, default=None)
    reason = serializers.CharField(allow_blank=True, default="")


class ChangedSincePreviewError(APIException):
    """What a confirmed act would do is no longer what was shown."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "changed"
    default_detail = gettext_lazy("Reviews have changed since the preview. Read the act again, and confirm it then.")


class BulkActPrepareApiView(PageTwin):
    """An act on many reviews is prepared: what it would do to each, and to whom it would write."""

    shows = ActPrepareView
    scope_group = "reviews"
    twin_of = ("portal:cockpit-act-prepare",)

    @extend_schema(
        request=BulkActInputSerializer, responses={201: BulkActSerializer}, operation_id="cockpit_acts_create"
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Nothing is done before it is confirmed."""
        return answered_once(request, lambda: self._prepare(request))

    def _prepare(self, request: Request) -> Response:
        given = BulkActInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        form = self.shows.forms.get(said["kind"], BulkActForm)({**said, "officer": said["officer"] or ""})
        if not form.is_valid():
            raise ValidationError(form.errors)
        act = prepare_bulk_act(
            actor=self.shown.user,
            mechanism=self.shown.mechanism,
            kind=BulkKind(said["kind"]),
            reviews=self._chosen(said["reviews"]),
            terms=form.terms,
        )
        return Response(BulkActSerializer(act).data, status.HTTP_201_CREATED)

    def _chosen(self, codes: list[str]) -> Any:
        reviews = self.shown.filter_of(QueryDict()).qs.filter(code__in=codes)
        if missing := set(codes) - set(reviews.values_list("code", flat=True)):
            raise ValidationError({"reviews": [_("There is no such review: %(code)s") % {"code": min(missing)}]})
        return reviews


class BulkActConfirmApiView(PageTwin):
    """A prepared act is confirmed, and carried out review by review."""

    shows = ActConfirmView
    scope_group = "reviews"
    twin_of = ("portal:cockpit-act-confirm",)

    @extend_schema(request=None, responses=BulkActSerializer, operation_id="cockpit_acts_confirm_create")
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Where a review has changed since it was prepared nothing is done (409): the lines of the act say which
        (``is_changed``), and it may be confirmed anew, under the same key too.
        """
        answer = answered_once(request, self._confirm)
        if answer.status_code == status.HTTP_409_CONFLICT:  # raised within the transaction, it would undo the marks
            raise ChangedSincePreviewError
        return answer

    def _confirm(self) -> Response:
        act = self.shown.act
        if confirm_bulk_act(actor=self.shown.user, act=act):
            return Response(status=status.HTTP_409_CONFLICT)
        return Response(BulkActSerializer(get_bulk_act(act.mechanism.slug, act.pk)).data)


class BulkActApiView(ObjectTwin):
    """An act on many reviews: its preview until it is confirmed, then how far it is, then its result."""

    shows = ActDetailView
    scope_group = "reviews"
    twin_of = ("portal:cockpit-act",)
    serializer_class = BulkActSerializer

    def get_object(self) -> BulkAct:
        act: BulkAct = self.shown.act
        return act
