"""Who takes part in a review, for programs: the same rows, and of each the same, as the page shows."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.views import WholeListView
from reviews.capacities import capacity_of, may_see_address
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation
from reviews.lists import StateSerializer
from reviews.navigation import ReviewForPrograms
from reviews.participation import participants_visible_to


class ParticipantSerializer(serializers.ModelSerializer[Participation]):
    """``email`` is null where the page says “through the focal point”."""

    name = serializers.CharField(source="user.full_name")
    job_title = serializers.CharField(source="user.job_title")
    organization = serializers.CharField(source="user.organization")
    state_party = StateSerializer()
    email = serializers.EmailField(allow_null=True, source="shown_address")
    since = serializers.DateTimeField(source="started_at")

    class Meta:
        model = Participation
        fields = ["id", "name", "job_title", "organization", "state_party", "side", "role", "email", "since"]


class ParticipantListApiView(ReviewForPrograms, WholeListView):
    """Who takes part, by State, as far as the caller may know of them."""

    serializer_class = ParticipantSerializer
    policy_action = ReviewAction.VIEW_PARTICIPANTS
    twin_of = ("reviews:participant-list",)

    def get_rows(self) -> Iterable[Any]:
        capacity = capacity_of(self.user, self.review)
        for row in participants_visible_to(self.user, self.review):
            shows = may_see_address(self.user, row, capacity)
            row.shown_address = row.user.email if shows else None  # type: ignore[attr-defined]
            yield row
