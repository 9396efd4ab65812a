"""The page on which the whole record of a review is asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView

from core import jobs
from core.web.views import to_job
from portal.dossier.archive import PROGRAM
from portal.dossier.enums import DossierAction
from portal.dossier.services import DOSSIER, file_name_of, start_dossier
from reviews.navigation import ReviewPage


class DossierView(ReviewPage, TemplateView):
    """What it holds, and the last one; POST: queue it, and lead on to its progress."""

    policy_action = DossierAction.TAKE
    title = gettext_lazy("Take the whole record away")
    template_name = "portal/dossier/dossier.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = jobs.latest_for(self.review, self.user.pk, [DOSSIER])
        command = f"python3 {PROGRAM} {file_name_of(self.user, self.review)}"
        return super().get_context_data(job=last, command=command, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return to_job(start_dossier(self.user, self.review, language=get_language() or "en"))
