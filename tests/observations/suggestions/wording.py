"""What the tests of suggestions do before they look."""

from typing import Any

from accounts.people.models import User
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import Place, merged
from observations.suggestions.services import (
    SuggestionInput,
    accept_suggestion,
    lay_suggestion,
    shown_of_new,
    suggest,
    withdraw_suggestion,
)
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.versions.shown import shown_of_text
from reviews.drafts.situations import shown_on_table
from tests.at_once import reject_suggestion

STANDS = "The State should consider making its law on bribery apply to all persons who hold a public office."


def now(place: Place) -> Any:
    row = type(place).objects.get(pk=place.pk)
    row.agreed_text = AgreedText.objects.get(pk=place.agreed_text.pk)
    return row


def suggest_now(person: User, place: Place, words: str, why: str = "") -> Suggestion:
    """As a person does who looks and writes in the same moment."""
    place = now(place)
    shown = shown_of_new(person, place.agreed_text)
    given = SuggestionInput(words, why)
    return suggest(actor=person, place=place, given=given, base=place.revision, shown=shown)


def lay_now(person: User, row: Suggestion) -> Suggestion:
    row.refresh_from_db()
    return lay_suggestion(actor=person, suggestion=row, base=row.revision, shown=shown_on_table(row.review))


def accept_now(person: User, row: Suggestion, words: str | None = None) -> Suggestion:
    row = Suggestion.objects.get(pk=row.pk)
    place = now(row.place)
    text = words if words is not None else merged(row, place.text) or ""
    shown = shown_of_text(AgreedText.objects.get(pk=row.agreed_text_id))
    return accept_suggestion(actor=person, suggestion=row, text=text, base=place.revision, shown=shown)


def reject_now(person: User, row: Suggestion, reason: str = "It says more than the answers.") -> Suggestion:
    return reject_suggestion(actor=person, suggestion=Suggestion.objects.get(pk=row.pk), reason=reason)


def withdraw_now(person: User, row: Suggestion) -> None:
    row = Suggestion.objects.get(pk=row.pk)
    withdraw_suggestion(actor=person, suggestion=row, base=row.revision)


def words_at(place: Observation | SummaryPassage) -> str:
    return str(now(place).text)
