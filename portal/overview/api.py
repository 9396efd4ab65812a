"""Staff sessions that concerned a State, for its programs."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from accounts.people.models import StaffSession
from accounts.staff_sessions import acts_within
from core import audit
from core.api.reads import RowSerializer, WholeListTwin, name_of
from portal.overview.staff_sessions import StaffSessionsOfStateView
from reviews.navigation import ForPrograms


class StaffSessionSerializer(RowSerializer):
    """Who of the secretariat, when and why; ``acts`` in words, with when each was done."""

    person = name_of("user")
    acts = serializers.SerializerMethodField()

    class Meta:
        model = StaffSession
        fields = ["person", "reason", "started_at", "expires_at", "ended_at", "acts"]

    def get_acts(self, session: StaffSession) -> list[str]:
        acts = self.context["view"].acts[str(session.pk)]
        return [f"{entry.at.isoformat()} {audit.verb_label(entry.verb)}" for entry in acts]


class StaffSessionListApiView(ForPrograms, WholeListTwin):
    """The staff sessions that concerned a State, the latest first, and what was done in them."""

    shows = StaffSessionsOfStateView
    scope_group = "reviews"
    twin_of = ("portal:state-staff-sessions",)
    serializer_class = StaffSessionSerializer

    def get_policy_target(self) -> Any:
        state = super().get_policy_target()
        self.require_own(state)
        return state

    def get_rows(self) -> Iterable[Any]:
        sessions = list(self.shown.get_rows())
        self.acts = acts_within(sessions)
        return sessions
