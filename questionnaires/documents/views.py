from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from core.web.views import to_job
from questionnaires.definitions.enums import ResponseAction
from questionnaires.documents.services import start_draft_pdf, start_submission_pdf
from questionnaires.responses import ResponsePage
from questionnaires.submissions import SubmissionPage


class ResponsePdfView(ResponsePage):
    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_DRAFT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return to_job(start_draft_pdf(self.user, self.response, language=get_language() or "en"))


class SubmissionPdfView(SubmissionPage):
    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_SUBMISSION

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return to_job(start_submission_pdf(self.user, self.policy_target, language=get_language() or "en"))
