"""Where the lists and summaries of a review stand: who has cleared the standing version, and whose word is missing."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from accounts.states.models import StateParty
from observations.texts import parties_to, with_publicity
from observations.texts.models import AgreedText, Objection, TextVersion
from observations.versions.selectors import clearances_of, pieces_of_version
from reviews.agreement import Agreement, words_of
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Clearance, Review
from reviews.visibility import remember_covering, states_of


@dataclass(frozen=True, slots=True)
class TextAgreement(Agreement[Clearance]):
    """The words of the States that agree on a text, and ``clearances`` in the order in which they were given.

    ``number`` and ``proposed_at`` are the standing version's: None where nothing is proposed, and no word is missing;
    nor is one on a version that was brought in: ``pieces`` are what the States say of that. ``objections``: how many of
    these States are open, of all versions; counted in lists alone.
    """

    text: AgreedText
    number: int | None
    proposed_at: dt.datetime | None
    clearances: Sequence[Clearance]
    pieces: Sequence[BroughtPiece] = ()
    objections: int = 0

    @property
    def parties(self) -> list[StateParty]:
        return [word.state for word in self.words]


def agreement_on_text(text: AgreedText, version: TextVersion | None) -> TextAgreement:
    """``version`` is the one that stands, if any."""
    clearances = list(clearances_of(text, version)) if version else []
    number, proposed_at = (version.number, version.created_at) if version else (None, None)
    return _agreement(text, parties_to(text), number, proposed_at, clearances, pieces_of_version(version))


def agreements_on_texts(
    reviews: Sequence[Review], states: Mapping[UUID, Sequence[StateParty]] | None = None
) -> dict[UUID, list[TextAgreement]]:
    """The texts of reviews whose shared table the reader reads, by review, lists first; three queries,
    and a fourth where one was brought in.

    ``states``: those of each review on whose words the caller looks; without, all, and the reviews are of a list.
    """
    remember_covering(reviews)
    by_key = {review.pk: review for review in reviews}
    standing = TextVersion.objects.filter(agreed_text=OuterRef("pk"), cancelled_at=None)
    objections = Objection.objects.filter(version__agreed_text=OuterRef("pk"), ended_at=None)
    texts: list[Any] = list(
        with_publicity(AgreedText.objects.filter(review__in=by_key, room=None)).annotate(
            number=Subquery(standing.values("number")),
            proposed_at=Subquery(standing.values("created_at")),
            brought_file=Subquery(standing.values("brought_piece__file")),
            objecting=ArraySubquery(objections.values("state_party")),
        )
    )
    pieces = _pieces(texts)
    numbers = {text.pk: text.number for text in texts}
    given: dict[UUID, list[Clearance]] = {}
    rows = Clearance.objects.filter(document_id__in=numbers, taken_back_at=None).select_related("state_party")
    for row in rows.order_by("cleared_at"):
        if numbers[row.document_id] == row.version:
            given.setdefault(row.document_id, []).append(row)
    found: dict[UUID, list[TextAgreement]] = {key: [] for key in by_key}
    for text in texts:
        text.review = review = by_key[text.review_id]  # so that the States that agree are looked up once
        parties = parties_to(text, states[review.pk] if states else states_of(review))
        said = [piece for piece in pieces if piece.file_id == text.brought_file and piece.review_id == review.pk]
        clearances = given.get(text.pk, [])
        agreement = _agreement(text, parties, text.number, text.proposed_at, clearances, said)
        still = sum(state.pk == key for state in parties for key in text.objecting)
        found[review.pk].append(replace(agreement, objections=still))
    return found


def _pieces(texts: Iterable[Any]) -> list[BroughtPiece]:
    """What the States say of those that were brought in; no query where none was."""
    files = {text.brought_file for text in texts} - {None}
    rows = BroughtPiece.objects.filter(file__in=files).select_related("state_party").order_by("created_at")
    return list(rows) if files else []


def _agreement(
    text: AgreedText,
    parties: Sequence[StateParty],
    number: int | None,
    proposed_at: dt.datetime | None,
    clearances: Sequence[Clearance],
    pieces: Sequence[BroughtPiece] = (),
) -> TextAgreement:
    is_asked = number is not None and not pieces
    not_waited_for = () if is_asked else {state.pk for state in parties}
    words = words_of(parties, clearances, not_waited_for=not_waited_for)
    return TextAgreement(words, text, number, proposed_at, clearances, pieces)
