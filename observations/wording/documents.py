"""The two outputs of a review as documents: from the rows as they are now, or as they were frozen."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from core import audit
from core.audit import ChainHead
from core.hashes import document_hash
from core.language.i18n import UN_LANGUAGES
from core.language.word_counts import count_words
from core.time.dates import binding_moment, day_of
from observations.texts import observations_on_table, parties_to, passages_of
from observations.texts.enums import ObservationKind, TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, TextVersion
from observations.versions import clearances_of, pieces_of_version, standing_version
from observations.wording.blueprint import (
    Document,
    Passage,
    WordedNeed,
    document_from,
    list_document,
    public_version,
    summary_document,
    without_grounds,
)
from observations.wording.given import given_to, worded_day
from observations.wording.own_words import FixedWords, fixed_words
from observations.wording.printed_status import (
    PrintedBringing,
    PrintedClearance,
    PrintedParty,
    PrintedStatus,
    PrintedWord,
)
from reviews.bringing.models import BroughtPiece
from reviews.symbols import printed_symbol
from reviews.symbols.enums import DocumentKind


def current_document(text: AgreedText) -> Document:
    """The standing version, frozen; where none stands, the text as it lies on the shared table now."""
    version = standing_version(text)
    return document_from(version.document, version.rendered) if version else document_of(text)


def document_of(text: AgreedText) -> Document:
    """The text as it lies on the shared table now, in its own language."""
    return document_with(text, _passages_of_summary(text) if text.kind == TextKind.SUMMARY else _passages_of_list(text))


def document_with(text: AgreedText, passages: Sequence[Passage]) -> Document:
    """The text in its own language, with these passages."""
    with translation.override(text.language):
        texts, facts, headings = given_to(text).in_active_language()
        if text.kind == TextKind.SUMMARY:
            return summary_document(texts, facts, headings, passages)
        return list_document(texts, facts, headings, passages)


def fixed_words_of(text: AgreedText) -> list[FixedWords]:
    """What the blueprint calls the parts of the text, in each language that it knows."""
    found, given = [], given_to(text)
    for code, _name in UN_LANGUAGES:
        with translation.override(code):
            found.append(fixed_words(TextKind(text.kind), *given.in_active_language()))
    return found


def hash_of_table(text: AgreedText) -> str:
    """SHA-256 of the text as it would be proposed now."""
    return document_hash(document_of(text).as_json())


def word_count_of(document: Document) -> int:
    """How many words the document's body holds, headings included."""
    return sum(count_words(block.text) for block in document.blocks)


def _passages_of_list(text: AgreedText) -> list[Passage]:
    with translation.override(text.language):  # in which the types of needs are named
        return [_passage(row) for row in observations_on_table(text).prefetch_related("needs__type")]


def _passage(row: Observation) -> Passage:
    articles = tuple(sorted(article.number for article in row.articles.all()))
    needs = (
        WordedNeed(
            need.type.name,
            tuple(need.article_numbers) or articles,
            need.priority,
            need.received,
            need.received_from,
            need.description,
        )
        for need in row.needs.all()
    )
    return Passage(ObservationKind(row.heading.kind), articles, row.text, tuple(row.question_codes), tuple(needs))


def _passages_of_summary(text: AgreedText) -> list[Passage]:
    return [
        Passage(
            ObservationKind(row.heading.kind), tuple(sorted(article.number for article in row.articles.all())), row.text
        )
        for row in passages_of(text)
        if row.text
    ]


def printed_status_of(text: AgreedText, *, is_public: bool = False) -> PrintedStatus:
    """Where the standing version stands, worded in the language of the text; without names for the public."""
    version = standing_version(text)
    rows = clearances_of(text, version) if version and not is_public else []
    pieces = pieces_of_version(version)
    head = _head_of_agreement(text, version) if version and not is_public else None
    with translation.override(text.language):
        return PrintedStatus(
            mechanism_name=text.review.mechanism.name,
            state=text.review.state_under_review.name,
            version=version.number if version else 0,
            sha256=version.sha256 if version else "",
            is_agreed=text.status == TextStatus.AGREED,
            is_public=is_public,
            agreed_on=worded_day(_day_of_agreement(text.agreed_at, pieces), text.language) if text.agreed_at else "",
            clearances=tuple(
                PrintedClearance(
                    row.state_party.name, row.focal_point.full_name, binding_moment(row.cleared_at), row.sha256
                )
                for row in rows
            ),
            record_head=head.words if head else "",
            brought_in=_bringing(pieces, is_public=is_public),
            symbol=printed_symbol(text.review, DocumentKind(text.kind), text.instrument),
            day=_day_of(text, version, pieces),
            parties=tuple(PrintedParty(state.iso3, state.name) for state in parties_to(text)),
        )


def _day_of(text: AgreedText, version: TextVersion | None, pieces: Sequence[BroughtPiece]) -> dt.date | None:
    if text.agreed_at:
        return _day_of_agreement(text.agreed_at, pieces)
    return timezone.localdate(version.created_at) if version else None


def _day_of_agreement(at: dt.datetime, pieces: Sequence[BroughtPiece]) -> dt.date:
    return day_of(at) if pieces else timezone.localdate(at)


def _bringing(pieces: Sequence[BroughtPiece], *, is_public: bool) -> PrintedBringing | None:
    """In the active language."""
    if not pieces or is_public:
        return PrintedBringing() if pieces else None
    return PrintedBringing(
        brought_by=pieces[0].brought_by.full_name,
        checked_by=pieces[0].checked_by.full_name,
        file_sha256=pieces[0].sha256,
        words=tuple(
            PrintedWord(
                piece.state_party.name if piece.state_party else "",
                piece.get_word_display(),
                piece.word_by.full_name if piece.word_by else "",
                binding_moment(piece.word_at) if piece.word_at else "",
            )
            for piece in pieces
        ),
    )


def _head_of_agreement(text: AgreedText, version: TextVersion) -> ChainHead | None:
    """The record of the review as it stood when the last State cleared this version; None before that."""
    return audit.head_at(text, "reviews.text.agreed", version=version.number, sha256=version.sha256)


def public_document(version: TextVersion, *, names_experts: bool) -> Document:
    """What an outsider reads of a version."""
    return public_form(document_from(version.document, version.rendered), names_experts=names_experts)


def public_form(document: Document, *, names_experts: bool) -> Document:
    """What an outsider reads of a document, or of a translation of it."""
    return without_grounds(document) if names_experts else public_version(document)
