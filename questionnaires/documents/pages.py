"""A completed questionnaire as PDF/UA-1, and the same page as a file of HTML."""

from dataclasses import fields
from typing import Any

from core.documents.html import render_html_file
from core.documents.pdf import render_pdf
from core.documents.progress import Progress, unheard
from core.language.i18n import language
from questionnaires.documents.layout import PrintedAnswers

TEMPLATE = "pdf/completed_questionnaire.html"


def answers_as_pdf(printed: PrintedAnswers, *, progress: Progress = unheard) -> bytes:
    """In the active language. Raises PdfError where this server cannot print. ``progress`` is told per cent."""
    return render_pdf(TEMPLATE, context_of(printed), printed.words_language, progress=progress)


def answers_as_html(printed: PrintedAnswers, *, progress: Progress = unheard) -> bytes:
    """In the active language. ``progress`` is told per cent."""
    return render_html_file(TEMPLATE, context_of(printed), printed.words_language, progress=progress)


def context_of(printed: PrintedAnswers) -> dict[str, Any]:
    """What the template prints."""
    return {
        **{each.name: getattr(printed, each.name) for each in fields(printed)},
        "official": language(printed.definition.language),
    }
