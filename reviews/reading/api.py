"""The list of publications and tools for programs."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin
from reviews.reading.models import ReadingItem
from reviews.reading.selectors import reading_of
from reviews.reading.views import ReadingListView


class ReadingItemSerializer(RowSerializer):
    """``instrument`` and ``cluster`` say for which reviews it matters, null for all; what was withdrawn has a day."""

    instrument = serializers.CharField(source="instrument.slug", allow_null=True, default=None)
    cluster = serializers.CharField(source="cluster.slug", allow_null=True, default=None)

    class Meta:
        model = ReadingItem
        fields = ["id", "kind", "title", "language", "link", "instrument", "cluster", "evidence_mark", "withdrawn_at"]


class ReadingListApiView(WholeListTwin):
    """Publications and tools of a mechanism, those that were withdrawn among them."""

    shows = ReadingListView
    scope_group = "office"
    twin_of = ("reviews:reading-list",)
    serializer_class = ReadingItemSerializer

    def get_rows(self) -> Iterable[Any]:
        return reading_of(self.shown.mechanism)
