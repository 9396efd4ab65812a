"""What is said below a suggestion, for programs."""

from collections.abc import Iterable

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin, name_of
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestion_notes.selectors import NoteThread
from observations.suggestion_notes.views import SuggestionNotesView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class SuggestionNoteSerializer(RowSerializer):
    """``mark``: that the matter is resolved, or open again, in place of words."""

    state_party = StateSerializer()
    written_by = name_of("written_by")

    class Meta:
        model = SuggestionNote
        fields = ["id", "state_party", "written_by", "text", "mark", "created_at"]


class NoteThreadSerializer(serializers.Serializer[NoteThread]):
    """``is_to_all``: before all who read the text; otherwise among the people of the caller's State."""

    is_to_all = serializers.BooleanField()
    is_resolved = serializers.BooleanField()
    notes = SuggestionNoteSerializer(many=True)


class SuggestionNotesApiView(ReviewTwin, WholeListTwin):
    """The threads below a suggestion that the caller reads."""

    shows = SuggestionNotesView
    twin_of = ("observations:suggestion-notes",)
    scope_group = "texts"
    serializer_class = NoteThreadSerializer

    def get_rows(self) -> Iterable[NoteThread]:
        threads: Iterable[NoteThread] = self.shown.threads
        return threads
