"""Questions with their answers as programs read them: of a draft, of what was sent, of what a State has opened."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from questionnaires.progress.selectors.overview import ItemState
from questionnaires.progress.selectors.reading import ReadPart, ReadSection
from questionnaires.responses.enums import AnswerState
from questionnaires.wording import full_number


class CitedLawSerializer(serializers.Serializer[Any]):
    """A legal reference as it stands in an answer."""

    law = serializers.CharField()
    provision = serializers.CharField(allow_blank=True, default="")
    link = serializers.CharField(allow_blank=True, default="")


class ReadContentSerializer(serializers.Serializer[Any]):
    """What an answer says."""

    choices = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField(allow_blank=True)
    citations = CitedLawSerializer(many=True)
    is_outside_competence = serializers.BooleanField()


class ReadAnswerSerializer(serializers.Serializer[ItemState]):
    """A question with its answer. ``state`` is null for a line that only heads the questions under it."""

    code = serializers.CharField(source="item.code")
    number = serializers.SerializerMethodField()
    question = serializers.CharField(source="item.text")
    state = serializers.ChoiceField(AnswerState.choices, allow_null=True)
    answer = ReadContentSerializer()

    def get_number(self, state: ItemState) -> str:
        return full_number(state.item)


class ReadSectionSerializer(serializers.Serializer[ReadSection]):
    """A section, with the questions that are asked."""

    instrument = serializers.CharField(source="place.part.instrument")
    section = serializers.CharField(source="place.section.slug")
    heading = serializers.CharField(source="place.section.heading")
    answers = ReadAnswerSerializer(many=True, source="asked_items")


def sections_of(parts: Iterable[ReadPart]) -> list[ReadSection]:
    """For ``ReadSectionSerializer``."""
    return [section for part in parts for section in part.sections]
