"""What is open of the answers, as a document: the same that its page shows."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.documents.facts import PrintedFact
from core.documents.pdf import render_pdf
from core.language.i18n import OWN_NAMES, in_own_order, interface_language, language
from core.language.terminology import named, speaking
from core.templatetags.components import datetime_words
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import shared_answers
from reviews.audiences.enums import SharingAudience
from reviews.symbols import printed_symbol
from reviews.symbols.enums import DocumentKind


def render_shared(share: AnswersShare) -> bytes:
    """PDF/UA-1, with the words around it in the language of the answers where the portal speaks that."""
    words = interface_language(share.language)
    with speaking(named(share.review.mechanism.slug)), translation.override(words):
        return render_pdf("pdf/completed_questionnaire.html", _context(share, words), words)


def _context(share: AnswersShare, words: str) -> dict[str, Any]:
    review, shown = share.review, shared_answers(share.document, share.version_id, share.rendered)
    symbol, is_public = printed_symbol(review, DocumentKind.QUESTIONNAIRE), share.audience == SharingAudience.PUBLIC
    time, readers = datetime_words(share.shared_at), share.get_audience_display()
    status = _("Opened by the State under review on %(time)s. Readers: %(readers)s") % {
        "time": time,
        "readers": readers,
    }
    return {
        "title": _("Self-assessment of %(state)s") % {"state": review.state_under_review},
        "symbol": symbol.symbol if symbol else in_own_order(review.code),
        "facts_of_document": (*(symbol.lines(words, is_public=is_public) if symbol else ()), status),
        "status_words": status,
        "is_draft": False,
        "review": review,
        "definition": shown.definition,
        "official": language(shown.definition.language),
        "answers_language": share.language,
        "parts": shown.parts,
        "laws": shown.laws,
        "beside": {},
        "instruments": shown.instruments,
        "facts": [
            PrintedFact(_("State under review"), review.state_under_review),
            PrintedFact(_("Review"), in_own_order(review.code)),
            PrintedFact(_("Instruments"), "; ".join(shown.instruments.values())),
            PrintedFact(_("Questionnaire"), shown.definition.source, is_official=True),
            PrintedFact(_("Language of the answers"), OWN_NAMES[share.language]),
            PrintedFact(_("Holds"), _("The sections that the State has opened, and no others")),
            PrintedFact(_("Checksum (SHA-256)"), share.sha256, is_hash=True),
        ],
    }
