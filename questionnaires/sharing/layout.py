"""What is open of the answers, as the document that the completed questionnaire is: what its page shows, no more."""

from collections.abc import Callable, Mapping

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.language.terminology import named, speaking
from core.templatetags.components import datetime_words
from questionnaires.documents import (
    PrintedAnswers,
    PrintedFact,
    answers_as_akn,
    answers_as_pdf,
    answers_as_word,
    printed_answers,
)
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import shared_answers
from reviews.symbols import printed_symbol
from reviews.symbols.enums import DocumentKind

_PRINTERS: Mapping[str, Callable[[PrintedAnswers], bytes]] = {
    "pdf": answers_as_pdf,
    "docx": answers_as_word,
    "xml": answers_as_akn,
}


def render_shared(share: AnswersShare, ending: str) -> bytes:
    """A file (``ending``: one of FILES) in the language of the answers, with the words of their mechanism."""
    with speaking(named(share.review.mechanism.slug)), translation.override(share.language):
        return _PRINTERS[ending](shared_layout(share))


def shared_layout(share: AnswersShare) -> PrintedAnswers:
    """In the active language, from what its readers are given alone."""
    review, shown = share.review, shared_answers(share.document, share.version_id, share.rendered)
    said = {"time": datetime_words(share.shared_at), "readers": share.get_audience_display()}
    return printed_answers(
        review,
        shown.definition,
        shown.parts,
        instruments=shown.instruments,
        answers_language=share.language,
        status_words=_("Opened by the State under review on %(time)s. Readers: %(readers)s") % said,
        own_facts=[
            PrintedFact(_("Holds"), _("The sections that the State has opened, and no others")),
            PrintedFact(_("Checksum (SHA-256)"), share.sha256, is_hash=True),
        ],
        official_symbol=printed_symbol(review, DocumentKind.QUESTIONNAIRE),
        audience=share.audience,
        version=share.number,
        sha256=share.sha256,
        laws=shown.laws,
        day=timezone.localdate(share.shared_at),
    )
