"""The notes of a meeting for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, name_of
from reviews.agreement import WordSerializer
from reviews.lists import StateSerializer
from reviews.minutes.models import MeetingNotes
from reviews.minutes.selectors import notes_as_they_stand
from reviews.minutes.views import NotesView
from reviews.navigation import ReviewTwin


class NotesSerializer(RowSerializer):
    """``drafted_for`` is null for the secretariat; a draft has no ``words``."""

    held_on = serializers.DateField(source="meeting.held_on")
    drafted_for = StateSerializer(allow_null=True)
    saved_by = name_of("saved_by")
    text = serializers.CharField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = MeetingNotes
        fields = [
            "held_on", "status", "language", "text", "revision", "sha256", "drafted_for", "saved_by", "laid_at",
            "asked_at", "agreed_at", "words",
        ]  # fmt: skip

    @extend_schema_field(WordSerializer(many=True))
    def get_words(self, notes: MeetingNotes) -> Any:
        words = notes_as_they_stand(notes).words if notes.room_id is None else []
        return WordSerializer(words, many=True).data


class NotesApiView(ReviewTwin, ObjectTwin):
    """The notes of one meeting that was held: laid before the States, or a draft of the caller's own State."""

    shows = NotesView
    twin_of = ("reviews:notes",)
    serializer_class = NotesSerializer

    def get_object(self) -> MeetingNotes:
        notes: MeetingNotes = self.shown.notes
        return notes
