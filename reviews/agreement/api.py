"""What the States have said, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reviews.agreement.rules import Word
from reviews.lists import StateSerializer


class WordSerializer(serializers.Serializer[Any]):
    """What a State has said. ``agrees`` is null as long as it has said nothing; ``is_waited_for``: nothing is agreed
    without its word.
    """

    state_party = StateSerializer(source="state")
    agrees = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    answered_at = serializers.SerializerMethodField()
    is_waited_for = serializers.BooleanField()

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
