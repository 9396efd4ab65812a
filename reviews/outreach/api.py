"""States on board, and what missions have sent by their links, for programs of officers."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import ObjectTwin, PagedListTwin, RowSerializer, WholeListTwin, name_of
from reviews.cases.models import Review
from reviews.lists import StateSerializer
from reviews.outreach.filters import BoardFilterSet, ReceivedFilterSet
from reviews.outreach.models import ReceivedNomination
from reviews.outreach.views.board import BoardView
from reviews.outreach.views.received import ReceivedDetailView, ReceivedListView


class OnBoardSerializer(serializers.Serializer[Review]):
    """How far a State under review is on its way to its focal point."""

    state_party = StateSerializer(source="state_under_review")
    review = serializers.CharField(source="code")
    contacts = serializers.IntegerField()
    letters = serializers.IntegerField(help_text="Since the review was opened.")
    written_at = serializers.DateTimeField(allow_null=True)
    is_opened = serializers.BooleanField(help_text="The link of the mission.")
    is_named = serializers.BooleanField()
    has_focal_point = serializers.BooleanField()
    has_begun_person = serializers.BooleanField()
    is_bounced = serializers.BooleanField()


class BoardApiView(WholeListTwin):
    """The States under review of one phase, the current one where none is chosen."""

    shows = BoardView
    scope_group = "office"
    twin_of = ("reviews:board",)
    serializer_class = OnBoardSerializer
    filterset_class = BoardFilterSet

    def get_rows(self) -> Iterable[Any]:
        return self.narrowed(self.shown.get_filter()).order_by("code")


class ReceivedSerializer(RowSerializer):
    """``note`` is the note verbale that came of it."""

    state_party = StateSerializer()
    received_at = serializers.DateTimeField(source="created_at")
    note = serializers.UUIDField(source="note_id", allow_null=True)
    decided_by = name_of("decided_by")
    is_waiting = serializers.BooleanField()

    class Meta:
        model = ReceivedNomination
        fields = [
            "id", "state_party", "number", "dated_on", "received_at", "status", "is_waiting", "scan_name", "sha256",
            "note", "decided_by", "decided_at", "reason",
        ]  # fmt: skip


class ReceivedDetailSerializer(ReceivedSerializer):
    """``people`` as the mission has typed them."""

    people = serializers.JSONField()

    class Meta(ReceivedSerializer.Meta):
        fields = [*ReceivedSerializer.Meta.fields, "people"]


class ReceivedListApiView(PagedListTwin):
    """What missions have sent by their links, the latest first."""

    shows = ReceivedListView
    scope_group = "office"
    twin_of = ("reviews:received-list",)
    serializer_class = ReceivedSerializer
    filterset_class = ReceivedFilterSet
    cursor_ordering = ("-created_at", "pk")


class ReceivedDetailApiView(ObjectTwin):
    """One of them, with the people whom it names."""

    shows = ReceivedDetailView
    scope_group = "office"
    twin_of = ("reviews:received-detail",)
    serializer_class = ReceivedDetailSerializer

    def get_object(self) -> ReceivedNomination:
        received: ReceivedNomination = self.shown.received
        return received
