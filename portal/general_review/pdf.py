"""The draft for the general report as a PDF document, set as the progress report is."""

from collections.abc import Callable

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.documents.pdf import render_pdf
from core.errors import ServiceError
from core.models import Job
from portal.general_review.files import mechanism_of
from portal.general_review.report import general_report
from portal.general_review.selectors import general_figures

TEMPLATE = "pdf/progress.html"


def render_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print what a job asks for. Raises ServiceError where there is nothing that could be told by now, and PdfError."""
    with translation.override(job.language):
        mechanism = mechanism_of(job)
        figures = general_figures(mechanism) if mechanism is not None else None
        if mechanism is None or figures is None or figures.is_empty:
            raise ServiceError(_("There is nothing to tell yet."))
        report = general_report(mechanism, figures, timezone.now())
    tell(10)
    return render_pdf(TEMPLATE, {"mechanism": mechanism, "report": report}, job.language, progress=tell)
