"""Observations for programs: those of a review that the caller reads."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import CodeField, RowSerializer, WholeListTwin, name_of
from observations.observations.filters import ObservationFilterSet
from observations.observations.history import ObservationHistoryView
from observations.observations.links import links_for
from observations.observations.selectors import revisions_visible_to, with_the_withdrawn
from observations.observations.statuses import status_of
from observations.observations.views import ObservationListView
from observations.texts.enums import ObservationStatus
from observations.texts.models import Observation, ObservationRevision
from questionnaires.submissions import latest_submission
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ObservationSerializer(RowSerializer):
    """``is_on_table``: whether all States of the review read it; a draft lies in the room of the caller's State.
    ``links``: those to what the caller may read.
    """

    instrument = serializers.CharField(source="agreed_text.instrument.slug")
    state_party = StateSerializer(allow_null=True)
    heading = serializers.CharField(source="heading.kind")
    articles: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    is_on_table = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()

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
            "status",
            "copied_from",
            "withdrawn_at",
            "withdrawal_reason",
        ]

    def get_is_on_table(self, row: Observation) -> bool:
        return row.room_id is None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_links(self, row: Observation) -> list[str]:
        return [link for link in row.links if link in self.context["links"]]

    @extend_schema_field(CodeField(choices=ObservationStatus.choices))
    def get_status(self, row: Observation) -> str:
        return status_of(row).value


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

    def get_serializer_context(self) -> dict[str, Any]:
        links = links_for(self.user, self.review, latest_submission(self.review)) if hasattr(self, "shown") else {}
        return {**super().get_serializer_context(), "links": links}


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
