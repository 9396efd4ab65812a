from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from core.documents.pdf import missing_pdf_libraries
from core.files import storage
from core.files.storage import PDF
from core.jobs import FoundJob, PageOfOrigin, content_type_of, find, is_abandoned, is_late
from core.models import Job
from core.web.pages import Crumb
from core.web.views.policy import PolicyView


def to_job(job: Job) -> HttpResponse:
    """Lead on to the page of a job that has just been queued."""
    return HttpResponseRedirect(reverse("core:job-detail", args=[job.pk]))


class JobPage(PolicyView):
    """A page of a job; who may make the document may see how it comes along, of a personal copy who asked for it."""

    found: FoundJob

    def get_policy_target(self) -> Any:
        self.found = find(self.kwargs["job"])
        if self.found.kind.is_personal and self.found.job.requested_by_id != self.user.pk:
            raise Http404
        self.policy_action = self.found.kind.action  # type: ignore[misc]
        return self.found.target


class JobDetailView(JobPage, TemplateView):
    """How far a document is; the part that changes is fetched by itself, or the page with it. POST: once more."""

    def get_template_names(self) -> list[str]:
        return ["core/_job.html" if self.request.htmx else "core/job_detail.html"]  # type: ignore[attr-defined]

    @cached_property
    def back(self) -> PageOfOrigin:
        return self.found.kind.page_of(self.found.target)

    def get_title(self) -> str:
        return str(self.found.kind.title)

    def get_caption(self) -> str:
        return self.back.caption

    def get_about(self) -> str:
        return self.back.code

    def get_trail(self) -> list[Crumb]:
        above = [Crumb(link.label, link.address) for link in self.back.above]
        return [*above, Crumb(self.back.label, self.back.address)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.found.job
        is_pdf = content_type_of(job.file_name) == PDF
        kwargs["job"] = job  # in place of its key, which the address gave
        return super().get_context_data(
            is_late=is_late(job),
            is_abandoned=is_abandoned(job),
            missing_libraries=missing_pdf_libraries() if is_pdf else "",
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        _job, kind, target = self.found
        return to_job(kind.start_again(request.user, target, language=get_language() or "en"))


class JobDownloadView(JobPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        job, kind, target = self.found
        if not job.result:
            raise Http404
        if kind.before_taken is not None and request.method == "GET":  # HEAD takes nothing
            kind.before_taken(request.user, target)
        return storage.serve(
            request.user,
            kind.action,
            target,
            job.result,
            file_name=job.file_name,
            content_type=content_type_of(job.file_name),
        )
