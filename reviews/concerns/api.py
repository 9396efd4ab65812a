"""Private consultations for programs of those who take part in them; nobody finds any other."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, WholeListTwin, name_of
from reviews.concerns.models import Concern, ConcernMessage
from reviews.concerns.selectors import concerns_visible_to, messages_of
from reviews.concerns.views import ConcernDetailView, ConcernListView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ConcernSerializer(RowSerializer):
    """``officer`` is who was invited of the secretariat; ``waits``: somebody else has written last."""

    opened_by = StateSerializer(source="state_party")
    states = serializers.SerializerMethodField()
    officer = name_of("officer")
    opened_at = serializers.DateTimeField(source="created_at")
    waits = serializers.BooleanField()

    class Meta:
        model = Concern
        fields = ["id", "opened_by", "states", "officer", "opened_at", "closed_at", "waits"]

    def get_states(self, concern: Concern) -> list[str]:
        return [row.state_party.iso3 for row in concern.states.all()]


class ConcernMessageSerializer(RowSerializer):
    """``state_party`` is null for the secretariat."""

    state_party = StateSerializer(allow_null=True)
    written_by = name_of("written_by")
    written_at = serializers.DateTimeField(source="created_at")
    text = serializers.CharField()

    class Meta:
        model = ConcernMessage
        fields = ["id", "state_party", "written_by", "written_at", "language", "text"]


class ConcernDetailSerializer(ConcernSerializer):
    messages = serializers.SerializerMethodField()

    class Meta(ConcernSerializer.Meta):
        fields = [*ConcernSerializer.Meta.fields, "messages"]

    @extend_schema_field(ConcernMessageSerializer(many=True))
    def get_messages(self, concern: Concern) -> Any:
        return ConcernMessageSerializer(messages_of(concern), many=True).data


class ConcernListApiView(ReviewTwin, WholeListTwin):
    """The private consultations in which the caller takes part, the newest first."""

    shows = ConcernListView
    twin_of = ("reviews:concern-list",)
    serializer_class = ConcernSerializer

    def get_rows(self) -> Iterable[Any]:
        return concerns_visible_to(self.user, self.review)


class ConcernDetailApiView(ReviewTwin, ObjectTwin):
    """One of them, with what was written, the oldest first."""

    shows = ConcernDetailView
    twin_of = ("reviews:concern-detail",)
    serializer_class = ConcernDetailSerializer

    def get_object(self) -> Concern:
        concern: Concern = self.shown.concern
        return concern
