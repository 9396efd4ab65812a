"""The cockpit's list and figures to take along."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from core.files.storage import attachment
from core.web.views.jobs import to_job
from portal.cockpit.exports import XLSX, workbook_of
from portal.cockpit.selectors import cockpit, figures
from portal.cockpit.services import start_cockpit_pdf
from portal.cockpit.views.cockpit import CockpitPage
from reviews.cases import ordered


class CockpitSpreadsheetView(CockpitPage):
    """The filtered list and all figures over it, in the language of the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today, steps = timezone.localdate(), cockpit.steps_in_order(self.mechanism)
        reviews = self.reviews_of(self.filter)
        rows = ordered(cockpit.for_cockpit(reviews), "state")
        content = workbook_of(
            rows.select_related("state_under_review__regional_group"),
            steps,
            figures.months_of(cockpit.stays_of(reviews), steps, today),
            figures.waiting_for(reviews, today),
            figures.officer_loads(reviews, self.mechanism),
            figures.state_loads(reviews, today),
        )
        name = f"{self.mechanism.slug}-reviews-{today.isoformat()}.xlsx"
        return attachment(content, file_name=name, content_type=XLSX)


class CockpitPdfView(CockpitPage):
    """Queues what the cockpit shows as a document, with the filter, the time and the order of the address."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = start_cockpit_pdf(
            self.user,
            self.mechanism,
            query=self.filter.query,
            zoom=request.GET.get("zoom", ""),
            sort=request.GET.get("sort", ""),
            language=get_language() or "en",
        )
        return to_job(job)
