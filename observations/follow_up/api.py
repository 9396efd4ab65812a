"""Follow-up for programs: the items of a review, with what its State has recorded, or what it shares."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.reads import ObjectTwin, RowSerializer, WholeListTwin, name_of
from observations.follow_up.filters import FollowUpFilterSet
from observations.follow_up.models import FollowUp, FollowUpEntry
from observations.follow_up.selectors import (
    agreed_observations,
    audiences_in,
    history_of,
    shared_counts,
    standing_shares,
)
from observations.follow_up.views import FollowUpItemView, FollowUpListView
from observations.texts.models import Observation
from reviews.audiences.enums import SharingAudience
from reviews.capacities import capacity_of
from reviews.navigation import ReviewTwin


class RecordSerializer(RowSerializer):
    class Meta:
        model = FollowUp
        fields = ["status", "action", "body", "due_on", "reason", "revision"]


class ItemSerializer(RowSerializer):
    """``record``: null where nothing is recorded yet; ``audience``: with whom it is shared, empty with nobody."""

    instrument = serializers.CharField(source="agreed_text.instrument.slug")
    heading = serializers.CharField(source="heading.kind")
    articles: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    record = serializers.SerializerMethodField()
    audience = serializers.SerializerMethodField()

    class Meta:
        model = Observation
        fields = ["id", "instrument", "heading", "articles", "text", "record", "audience"]

    @extend_schema_field(RecordSerializer(allow_null=True))
    def get_record(self, item: Observation) -> Any:
        record = getattr(item, "follow_up", None)
        return RecordSerializer(record).data if record is not None else None

    @extend_schema_field(serializers.ChoiceField([*SharingAudience.choices, ("", "")]))
    def get_audience(self, item: Observation) -> str:
        return str(self.context["audiences"].get(item.pk, ""))


class CountSerializer(serializers.Serializer[Any]):
    """``status`` in the caller's language, as on the page."""

    status = serializers.CharField()
    number = serializers.IntegerField()


class FollowUpSerializer(serializers.Serializer[Any]):
    """``items``: for the people of the State alone; ``shared``: for those of the other States of the review, what the
    State shares, as it was shared; ``counts``: for those who read none of that, how many shared items stand where.
    """

    items = ItemSerializer(many=True)
    counts = CountSerializer(many=True)
    shared = serializers.ListField(child=serializers.JSONField())


class FollowUpApiView(ReviewTwin, ObjectTwin):
    """What was agreed, and what is done about it; narrowed as on the page."""

    shows = FollowUpListView
    twin_of = ("observations:follow-up",)
    scope_group = "texts"
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilterSet

    def get_serializer_context(self) -> dict[str, Any]:
        audiences = audiences_in(self.review) if hasattr(self, "shown") and self.shown.is_own else {}
        return {**super().get_serializer_context(), "audiences": audiences}

    def get_object(self) -> dict[str, Any]:
        nothing: dict[str, Any] = {"items": [], "shared": [], "counts": []}
        if self.shown.is_own:
            rows = FollowUpFilterSet(self.given_filters(), agreed_observations(self.review))
            return {**nothing, "items": self.narrowed(rows)}
        if given := self.given_filters():
            raise ValidationError({name: [_("There is no such parameter.")] for name in sorted(given)})
        if capacity_of(self.user, self.review) is None:
            counts = [{"status": status, "number": number} for status, number in shared_counts(self.review)]
            return {**nothing, "counts": counts}
        return {**nothing, "shared": [row.document for row in standing_shares(self.review)]}


class EntrySerializer(RowSerializer):
    saved_by = name_of("saved_by")

    class Meta:
        model = FollowUpEntry
        fields = ["number", "status", "action", "body", "due_on", "reason", "saved_by", "created_at"]


class FollowUpHistoryApiView(ReviewTwin, WholeListTwin):
    """All that the State has recorded of one item, the last first; for its own people."""

    shows = FollowUpItemView
    twin_of = ("observations:follow-up-item",)
    scope_group = "texts"
    serializer_class = EntrySerializer

    def get_rows(self) -> Iterable[FollowUpEntry]:
        return history_of(self.shown.item)
