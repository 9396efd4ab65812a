"""The page on which the whole record of a review is asked for, and the documents of its exchange."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView

from core import jobs
from core.web.views import to_job
from portal.dossier.archive import PROGRAM
from portal.dossier.circulated import INTRODUCTIONS, PIECES
from portal.dossier.enums import DossierAction
from portal.dossier.services import DOSSIER, FORMATS, file_name_of, start_dossier, start_exchange
from reviews.navigation import ReviewPage
from reviews.symbols.enums import DocumentKind


class DossierView(ReviewPage, TemplateView):
    """What it holds, and the last one; POST: queue it, and lead on to its progress."""

    policy_action = DossierAction.TAKE
    title = gettext_lazy("Take the whole record away")
    template_name = "portal/dossier/dossier.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = jobs.latest_for(self.review, self.user.pk, [DOSSIER])
        command = f"python3 {PROGRAM} {file_name_of(self.user, self.review)}"
        documents = [(kind, INTRODUCTIONS[kind]) for kind in PIECES]
        return super().get_context_data(job=last, command=command, documents=documents, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return to_job(start_dossier(self.user, self.review, language=get_language() or "en"))


class ExchangeDocumentView(ReviewPage):
    """Queues one document of the exchange and leads on to its progress."""

    http_method_names = ["post"]
    policy_action = DossierAction.TAKE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        document, ending = self.kwargs["document"], self.kwargs["format"]
        if document not in PIECES or ending not in FORMATS:
            raise Http404
        language = get_language() or "en"
        return to_job(start_exchange(self.user, self.review, DocumentKind(document), ending=ending, language=language))
