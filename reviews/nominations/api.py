"""Notes verbales for programs."""

from typing import Any

from rest_framework import serializers

from core.api.acts import ActView
from core.api.files import FileTwin
from core.api.reads import PagedListTwin, PageTwin, RowSerializer, name_of
from reviews.lists import StateSerializer
from reviews.navigation import ForPrograms
from reviews.nominations.filters import NoteFilterSet
from reviews.nominations.models import NoteVerbale
from reviews.nominations.views.notes import NoteListView


class OfStateTwin(ForPrograms, PageTwin):
    """The twin of a page of a State's nominations (``StatePage``); a token for another State finds none."""

    scope_group = "reviews"

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        self.require_own(self.shown.place.state_party)
        return target


class StateFileTwin(OfStateTwin, FileTwin):
    """A file that such a page hands out."""


class OfStateActView(ForPrograms, ActView):
    """The same of an act on such a page."""

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        self.require_own(self.page_view.place.state_party)
        return target


class NoteSerializer(RowSerializer):
    """``came_by_link``: named by the mission through its link; ``people``: how many it names."""

    state_party = StateSerializer()
    recorded_by = name_of("recorded_by")
    checked_by = name_of("checked_by")
    people = serializers.IntegerField()

    class Meta:
        model = NoteVerbale
        fields = [
            "id", "state_party", "number", "dated_on", "status", "scan_name", "sha256", "recorded_by", "came_by_link",
            "submitted_at", "checked_by", "checked_at", "return_reason", "people",
        ]  # fmt: skip


class NoteListApiView(PagedListTwin):
    """The notes verbales of all States for the secretariat, the latest first."""

    shows = NoteListView
    scope_group = "office"
    twin_of = ("reviews:note-list",)
    serializer_class = NoteSerializer
    filterset_class = NoteFilterSet
    cursor_ordering = ("-dated_on", "-created_at", "pk")
