"""Suggestions of wording for programs."""

from collections.abc import Iterable

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import SuggestionRow, rows_of
from observations.suggestions.views import SuggestionListView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class SuggestionSerializer(RowSerializer):
    """``place``: the observation or passage that it is about; ``is_overtaken``: the text has moved so far that it does
    not apply any more; ``is_comment``: it changes no word; ``outcome``: how the place read when it was accepted.
    """

    state_party = StateSerializer()
    is_comment = serializers.BooleanField()
    decided_for = StateSerializer(allow_null=True)
    place = serializers.UUIDField(source="place.pk")
    is_overtaken = serializers.SerializerMethodField()

    class Meta:
        model = Suggestion
        fields = [
            "id",
            "place",
            "state_party",
            "base_text",
            "text",
            "why",
            "status",
            "revision",
            "is_overtaken",
            "tabled_at",
            "decided_at",
            "decided_for",
            "outcome",
            "is_comment",
            "reason",
        ]

    def get_is_overtaken(self, suggestion: Suggestion) -> bool:
        rows: dict[object, SuggestionRow] = self.context["rows"]
        return rows[suggestion.pk].is_overtaken


class SuggestionListApiView(ReviewTwin, WholeListTwin):
    """What is suggested to a text, place by place; drafts are those of the caller's State."""

    shows = SuggestionListView
    twin_of = ("observations:suggestion-list",)
    scope_group = "texts"
    serializer_class = SuggestionSerializer

    def get_rows(self) -> Iterable[Suggestion]:
        self.rows = [row for place in rows_of(self.user, self.shown.text) for row in place.rows]
        return [row.suggestion for row in self.rows]

    def get_serializer_context(self) -> dict[str, object]:
        rows = getattr(self, "rows", [])
        return {**super().get_serializer_context(), "rows": {row.suggestion.pk: row for row in rows}}
