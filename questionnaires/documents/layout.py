"""A completed questionnaire before it is set: a draft for the State's own side, or what was sent."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from core import audit
from core.documents.copies import copy_words
from core.documents.facts import PrintedFact
from core.language.i18n import OWN_NAMES, in_own_order
from core.models import Job
from core.templatetags.components import date_words, datetime_words
from core.time.dates import day_of
from questionnaires.definitions import QuestionnaireDefinition, index_of, instrument_names
from questionnaires.progress import ReadPart, draft_parts, overview_for
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import CitedLaw, SentBeside, VersionHistory, sent_parts
from reviews.audiences.enums import SharingAudience
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Review
from reviews.symbols import PrintedSymbol, printed_symbol
from reviews.symbols.enums import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAnswers:
    """In the words of the active language, which is ``words_language``; questions and answers are in theirs.

    ``facts_of_document``: the lines of the masthead. ``beside``: what was sent beside the answers, by question, and
    under "" what belongs to none. ``version`` and ``sha256`` are those of what was frozen, 0 and empty of a draft.
    ``audience``: who beyond the review reads what was opened of the answers, with the ``laws`` that were opened with
    them; empty of what the States of the review alone read.
    """

    title: str
    symbol: str
    watermark: str
    review: Review
    definition: QuestionnaireDefinition
    parts: tuple[ReadPart, ...]
    instruments: Mapping[str, str]
    answers_language: str
    words_language: str
    status_words: str
    facts_of_document: tuple[str, ...]
    facts: tuple[PrintedFact, ...]
    official_symbol: PrintedSymbol | None
    day: dt.date
    version: int = 0
    sha256: str = ""
    audience: str = ""
    laws: Sequence[CitedLaw] = ()
    beside: Mapping[str, Sequence[SentBeside]] = field(default_factory=dict)


def layout_of(target: Response | ResponseSubmission, job: Job) -> PrintedAnswers:
    """What a job prints of a target, in the active language, as the copy of who asked for it."""
    if isinstance(target, ResponseSubmission):
        return sent_layout(target, copy=copy_words(job.requested_by.full_name, timezone.now()))
    return draft_layout(target, job)


def draft_layout(response: Response, job: Job) -> PrintedAnswers:
    """A draft as the person who asked for it may see it."""
    now = timezone.now()
    status_words = _("Draft of %(time)s, not cleared and not sent") % {"time": datetime_words(now)}
    return _layout(
        response.review,
        response.version_id,
        draft_parts(overview_for(job.requested_by, response)),
        response.language,
        status_words,
        [PrintedFact(_("Status"), status_words)],
        copy=copy_words(job.requested_by.full_name, now),
        day=timezone.localdate(now),
    )


def sent_layout(submission: ResponseSubmission, *, copy: str = "") -> PrintedAnswers:
    """Answers that were sent, from the frozen document alone; ``copy`` says whose copy it is."""
    if submission.brought_piece is not None:
        return _brought_layout(submission, submission.brought_piece, copy)
    time = datetime_words(submission.sent_at)
    facts = [
        PrintedFact(_("Cleared by"), submission.cleared_by),
        PrintedFact(_("Sent"), time),
        PrintedFact(_("Checksum (SHA-256)"), submission.sha256, is_hash=True),
    ]
    verb = "supplemented" if submission.is_beside else "cleared"
    head = audit.head_at(submission.response, f"questionnaires.response.{verb}", sha256=submission.sha256)
    if head is not None:  # beside the frozen document: it is the record that this very clearance ended with
        label = _("Record of acts at the clearance: last act and its checksum")
        facts.append(PrintedFact(label, head.words, is_hash=True))
    status_words = _("Version %(number)s, sent %(time)s") % {"number": submission.number, "time": time}
    beside = VersionHistory(submission).beside
    return _sent(submission, status_words, facts, copy, day=timezone.localdate(submission.sent_at), beside=beside)


def _brought_layout(submission: ResponseSubmission, piece: BroughtPiece, copy: str) -> PrintedAnswers:
    """The same of answers that were brought in: nobody has cleared them here, and the State may not know them."""
    day = day_of(submission.sent_at)
    people = {"person": piece.brought_by, "other": piece.checked_by, "time": datetime_words(piece.created_at)}
    word = piece.get_word_display()
    facts = [
        PrintedFact(_("Sent in another place"), date_words(day)),
        PrintedFact(_("Brought in"), _("By %(person)s, checked by %(other)s, %(time)s") % people),
        PrintedFact(_("Word of the State"), word),
        PrintedFact(_("SHA-256 of the file brought in"), piece.sha256, is_hash=True),
        PrintedFact(_("Checksum (SHA-256)"), submission.sha256, is_hash=True),
    ]
    said = {"day": date_words(day), "word": word}
    status_words = _("Brought in from another place, sent %(day)s. %(word)s") % said
    return _sent(submission, status_words, facts, copy, day=day)


def _sent(
    submission: ResponseSubmission, status_words: str, facts: list[PrintedFact], copy: str, **more: Any
) -> PrintedAnswers:
    frozen = {"version": submission.number, "sha256": submission.sha256}
    parts, language = sent_parts(submission), submission.language
    more = {"copy": copy, **frozen, **more}
    return _layout(submission.review, submission.version_id, parts, language, status_words, facts, **more)


def _layout(
    review: Review,
    version_id: Any,
    parts: tuple[ReadPart, ...],
    answers_language: str,
    status_words: str,
    facts: list[PrintedFact],
    **more: Any,
) -> PrintedAnswers:
    return printed_answers(
        review,
        index_of(version_id).definition,
        parts,
        instruments=instrument_names(part.part.instrument for part in parts),
        answers_language=answers_language,
        status_words=status_words,
        own_facts=facts,
        official_symbol=printed_symbol(review, DocumentKind.QUESTIONNAIRE),
        **more,
    )


def printed_answers(
    review: Review,
    definition: QuestionnaireDefinition,
    parts: tuple[ReadPart, ...],
    *,
    instruments: Mapping[str, str],
    answers_language: str,
    status_words: str,
    own_facts: Sequence[PrintedFact],
    official_symbol: PrintedSymbol | None,
    copy: str = "",
    version: int = 0,
    audience: str = "",
    **more: Any,
) -> PrintedAnswers:
    """All in the active language; asks the database nothing. ``copy`` says whose copy it is, where it is somebody's."""
    words_language = get_language() or "en"
    is_public = audience == SharingAudience.PUBLIC
    lines = official_symbol.lines(words_language, is_public=is_public) if official_symbol else ()
    return PrintedAnswers(
        title=_("Self-assessment of %(state)s") % {"state": review.state_under_review},
        symbol=official_symbol.symbol if official_symbol else in_own_order(review.code),
        watermark="" if version else _("Draft – not cleared"),
        review=review,
        definition=definition,
        parts=parts,
        instruments=instruments,
        answers_language=answers_language,
        words_language=words_language,
        status_words=status_words,
        facts_of_document=(*lines, status_words, *([copy] if copy else [])),
        facts=(
            PrintedFact(_("State under review"), review.state_under_review),
            PrintedFact(_("Review"), in_own_order(review.code)),
            PrintedFact(_("Instruments"), "; ".join(instruments.values())),
            PrintedFact(_("Questionnaire"), definition.source, is_official=True),
            PrintedFact(_("Language of the answers"), OWN_NAMES[answers_language]),
            *own_facts,
        ),
        official_symbol=official_symbol,
        version=version,
        audience=audience,
        **more,
    )
