"""Requests for access, and a note verbale on its way, for programs."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.acts import ActView
from core.api.files import FileTwin
from core.api.reads import ObjectTwin, PagedListTwin, RowSerializer, name_of
from core.policy import can
from reviews.access.enums import AccessAction
from reviews.access.filters import AccessFilterSet
from reviews.access.models import AccessRequest
from reviews.access.selectors import fingerprint_of_request, row_of
from reviews.access.views.notes import NoteDetailView
from reviews.access.views.requests import AccessDetailView, AccessListView
from reviews.lists import StateSerializer
from reviews.navigation import ForPrograms
from reviews.nominations import OfStateTwin, fingerprint_of, nominations_of, people_of
from reviews.nominations.models import Nomination, NoteVerbale


class AccessRequestSerializer(RowSerializer):
    """``state_party`` is null where it is about a person of the secretariat; ``title`` says in words what it asks."""

    title = serializers.CharField(source="__str__")
    state_party = StateSerializer(allow_null=True)
    person = name_of("person")
    note_number = serializers.CharField(allow_blank=True)
    prepared_by = name_of("prepared_by")
    approved_by = name_of("approved_by")
    answered_by = name_of("answered_by")

    class Meta:
        model = AccessRequest
        fields = [
            "id", "title", "kind", "status", "state_party", "person", "note_number", "reason", "prepared_by",
            "approved_by", "is_alone", "told_at", "effective_at", "delayed_at", "answered_by", "answered_at", "answer",
            "done_at",
        ]  # fmt: skip


class NamedInRequestSerializer(RowSerializer):
    """A person whom the note of a request names; ``replaces``: who leaves in his or her place."""

    name = serializers.CharField(source="full_name")
    review = serializers.CharField(source="review.code")
    replaces = name_of("replaces.user")

    class Meta:
        model = Nomination
        fields = ["id", "name", "role", "review", "replaces"]


class WholeRequestSerializer(AccessRequestSerializer):
    """All that a word on it says yes or no to. ``full_name``, ``role`` and ``language`` are those of the person who is
    to come, or the role that is to be given; ``email`` is null for who may not read the scan. ``seen``: of all that
    is approved; the form of the approval has the same among its ``marks``.
    """

    review = serializers.CharField(source="participation.review.code", allow_null=True, default=None)
    review_role = serializers.CharField(source="participation.role", allow_null=True, default=None)
    full_name = serializers.CharField(source="wanted.full_name", default="")
    role = serializers.CharField(source="wanted.role", default="")
    language = serializers.CharField(source="wanted.language", default="")
    email = serializers.SerializerMethodField()
    prepared_at = serializers.DateTimeField(source="created_at")
    nominations = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    class Meta(AccessRequestSerializer.Meta):
        fields = [
            *AccessRequestSerializer.Meta.fields, "review", "review_role", "full_name", "role", "language", "email",
            "prepared_at", "nominations", "seen",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_email(self, asked: AccessRequest) -> str | None:
        reads = can(self.context["view"].user, AccessAction.READ_SCAN, asked)
        return str(asked.wanted.get("email", "")) if reads else None

    @extend_schema_field(NamedInRequestSerializer(many=True))
    def get_nominations(self, asked: AccessRequest) -> Any:
        return NamedInRequestSerializer(row_of(asked).nominations, many=True).data

    def get_seen(self, asked: AccessRequest) -> str:
        return fingerprint_of_request(asked)


class AccessListApiView(PagedListTwin):
    """The requests of all States for officers, the latest first: those that wait for a second officer, unless
    ``status`` says otherwise.
    """

    shows = AccessListView
    scope_group = "reviews"
    twin_of = ("reviews:access-list",)
    serializer_class = AccessRequestSerializer
    filterset_class = AccessFilterSet
    cursor_ordering = ("-created_at", "pk")


class _OfRequest(ForPrograms):
    """A token for one State finds the requests about that State."""

    def get_policy_target(self) -> AccessRequest:
        asked: AccessRequest = super().get_policy_target()  # type: ignore[misc]
        if self.state_id not in {None, asked.state_party_id}:
            raise Http404
        return asked


class AccessRequestActView(_OfRequest, ActView):
    """The twin of an act on a request."""


class AccessFileTwin(_OfRequest, FileTwin):
    """The scan behind a request."""


class AccessDetailApiView(_OfRequest, ObjectTwin):
    """What it gives to whom, who asked, and until when it can be refused."""

    shows = AccessDetailView
    scope_group = "reviews"
    twin_of = ("reviews:access-detail",)
    serializer_class = WholeRequestSerializer

    def get_object(self) -> AccessRequest:
        asked: AccessRequest = self.shown.policy_target
        return asked


class NominationSerializer(RowSerializer):
    review = serializers.CharField(source="review.code")
    replaces = serializers.CharField(source="replaces.user.full_name", allow_null=True, default=None)

    class Meta:
        model = Nomination
        fields = [
            "id", "review", "role", "full_name", "job_title", "organization", "email", "phone", "language", "replaces",
        ]  # fmt: skip


class NamedSerializer(serializers.Serializer[Any]):
    """A person whom the note names; ``problem``: why this cannot be approved as things stand."""

    nomination = NominationSerializer()
    problem = serializers.CharField(allow_blank=True)
    former = serializers.CharField(allow_blank=True, help_text="The role in the same review that ends.")


class NoteDetailSerializer(RowSerializer):
    """``seen``: of the note and the people whom it names; the form of its approval has the same among its ``marks``."""

    state_party = StateSerializer()
    recorded_by = name_of("recorded_by")
    checked_by = name_of("checked_by")
    people = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = NoteVerbale
        fields = [
            "id", "state_party", "number", "dated_on", "status", "scan_name", "sha256", "recorded_by", "came_by_link",
            "submitted_at", "checked_by", "checked_at", "return_reason", "people", "seen",
        ]  # fmt: skip

    def get_seen(self, note: NoteVerbale) -> str:
        return fingerprint_of(note, list(nominations_of(note)))

    @extend_schema_field(NamedSerializer(many=True))
    def get_people(self, note: NoteVerbale) -> Any:
        return NamedSerializer(people_of(self.context["view"].user, note), many=True).data


class NoteDetailApiView(OfStateTwin, ObjectTwin):
    """A note verbale, and the people whom it names."""

    shows = NoteDetailView
    twin_of = ("reviews:note-detail",)
    serializer_class = NoteDetailSerializer

    def get_object(self) -> NoteVerbale:
        note: NoteVerbale = self.shown.note
        return note
