"""The cockpit's list and figures to take along."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from core.web.views.jobs import to_job
from portal.cockpit.files import COCKPIT_PDF, COCKPIT_SPREADSHEET, PROGRESS_DOCX, PROGRESS_PDF, start_cockpit_file
from portal.cockpit.views.cockpit import CockpitPage


class CockpitFileView(CockpitPage):
    """Queues what the cockpit shows as a file, with the filter, the time and the order of the address."""

    http_method_names = ["post"]
    kind: ClassVar[str]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = start_cockpit_file(
            self.user,
            self.mechanism,
            self.kind,
            query=self.filter.query,
            zoom=request.GET.get("zoom", ""),
            sort=request.GET.get("sort", ""),
            language=get_language() or "en",
        )
        return to_job(job)


class CockpitPdfView(CockpitFileView):
    kind = COCKPIT_PDF


class CockpitSpreadsheetView(CockpitFileView):
    """The filtered list and all figures over it, in the language of the page."""

    kind = COCKPIT_SPREADSHEET


class ProgressPdfView(CockpitFileView):
    """The progress report for the Conference, of all reviews and without a State's name."""

    kind = PROGRESS_PDF


class ProgressDocxView(CockpitFileView):
    """The same as a Word file."""

    kind = PROGRESS_DOCX
