"""What the States have said, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reviews.agreement.rules import Word
from reviews.lists import StateSerializer


class WordSerializer(serializers.Serializer[Any]):
    """What a State has said. ``agrees`` is null as long as it has said nothing; ``is_waited_for``: nothing is agreed
    without its word. ``is_silence``: its silence was counted as a yes; ``silent_from``: the day on which it will be.
    """

    state_party = StateSerializer(source="state")
    agrees = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    answered_at = serializers.SerializerMethodField()
    answered_by = serializers.SerializerMethodField()
    is_waited_for = serializers.BooleanField()
    is_silence = serializers.SerializerMethodField()
    silent_from = serializers.DateField(allow_null=True)

    @extend_schema_field(serializers.BooleanField(allow_null=True))
    def get_agrees(self, word: Word[Any]) -> bool | None:
        return word.answer.agrees if word.answer else None

    @extend_schema_field(serializers.CharField())
    def get_note(self, word: Word[Any]) -> str:
        return getattr(word.answer, "note", "") or ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_answered_at(self, word: Word[Any]) -> str | None:
        """When it was said; of what is confirmed, when that was."""
        at = getattr(word.answer, "answered_at", None) or getattr(word.answer, "confirmed_at", None)
        return serializers.DateTimeField().to_representation(at) if at else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_answered_by(self, word: Word[Any]) -> str | None:
        """Who has said it; of what is confirmed, the focal point."""
        person = getattr(word.answer, "answered_by", None) or getattr(word.answer, "focal_point", None)
        return person.full_name if person else None

    @extend_schema_field(serializers.BooleanField())
    def get_is_silence(self, word: Word[Any]) -> bool:
        return bool(getattr(word.answer, "is_silence", False))
