"""Asking for a list or a summary as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core.web.views import to_job
from observations.documents.formats import FORMATS
from observations.documents.services import start_document
from observations.texts import TextPage
from observations.texts.enums import TextAction


class TextDocumentView(TextPage):
    """Queues the document and leads on to its progress."""

    http_method_names = ["post"]
    policy_action = TextAction.RENDER

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        kind = FORMATS.get(self.kwargs["format"])
        if kind is None:
            raise Http404
        return to_job(start_document(user, self.text, kind=kind))
