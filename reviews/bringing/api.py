"""What was brought in from another place, for programs."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from core.api.reads import PagedListTwin, RowSerializer, WholeListTwin, name_of
from core.policy import can
from reviews.bringing.enums import BringingAction
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.selectors import newest_of, pieces_of
from reviews.bringing.views.files import BringingListView
from reviews.bringing.views.pieces import PieceListView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class BroughtFileSerializer(RowSerializer):
    """``review`` is null for a file about several."""

    review = serializers.CharField(source="review.code", allow_null=True, default=None)
    instrument = serializers.CharField(source="instrument.slug", allow_null=True, default=None)
    brought_by = name_of("brought_by")
    brought_at = serializers.DateTimeField(source="created_at")
    decided_by = name_of("decided_by")

    class Meta:
        model = BroughtFile
        fields = [
            "id", "kind", "review", "instrument", "file_name", "sha256", "status", "brought_by", "brought_at",
            "decided_by", "decided_at", "reason",
        ]  # fmt: skip


class BroughtFileListApiView(PagedListTwin):
    """Every file that was brought in for a mechanism, the newest first."""

    shows = BringingListView
    scope_group = "office"
    twin_of = ("reviews:bringing-list",)
    serializer_class = BroughtFileSerializer
    cursor_ordering = ("-created_at", "pk")


class BroughtPieceSerializer(RowSerializer):
    """``state_party``: whose own it is, null where it is nobody's; ``reason`` is empty for who may not read it.
    One that is not ``is_newest`` was brought in again, and counts no more.
    """

    state_party = StateSerializer(allow_null=True)
    instrument = serializers.CharField(source="instrument.slug", allow_null=True, default=None)
    brought_by = name_of("brought_by")
    checked_by = name_of("checked_by")
    checked_at = serializers.DateTimeField(source="created_at")
    reason = serializers.SerializerMethodField()
    is_newest = serializers.SerializerMethodField()

    class Meta:
        model = BroughtPiece
        fields = [
            "id", "kind", "state_party", "instrument", "sha256", "brought_by", "checked_by", "checked_at", "word",
            "word_at", "reason", "is_newest",
        ]  # fmt: skip

    def get_reason(self, piece: BroughtPiece) -> str:
        return piece.reason if self.context["view"].reads_words else ""

    def get_is_newest(self, piece: BroughtPiece) -> bool:
        return piece.pk in self.context["view"].newest


class BroughtPieceListApiView(ReviewTwin, WholeListTwin):
    """What was brought in for a review, the newest first, and the word of its State."""

    shows = PieceListView
    twin_of = ("reviews:brought-in",)
    serializer_class = BroughtPieceSerializer
    reads_words = False
    newest: Collection[UUID] = ()

    def get_rows(self) -> Iterable[Any]:
        self.reads_words = bool(can(self.user, BringingAction.READ_WORDS, self.review))
        pieces = list(pieces_of(self.review))
        self.newest = newest_of(pieces)
        return pieces
