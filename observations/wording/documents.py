"""The two outputs of a review as documents: from the rows as they are now, or as they were frozen."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone, translation

from accounts.states.models import StateParty
from core import audit
from core.audit import ChainHead
from core.hashes import document_hash
from core.language.i18n import UN_LANGUAGES, babel_locale
from core.language.word_counts import count_words
from core.time.dates import binding_moment, day_of, unbroken_day
from dialogue.exchange import articles_under_review
from dialogue.exchange.enums import SupplementKind
from dialogue.exchange.models import SupplementaryInformation
from observations.texts import headings_of, observations_on_table, parties_to, passages_of
from observations.texts.enums import ObservationKind, TextKind, TextStatus
from observations.texts.models import AgreedText, BlueprintText, TextVersion
from observations.versions import clearances_of, pieces_of_version, standing_version
from observations.wording.blueprint import (
    Document,
    DocumentFacts,
    Heading,
    Passage,
    SupplementSource,
    document_from,
    list_document,
    public_version,
    summary_document,
    without_grounds,
)
from observations.wording.own_words import FixedWords, fixed_words
from observations.wording.printed_status import PrintedBringing, PrintedClearance, PrintedStatus, PrintedWord
from reviews.bringing.models import BroughtPiece
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.meetings.models import DialogueMeeting
from reviews.programme.models import Adherence, PhasePeriod


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
        texts, facts, headings = _given(text)
        if text.kind == TextKind.SUMMARY:
            return summary_document(texts, facts, headings, passages)
        return list_document(texts, facts, headings, passages)


def fixed_words_of(text: AgreedText) -> list[FixedWords]:
    """What the blueprint calls the parts of the text, in each language that it knows."""
    found = []
    for code, _name in UN_LANGUAGES:
        with translation.override(code):
            found.append(fixed_words(TextKind(text.kind), *_given(text)))
    return found


def _given(text: AgreedText) -> tuple[dict[str, str], DocumentFacts, list[Heading]]:
    """The blueprint's texts, facts and headings in the active language."""
    rows = BlueprintText.objects.filter(mechanism=text.review.mechanism_id, kind=text.kind)
    headings = [Heading(ObservationKind(row.kind), row.letter, row.text, row.name) for row in headings_of(text.review)]
    return {row.key: row.text for row in rows}, _facts(text), headings


def hash_of_table(text: AgreedText) -> str:
    """SHA-256 of the text as it would be proposed now."""
    return document_hash(document_of(text).as_json())


def word_count_of(document: Document) -> int:
    """How many words the document's body holds, headings included."""
    return sum(count_words(block.text) for block in document.blocks)


def _passages_of_list(text: AgreedText) -> list[Passage]:
    return [
        Passage(
            ObservationKind(row.heading.kind),
            tuple(sorted(article.number for article in row.articles.all())),
            row.text,
            tuple(row.question_codes),
        )
        for row in observations_on_table(text)
    ]


def _passages_of_summary(text: AgreedText) -> list[Passage]:
    return [
        Passage(
            ObservationKind(row.heading.kind), tuple(sorted(article.number for article in row.articles.all())), row.text
        )
        for row in passages_of(text)
        if row.text
    ]


def _facts(text: AgreedText) -> DocumentFacts:
    review, states = text.review, parties_to(text)
    adherence = Adherence.objects.filter(state_party=review.state_under_review_id, instrument=text.instrument).first()
    return DocumentFacts(
        mechanism=review.mechanism.slug,
        review=review.code,
        instrument=text.instrument.slug,
        language=text.language,
        state=states[0].name,
        reviewing_states=tuple(state.name for state in states[1:]),
        instrument_name=text.instrument.name,
        instrument_short_name=text.instrument.short_name,
        articles=tuple(articles_under_review(review, text.instrument).values_list("number", flat=True)),
        cluster=review.phase.cluster.number,
        phase=review.phase.number,
        years=_years(review),
        act=adherence.kind if adherence else "",
        date=_worded(adherence.deposited_on, text.language) if adherence else "",
        experts=_experts(review, states),
        means=_means(review),
        sources=_sources(review),
    )


def _worded(day: dt.date, language: str) -> str:
    return unbroken_day(day, babel_locale(language))


def _years(review: Review) -> tuple[int, int]:
    """The years of the phase for the review's group; for a review in no group, from its start to its planned end."""
    period = PhasePeriod.objects.filter(phase=review.phase_id, review_group=review.review_group_id).first()
    if period is not None:
        return period.period.lower.year, (period.period.upper - dt.timedelta(days=1)).year
    last = ReviewMilestone.objects.filter(review=review).order_by("-plan__order").first()
    last_day = last.due_on - dt.timedelta(days=1) if last else review.starts_on
    return review.starts_on.year, last_day.year


def _experts(review: Review, states: list[StateParty]) -> tuple[tuple[str, str], ...]:
    """The governmental experts who take part for the States of the text, State by State."""
    rows = (
        Participation.objects.filter(review=review, ended_at=None, role=ParticipationRole.GOVERNMENTAL_EXPERT)
        .select_related("user")
        .order_by("user__full_name")
    )
    experts = list(rows)
    return tuple(
        (expert.user.full_name, state.name)
        for state in states
        for expert in experts
        if expert.state_party_id == state.pk
    )


def _means(review: Review) -> tuple[str, ...]:
    used = set(DialogueMeeting.objects.filter(review=review).values_list("means", flat=True))
    order = [means for means, _label in DialogueMeeting._meta.get_field("means").choices or ()]
    return tuple(str(means) for means in order if means in used)


def _sources(review: Review) -> tuple[SupplementSource, ...]:
    """Voluntary information is outside of what is reviewed, and so no source of it."""
    sent = SupplementaryInformation.objects.filter(review=review, room=None).exclude(kind=SupplementKind.VOLUNTARY)
    sent = sent.order_by("sent_at")
    return tuple(SupplementSource(row.title, row.pages, row.link) for row in sent)


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
            agreed_on=_worded(_day_of_agreement(text.agreed_at, pieces), text.language) if text.agreed_at else "",
            clearances=tuple(
                PrintedClearance(
                    row.state_party.name, row.focal_point.full_name, binding_moment(row.cleared_at), row.sha256
                )
                for row in rows
            ),
            record_head=head.words if head else "",
            brought_in=_bringing(pieces, is_public=is_public),
        )


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
    document = document_from(version.document, version.rendered)
    return without_grounds(document) if names_experts else public_version(document)
