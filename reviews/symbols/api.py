"""The symbols of a review's documents for programs."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin
from reviews.navigation import ReviewTwin
from reviews.symbols.models import DocumentSymbol
from reviews.symbols.selectors import SymbolLine, symbols_of
from reviews.symbols.views import SymbolListView


class SymbolSerializer(RowSerializer):
    class Meta:
        model = DocumentSymbol
        fields = ["symbol", "distribution", "dated_on", "original"]


class SymbolLineSerializer(serializers.Serializer[SymbolLine]):
    """``symbol`` is null where the document has none."""

    document = serializers.CharField(source="document.kind")
    instrument = serializers.CharField(source="document.instrument.slug", allow_null=True, default=None)
    name = serializers.CharField(source="document")
    symbol = SymbolSerializer(source="row", allow_null=True)


class SymbolListApiView(ReviewTwin, WholeListTwin):
    """Every document that there can be of the review, with its official symbol."""

    shows = SymbolListView
    twin_of = ("reviews:symbol-list",)
    serializer_class = SymbolLineSerializer

    def get_rows(self) -> Iterable[Any]:
        return symbols_of(self.review)
