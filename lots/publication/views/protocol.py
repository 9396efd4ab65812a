from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from core.errors import ServiceError
from core.web.views import to_job
from lots.draws import DrawPage
from lots.draws.enums import DrawAction
from lots.publication.jobs import FORMATS
from lots.publication.services.documents import start_protocol


class ProtocolStartView(DrawPage):
    """Queue the protocol in the language of the page; before the run there is none, and the page says so."""

    http_method_names = ["post"]
    policy_action = DrawAction.VIEW

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        ending, language = self.kwargs["format"], get_language() or "en"
        if ending not in FORMATS:
            raise Http404
        try:
            job = start_protocol(user, self.draw, ending=ending, language=language)
        except ServiceError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.draw_url)
        return to_job(job)
