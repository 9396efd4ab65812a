"""The records of acts for programs: to read, and to take away with what proves them."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core import audit
from core.api.reads import PagedListTwin, PageTwin
from core.audit.roots.selectors import roots_asked
from core.models import AuditEntry
from reviews.navigation import ReviewTwin
from reviews.nominations import OfStateTwin
from reviews.record.selectors import slice_of
from reviews.record.views import RecordDownloadView, RecordView, StateRecordDownloadView, StateRecordView

_ROOT = "root"


class RecordedActSerializer(serializers.Serializer[AuditEntry]):
    """``who`` is empty where the portal itself has done it; ``acting_state`` for the secretariat."""

    sequence = serializers.IntegerField()
    at = serializers.DateTimeField()
    who = serializers.SerializerMethodField()
    acting_state = serializers.CharField(allow_blank=True)
    verb = serializers.CharField()
    what = serializers.SerializerMethodField(help_text="The verb in words.")
    on = serializers.CharField(source="target_label", allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    hash = serializers.CharField()

    def get_who(self, entry: AuditEntry) -> str:
        return "" if entry.actor_id is None else entry.actor_label

    def get_what(self, entry: AuditEntry) -> str:
        return str(audit.verb_label(entry.verb))


class _Record(PagedListTwin):
    serializer_class = RecordedActSerializer
    cursor_ordering = ("-sequence",)


class RecordApiView(ReviewTwin, _Record):
    """The acts of a review that the caller may read, the newest first. Numbers that are missing are of other rooms."""

    shows = RecordView
    twin_of = ("reviews:record",)


class StateRecordApiView(OfStateTwin, _Record):
    """The acts on a State's notes verbales and its permanent mission, the newest first."""

    shows = StateRecordView
    twin_of = ("reviews:state-record",)


class _Slice(PageTwin):
    def parameters(self) -> Any:
        yield _ROOT

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The whole record as a document that proves itself (docs/audit.md); ``root`` names an earlier root."""
        return Response(slice_of(self.shown.scope, roots_asked(request.query_params.get(_ROOT, ""))))


class RecordDownloadApiView(ReviewTwin, _Slice):
    shows = RecordDownloadView
    twin_of = ("reviews:record-download",)


class StateRecordDownloadApiView(OfStateTwin, _Slice):
    shows = StateRecordDownloadView
    twin_of = ("reviews:state-record-download",)
