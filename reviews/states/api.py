"""States for programs: what each has joined and said, its people, and who is missing in its reviews."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states import all_states
from accounts.states.models import StateParty
from core.api.permissions import PolicyPermission
from core.api.reads import ObjectTwin, PagedListTwin, RowSerializer, WholeListTwin
from core.api.views import WholeListView
from reviews.adherence import statements_of
from reviews.adherence.models import AdherenceStatement
from reviews.lists import StateSerializer, reviews_of_state
from reviews.navigation import ForPrograms
from reviews.nominations import NoteSerializer, OfStateTwin, delegations_of
from reviews.programme import adherences_of, begin_to_bind
from reviews.programme.models import Adherence
from reviews.states.directory import StateEntry, experts_of, people_by_state
from reviews.states.filters import DirectoryFilterSet, ExpertFilterSet, StateFilterSet
from reviews.states.views import DirectoryExpertsView, DirectoryView, StateDetailView, StateNominationsView


class ListedStateSerializer(RowSerializer):
    group = serializers.CharField(source="regional_group.slug", allow_null=True, default=None)

    class Meta:
        model = StateParty
        fields = ["iso3", "iso2", "name", "group", "is_reio", "is_fictional"]


class StateListApiView(WholeListView):
    """The States, by code; fictional ones are for demonstration and training."""

    permission_classes = (PolicyPermission,)
    policy_action = AccountAction.VIEW_STATES
    scope_group = "reviews"
    heeds_state = True  # what is public is the same for all
    twin_of = ("reviews:state-list",)
    serializer_class = ListedStateSerializer
    filterset_class = StateFilterSet

    def get_rows(self) -> Iterable[Any]:
        return self.narrowed(StateFilterSet(self.given_filters(), all_states()))


class AdherenceSerializer(RowSerializer):
    """``binds_from`` is null where it waits for an instrument that it supplements."""

    instrument = serializers.CharField(source="instrument.slug")
    binds_from = serializers.SerializerMethodField()

    class Meta:
        model = Adherence
        fields = ["instrument", "kind", "deposited_on", "is_verified", "source", "binds_from"]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_binds_from(self, adherence: Adherence) -> Any:
        return self.context["binds"].get(adherence.pk)


class StatementSerializer(RowSerializer):
    instrument = serializers.CharField(source="adherence.instrument.slug")

    class Meta:
        model = AdherenceStatement
        fields = ["id", "instrument", "kind", "made_on", "language", "text", "link"]


class StateDetailSerializer(ListedStateSerializer):
    """``reviews``: the codes of those under which it is that the caller may know of."""

    adherences = serializers.SerializerMethodField()
    statements = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()

    class Meta(ListedStateSerializer.Meta):
        fields = [*ListedStateSerializer.Meta.fields, "adherences", "statements", "reviews"]

    @extend_schema_field(AdherenceSerializer(many=True))
    def get_adherences(self, state: StateParty) -> Any:
        rows = list(adherences_of(state))
        return AdherenceSerializer(rows, many=True, context={"binds": begin_to_bind(rows)}).data

    @extend_schema_field(StatementSerializer(many=True))
    def get_statements(self, state: StateParty) -> Any:
        return StatementSerializer(statements_of(state), many=True).data

    def get_reviews(self, state: StateParty) -> list[str]:
        view = self.context["view"]
        rows = view.confined(reviews_of_state(view.user, state))
        return list(rows.order_by("code").values_list("code", flat=True))


class StateDetailApiView(ForPrograms, ObjectTwin):
    """One State: what it has joined and when, what it has said of it, and its reviews that the caller may know of."""

    shows = StateDetailView
    scope_group = "reviews"
    twin_of = ("reviews:state-detail",)
    serializer_class = StateDetailSerializer

    def get_object(self) -> StateParty:
        state: StateParty = self.shown.state
        return state


class PersonSerializer(RowSerializer):
    """Somebody who can be reached, as the directory shows."""

    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = ["name", "job_title", "organization", "email", "phone", "office_place", "office_hours"]


class StateEntrySerializer(serializers.Serializer[StateEntry]):
    state_party = StateSerializer(source="state")
    people = PersonSerializer(many=True)


class DirectoryApiView(WholeListTwin):
    """The focal points of all States, without the reviews in which they serve."""

    shows = DirectoryView
    scope_group = "reviews"
    twin_of = ("reviews:directory",)
    serializer_class = StateEntrySerializer
    filterset_class = DirectoryFilterSet

    def get_rows(self) -> Iterable[Any]:
        return people_by_state(self.narrowed(self.shown.get_filter()))


class ExpertSerializer(serializers.Serializer[Any]):
    """``email`` and ``phone`` are null where the page says “through the focal point”."""

    review = serializers.CharField()
    state_party = StateSerializer()
    name = serializers.CharField()
    job_title = serializers.CharField(allow_blank=True)
    organization = serializers.CharField(allow_blank=True)
    email = serializers.EmailField(allow_null=True)
    phone = serializers.CharField(allow_null=True)


class ExpertListApiView(WholeListTwin):
    """The experts of the reviews that the caller may know of."""

    shows = DirectoryExpertsView
    scope_group = "reviews"
    twin_of = ("reviews:directory-experts",)
    serializer_class = ExpertSerializer
    filterset_class = ExpertFilterSet

    def get_rows(self) -> Iterable[Any]:
        reviews = list(self.narrowed(self.shown.get_filter()))
        for review, experts in experts_of(self.shown.user, reviews):
            for each in experts:
                row, shows = each["participation"], each["shows_address"]
                yield {
                    "review": review.code,
                    "state_party": row.state_party,
                    "name": row.user.full_name,
                    "job_title": row.user.job_title,
                    "organization": row.user.organization,
                    "email": row.user.email if shows else None,
                    "phone": row.user.phone if shows else None,
                }


class ExpectedSerializer(serializers.Serializer[Any]):
    """A role in a review: who is there, whom a note verbale that waits names, and by which date somebody is owed."""

    role = serializers.CharField()
    present = serializers.SerializerMethodField()
    named = serializers.SerializerMethodField()
    is_missing = serializers.BooleanField()
    due_on = serializers.DateField(allow_null=True)

    def get_present(self, expected: Any) -> list[str]:
        return [user.full_name for user in expected.present]

    def get_named(self, expected: Any) -> list[str]:
        return [each.full_name for each in expected.named]


class DelegationSerializer(serializers.Serializer[Any]):
    review = serializers.CharField(source="review.code")
    side = serializers.CharField()
    is_complete = serializers.BooleanField()
    expected = ExpectedSerializer(many=True)


class StateNominationsApiView(OfStateTwin, WholeListTwin):
    """Who is there and who is missing in every current review of a State."""

    shows = StateNominationsView
    twin_of = ("reviews:state-nominations",)
    serializer_class = DelegationSerializer

    def get_rows(self) -> Iterable[Any]:
        return delegations_of(self.shown.place)


class StateNotesApiView(OfStateTwin, PagedListTwin):
    """The notes verbales of a State, the latest first."""

    shows = StateNominationsView
    twin_of = ("reviews:state-nominations",)
    serializer_class = NoteSerializer
    cursor_ordering = ("-dated_on", "-created_at", "pk")
