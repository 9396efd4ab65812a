"""Who one is, and what there is to do, for programs."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.api.permissions import PolicyPermission
from core.api.reads import ObjectTwin
from core.api.views import StrictView, WholeListView
from core.language.terminology import named, speak
from portal.work.handover import Handover, HandoverLine
from portal.work.kinds import tasks_of
from portal.work.tasks import Task, Workload
from portal.work.views import HandoverView
from reviews.capacities import require_capacity
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation
from reviews.lists import MilestoneSerializer, StateSerializer
from reviews.navigation import ForPrograms, ReviewTwin
from reviews.participation import participations_of
from reviews.visibility import has_begun


class PlaceSerializer(serializers.ModelSerializer[Participation]):
    """A review in which the caller takes part, for which State and as what."""

    mechanism = serializers.CharField(source="review.mechanism.slug")
    code = serializers.CharField(source="review.code")
    state_party = StateSerializer()

    class Meta:
        model = Participation
        fields = ["mechanism", "code", "state_party", "side", "role"]


class TokenSerializer(serializers.Serializer[Any]):
    """The access token with which this was asked."""

    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    state_party = StateSerializer(allow_null=True)
    expires_at = serializers.DateTimeField()


class MeSerializer(serializers.ModelSerializer[User]):
    """``token`` is null in a browser; ``secretariat_role`` empty for whoever is of a State."""

    name = serializers.CharField(source="full_name")
    reviews = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["name", "email", "language", "time_zone", "secretariat_role", "reviews", "token"]

    @extend_schema_field(PlaceSerializer(many=True))
    def get_reviews(self, user: User) -> Any:
        view = self.context["view"]
        rows = participations_of(user).select_related("review__mechanism").order_by("review__code")
        if view.state_id is not None:
            rows = rows.filter(state_party=view.state_id)
        return PlaceSerializer(rows, many=True).data

    @extend_schema_field(TokenSerializer(allow_null=True))
    def get_token(self, user: User) -> Any:
        token = self.context["request"].auth
        return None if token is None else TokenSerializer(token).data


class MeApiView(ForPrograms, StrictView):
    """Who the caller is, in which reviews, and what the access token allows."""

    permission_classes = (PolicyPermission,)
    policy_action = AccountAction.VIEW_OWN_PROFILE
    serializer_class = MeSerializer
    scope_group = ""
    twin_of = ("accounts:profile",)

    @extend_schema(responses=MeSerializer, operation_id="me_retrieve")
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(self.user, context={"view": self, "request": request}).data)


class TaskSerializer(serializers.Serializer[Task]):
    """``part``: to be done by the caller, waited for, or of a review to come. It names codes and States, never content.

    ``url`` is the page on which it is done.
    """

    part = serializers.SerializerMethodField()
    what = serializers.CharField()
    why = serializers.CharField()
    capacity = serializers.CharField()
    mechanism = serializers.CharField(source="review.mechanism.slug", default=None, allow_null=True)
    code = serializers.CharField(source="review.code", default=None, allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    waits_for = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()

    @extend_schema_field(serializers.ChoiceField(["mine", "waiting", "later"]))
    def get_part(self, task: Task) -> str:
        if task.is_later:
            return "later"
        return "mine" if task.is_own else "waiting"


class WorkApiView(ForPrograms, WholeListView):
    """What the caller has to do and what he or she waits for, over all reviews, by date: *My work*."""

    permission_classes = (PolicyPermission,)
    policy_action = ReviewAction.LIST
    serializer_class = TaskSerializer
    scope_group = "reviews"
    twin_of = ("portal:dashboard",)

    def get_rows(self) -> Iterable[Task]:
        workload = Workload(self.user, timezone.now())
        if workload.mechanism:
            speak(named(workload.mechanism))
        for task in tasks_of(workload):
            state = task.capacity.state
            if self.state_id is None or (state is not None and state.pk == self.state_id):
                yield task


class HandoverLineSerializer(serializers.Serializer[HandoverLine]):
    """One thing, with the page on which it stands."""

    name = serializers.CharField(source="label")
    url = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class HandoverSerializer(serializers.Serializer[Any]):
    """``milestones``: what the State still owes; ``drafts``: what it has written and not sent, but for answers."""

    team = serializers.ListField(child=serializers.CharField())
    predecessor = serializers.CharField(allow_null=True)
    milestones = MilestoneSerializer(many=True)
    drafts = HandoverLineSerializer(many=True)
    threads_for_us = HandoverLineSerializer(many=True)
    threads_for_others = HandoverLineSerializer(many=True)
    versions_to_clear = HandoverLineSerializer(many=True)
    versions_with_others = HandoverLineSerializer(many=True)


class HandoverApiView(ReviewTwin, ObjectTwin):
    """What the caller's State has in hand: for whoever takes over, and for whoever prepares to leave."""

    shows = HandoverView
    twin_of = ("portal:handover",)
    serializer_class = HandoverSerializer

    def get_object(self) -> dict[str, Any]:
        handover = Handover(self.user, self.review, require_capacity(self.user, self.review))
        has_exchange, before = has_begun(self.review), handover.predecessor
        return {
            "team": [row.user.full_name for row in handover.team],
            "predecessor": before.user.full_name if before else None,
            "milestones": handover.milestones,
            "drafts": handover.drafts,
            "threads_for_us": handover.threads(ours=True) if has_exchange else [],
            "threads_for_others": handover.threads(ours=False) if has_exchange else [],
            "versions_to_clear": handover.versions(ours=True) if has_exchange else [],
            "versions_with_others": handover.versions(ours=False) if has_exchange else [],
        }
