"""The completed questionnaire as a document: a draft for the State's own side, or what was sent."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import get_language, gettext as _

from core import audit, jobs
from core.documents.copies import copy_words
from core.documents.pdf import render_pdf
from core.errors import ServiceError
from core.language.i18n import OWN_NAMES, in_own_order, language
from core.models import Job
from core.templatetags.components import date_words, datetime_words
from core.time.dates import day_of
from questionnaires.definitions import index_of, instrument_names
from questionnaires.progress import ReadPart, draft_parts, overview_for
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import VersionHistory, sent_parts
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Review
from reviews.symbols import printed_symbol
from reviews.symbols.enums import DocumentKind

Fact = dict[str, Any]


def render_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print what a job asks for. Raises ServiceError where it is gone, PdfError where this server cannot print."""
    target = jobs.find_target(job)
    if target is None:
        raise ServiceError(_("These answers are not there any more."))
    with translation.override(job.language):
        context = sent_context(target) if isinstance(target, ResponseSubmission) else draft_context(target, job)
        own = copy_words(job.requested_by.full_name, timezone.now())
        context["facts_of_document"] = (*context["facts_of_document"], own)
    tell(5)
    return render_pdf("pdf/completed_questionnaire.html", context, job.language, progress=tell)


def draft_context(response: Response, job: Job) -> dict[str, Any]:
    """What the template needs for a draft, as the person who asked for it may see it."""
    now = datetime_words(timezone.now())
    status_words = _("Draft of %(time)s, not cleared and not sent") % {"time": now}
    parts = draft_parts(overview_for(job.requested_by, response))
    facts = [_fact(_("Status"), status_words)]
    return _context(response.review, response.version_id, parts, response.language, status_words, facts, is_draft=True)


def sent_context(submission: ResponseSubmission) -> dict[str, Any]:
    """What the template needs for answers that were sent, from the frozen document alone."""
    if submission.brought_piece is not None:
        return _brought_context(submission, submission.brought_piece)
    time = datetime_words(submission.sent_at)
    facts = [
        _fact(_("Cleared by"), submission.cleared_by),
        _fact(_("Sent"), time),
        _fact(_("Checksum (SHA-256)"), submission.sha256, is_hash=True),
    ]
    verb = "supplemented" if submission.is_beside else "cleared"
    head = audit.head_at(submission.response, f"questionnaires.response.{verb}", sha256=submission.sha256)
    if head is not None:  # beside the frozen document: it is the record that this very clearance ended with
        facts.append(_fact(_("Record of acts at the clearance: last act and its checksum"), head.words, is_hash=True))
    status_words = _("Version %(number)s, sent %(time)s") % {"number": submission.number, "time": time}
    version_id = submission.version_id
    shown = _context(submission.review, version_id, sent_parts(submission), submission.language, status_words, facts)
    return {**shown, "beside": VersionHistory(submission).beside}


def _brought_context(submission: ResponseSubmission, piece: BroughtPiece) -> dict[str, Any]:
    """The same of answers that were brought in: nobody has cleared them here, and the State may not know them."""
    day = date_words(day_of(submission.sent_at))
    people = {"person": piece.brought_by, "other": piece.checked_by, "time": datetime_words(piece.created_at)}
    word = piece.get_word_display()
    facts = [
        _fact(_("Sent in another place"), day),
        _fact(_("Brought in"), _("By %(person)s, checked by %(other)s, %(time)s") % people),
        _fact(_("Word of the State"), word),
        _fact(_("SHA-256 of the file brought in"), piece.sha256, is_hash=True),
        _fact(_("Checksum (SHA-256)"), submission.sha256, is_hash=True),
    ]
    status_words = _("Brought in from another place, sent %(day)s. %(word)s") % {"day": day, "word": word}
    version_id = submission.version_id
    return _context(submission.review, version_id, sent_parts(submission), submission.language, status_words, facts)


def _context(
    review: Review,
    version_id: Any,
    parts: tuple[ReadPart, ...],
    answers_language: str,
    status_words: str,
    facts: list[Fact],
    *,
    is_draft: bool = False,
) -> dict[str, Any]:
    definition = index_of(version_id).definition
    names = instrument_names(part.part.instrument for part in parts)
    symbol = printed_symbol(review, DocumentKind.QUESTIONNAIRE)
    return {
        "title": _("Self-assessment of %(state)s") % {"state": review.state_under_review},
        "symbol": symbol.symbol if symbol else in_own_order(review.code),
        "facts_of_document": (*(symbol.lines(get_language() or "", is_public=False) if symbol else ()), status_words),
        "status_words": status_words,
        "is_draft": is_draft,
        "review": review,
        "definition": definition,
        "official": language(definition.language),
        "answers_language": answers_language,
        "parts": parts,
        "beside": {},
        "instruments": names,
        "facts": [
            _fact(_("State under review"), review.state_under_review),
            _fact(_("Review"), in_own_order(review.code)),
            _fact(_("Instruments"), "; ".join(names.values())),
            _fact(_("Questionnaire"), definition.source, is_official=True),
            _fact(_("Language of the answers"), OWN_NAMES[answers_language]),
            *facts,
        ],
    }


def _fact(label: str, value: object, *, is_hash: bool = False, is_official: bool = False) -> Fact:
    return {"label": label, "value": value, "is_hash": is_hash, "is_official": is_official}
