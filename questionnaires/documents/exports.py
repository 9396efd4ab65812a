"""The work of a job: a completed questionnaire in the form that was asked for."""

from collections.abc import Callable, Mapping
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from core import jobs
from core.documents.progress import Progress, unheard
from core.errors import ServiceError
from core.models import Job
from questionnaires.documents.akn import answers_as_akn
from questionnaires.documents.layout import PrintedAnswers, layout_of
from questionnaires.documents.pages import answers_as_html, answers_as_pdf
from questionnaires.documents.word import answers_as_word
from questionnaires.responses import ending_of


class _AnswersPrinter(Protocol):
    def __call__(self, printed: PrintedAnswers, *, progress: Progress = unheard) -> bytes: ...


_PRINTERS: Mapping[str, _AnswersPrinter] = {
    "pdf": answers_as_pdf,
    "docx": answers_as_word,
    "html": answers_as_html,
    "xml": answers_as_akn,
}


def render_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print what a job asks for. Raises ServiceError where it is gone, PdfError where this server cannot print."""
    target = jobs.find_target(job)
    if target is None:
        raise ServiceError(_("These answers are not there any more."))
    with translation.override(job.language):
        printed = layout_of(target, job)
        tell(5)
        return _PRINTERS[ending_of(job.kind)](printed, progress=tell)
