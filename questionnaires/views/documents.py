import datetime as dt
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import TemplateView

from core import storage
from core.models import Job
from core.pdf import missing_pdf_libraries
from core.views import PolicyView
from questionnaires.enums import ResponseAction
from questionnaires.models import ResponseSubmission
from questionnaires.selectors.jobs import DocumentJob, get_document_job
from questionnaires.services.documents import start_again, start_draft_pdf, start_submission_pdf
from questionnaires.views.base import ResponsePage
from questionnaires.views.submissions import SubmissionPage

LATE_AFTER = dt.timedelta(minutes=15)  # as long as core.jobs takes the work for still under way


def _to_job(job: Job) -> HttpResponse:
    return HttpResponseRedirect(reverse("questionnaires:job-detail", args=[job.pk]))


class ResponsePdfView(ResponsePage):
    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_DRAFT

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _to_job(start_draft_pdf(self.user, self.response, language=get_language() or "en"))


class SubmissionPdfView(SubmissionPage):
    http_method_names = ["post"]
    policy_action = ResponseAction.RENDER_SUBMISSION

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return _to_job(start_submission_pdf(self.user, self.policy_target, language=get_language() or "en"))


class JobPage(PolicyView):
    """A page of a job; who may make the document may see how it comes along, and nobody else."""

    document_job: DocumentJob

    def get_policy_target(self) -> Any:
        self.document_job = get_document_job(self.kwargs["job"])
        self.policy_action = self.document_job.action  # type: ignore[misc]
        return self.document_job.target


class JobDetailView(JobPage, TemplateView):
    """How far a document is; the part that changes is fetched by itself, or the page with it. POST: once more."""

    def get_template_names(self) -> list[str]:
        return ["questionnaires/_job.html" if self.request.htmx else "questionnaires/job_detail.html"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = self.document_job.target
        is_submission = isinstance(target, ResponseSubmission)
        page = "submission-detail" if is_submission else "response-detail"
        kwargs["job"] = self.document_job.job
        return super().get_context_data(
            review=target.review,
            is_submission=is_submission,
            back=reverse(f"questionnaires:{page}", args=[target.review.mechanism.slug, target.review.code]),
            is_late=timezone.now() - self.document_job.job.created_at > LATE_AFTER,
            missing_libraries=missing_pdf_libraries(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        return _to_job(start_again(user, self.document_job, language=get_language() or "en"))


class JobDownloadView(JobPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        job = self.document_job.job
        return storage.serve(
            request.user,
            self.document_job.action,
            self.document_job.target,
            job.result,
            file_name=job.file_name,
            content_type="application/pdf",
        )
