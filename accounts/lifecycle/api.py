"""People's accounts for programs of the secretariat."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from accounts.affiliations import affiliations_of
from accounts.lifecycle.filters import AccountFilterSet
from accounts.lifecycle.views import AccountDetailView, AccountListView, MemberListView
from accounts.people.models import User
from core.api.reads import ObjectTwin, PagedListTwin, RowSerializer, WholeListTwin
from core.mail.reports import bouncing


class AccountSerializer(RowSerializer):
    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = [
            "id", "name", "email", "job_title", "organization", "language", "secretariat_role", "status",
            "activated_at",
        ]  # fmt: skip


class ListedAccountSerializer(AccountSerializer):
    """``invited_at`` and ``reminded_at``: when the first and the last link was sent."""

    states = serializers.SerializerMethodField()
    invited_at = serializers.DateTimeField(allow_null=True)
    reminded_at = serializers.DateTimeField(allow_null=True)

    class Meta(AccountSerializer.Meta):
        fields = [*AccountSerializer.Meta.fields, "states", "invited_at", "reminded_at"]

    def get_states(self, person: User) -> list[str]:
        return [row.state_party.iso3 for row in person.open_affiliations]  # type: ignore[attr-defined]


class AccountDetailSerializer(AccountSerializer):
    """``bounces``: mail to the address comes back."""

    states = serializers.SerializerMethodField()
    bounces = serializers.SerializerMethodField()

    class Meta(AccountSerializer.Meta):
        fields = [*AccountSerializer.Meta.fields, "states", "bounces"]

    def get_states(self, person: User) -> list[str]:
        return [row.state_party.iso3 for row in affiliations_of(person)]

    def get_bounces(self, person: User) -> bool:
        return bool(bouncing([person.pk]))


class AccountListApiView(PagedListTwin):
    """People of one status: those who were invited and have not begun, unless ``status`` says otherwise."""

    shows = AccountListView
    scope_group = "office"
    twin_of = ("accounts:account-list",)
    serializer_class = ListedAccountSerializer
    filterset_class = AccountFilterSet
    cursor_ordering = ("full_name", "pk")


class MemberListApiView(WholeListTwin):
    """The members of the secretariat: administrators first, who has been ended last."""

    shows = MemberListView
    scope_group = "office"
    twin_of = ("accounts:member-list",)
    serializer_class = AccountSerializer

    def get_rows(self) -> Iterable[Any]:
        rows: Iterable[Any] = self.shown.get_rows()
        return rows


class AccountDetailApiView(ObjectTwin):
    """One person's account."""

    shows = AccountDetailView
    scope_group = "office"
    twin_of = ("accounts:account-detail",)
    serializer_class = AccountDetailSerializer

    def get_object(self) -> User:
        person: User = self.shown.policy_target
        return person
