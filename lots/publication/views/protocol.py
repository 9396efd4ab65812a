from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from core.errors import ServiceError
from core.web.views import to_job
from lots.draws import DrawPage
from lots.draws.enums import DrawAction
from lots.publication.services.documents import start_protocol_pdf


class ProtocolStartView(DrawPage):
    """Queue the protocol in the language of the page; before the run there is none, and the page says so."""

    http_method_names = ["post"]
    policy_action = DrawAction.VIEW

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            job = start_protocol_pdf(request.user, self.draw, language=get_language() or "en")  # type: ignore[arg-type]
        except ServiceError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.draw_url)
        return to_job(job)
