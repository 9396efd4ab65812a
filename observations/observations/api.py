"""Observations for programs: those of a review that the caller reads."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin, name_of
from observations.observations.filters import ObservationFilterSet
from observations.observations.history import ObservationHistoryView
from observations.observations.selectors import revisions_visible_to, with_the_withdrawn
from observations.observations.views import ObservationListView
from observations.texts.models import Observation, ObservationRevision
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ObservationSerializer(RowSerializer):
    """``is_on_table``: whether all States of the review read it; a draft lies in the room of the caller's State."""

    instrument = serializers.CharField(source="agreed_text.instrument.slug")
    state_party = StateSerializer(allow_null=True)
    heading = serializers.CharField(source="heading.kind")
    articles: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    is_on_table = serializers.SerializerMethodField()

    class Meta:
        model = Observation
        fields = [
            "id",
            "instrument",
            "number",
            "state_party",
            "heading",
            "articles",
            "text",
            "language",
            "question_codes",
            "links",
            "revision",
            "is_on_table",
            "copied_from",
            "withdrawn_at",
            "withdrawal_reason",
        ]

    def get_is_on_table(self, row: Observation) -> bool:
        return row.room_id is None


class ObservationListApiView(ReviewTwin, WholeListTwin):
    """The observations of a review, narrowed as on the page; those withdrawn where one asks for them."""

    shows = ObservationListView
    twin_of = ("observations:observation-list",)
    scope_group = "texts"
    serializer_class = ObservationSerializer
    filterset_class = ObservationFilterSet

    def get_rows(self) -> Iterable[Observation]:
        rows = with_the_withdrawn(self.user, self.review).select_related("agreed_text__instrument", "state_party")
        found: Iterable[Observation] = self.narrowed(ObservationFilterSet(self.given_filters(), rows))
        return found


class ObservationRevisionSerializer(RowSerializer):
    heading = serializers.CharField(source="heading.kind")
    saved_by = name_of("saved_by")
    saved_for = StateSerializer()

    class Meta:
        model = ObservationRevision
        fields = ["number", "heading", "article_numbers", "text", "needs", "saved_by", "saved_for", "created_at"]


class ObservationHistoryApiView(ReviewTwin, WholeListTwin):
    """The saves of an observation, the last first; to other States, since it lies on the shared table."""

    shows = ObservationHistoryView
    twin_of = ("observations:observation-history",)
    scope_group = "texts"
    serializer_class = ObservationRevisionSerializer

    def get_rows(self) -> Iterable[ObservationRevision]:
        return revisions_visible_to(self.user, self.shown.observation)
