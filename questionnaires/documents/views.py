"""Asking for a completed questionnaire as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core.web.views import to_job
from questionnaires.definitions.enums import ResponseAction
from questionnaires.documents.services import start_draft, start_submission
from questionnaires.responses import FORMATS, ResponsePage
from questionnaires.submissions import SubmissionPage


class ResponseDocumentView(ResponsePage):
    """Queues the draft and leads on to its progress."""

    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_DRAFT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ending = _ending(self.kwargs["format"])
        return to_job(start_draft(self.user, self.response, ending=ending))


class SubmissionDocumentView(SubmissionPage):
    """The same of what was sent."""

    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_SUBMISSION

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ending = _ending(self.kwargs["format"])
        return to_job(start_submission(self.user, self.policy_target, ending=ending))


def _ending(given: str) -> str:
    """Raises Http404 for a form that there is none of."""
    if given not in FORMATS:
        raise Http404
    return given
