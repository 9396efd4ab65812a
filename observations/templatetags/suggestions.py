"""Beside the texts: how many suggestions wait there, what is said below them, and where they are read and written."""

from typing import Any
from uuid import UUID

from django import template

from core.policy import can
from observations.suggestion_notes import counts_of
from observations.suggestions import count_at_places
from observations.suggestions.enums import SuggestionAction
from observations.texts.models import AgreedText
from reviews.cases.models import Review

register = template.Library()


@register.simple_tag(takes_context=True)
def suggestions_beside(context: Any, review: Review) -> dict[UUID, int]:
    """How many wait that the reader finds, by key of the observation or passage; one query for a whole page."""
    return count_at_places(context["request"].user, review)


@register.simple_tag(takes_context=True)
def may_suggest(context: Any, text: AgreedText) -> bool:
    return can(context["request"].user, SuggestionAction.SUGGEST, text)


@register.simple_tag(takes_context=True)
def notes_below(context: Any, text: AgreedText) -> dict[UUID, int]:
    """How many notes the reader finds, by key of the suggestion; one query for a whole page."""
    return counts_of(context["request"].user, text)


@register.filter
def at_place(counts: dict[UUID, int], place: UUID) -> int:
    return counts.get(place, 0)
