"""Jobs that make a document of a response, and what the policy is asked about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from core.models import Job
from questionnaires.enums import ResponseAction
from questionnaires.models import Response, ResponseSubmission

DRAFT_PDF = "questionnaires.draft_pdf"
SUBMISSION_PDF = "questionnaires.submission_pdf"
_ACTIONS: Mapping[str, ResponseAction] = {
    DRAFT_PDF: ResponseAction.RENDER_DRAFT,
    SUBMISSION_PDF: ResponseAction.RENDER_SUBMISSION,
}
_RELATED = ("review__mechanism", "review__step", "review__state_under_review")


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """A job, and the action and target that decide who may see it and take its file."""

    job: Job
    action: ResponseAction
    target: Response | ResponseSubmission


def get_document_job(job_id: str) -> DocumentJob:
    """A job with its target; the caller asks the policy. Raises Http404 where it is no job of ours."""
    job = Job.objects.filter(pk=job_id, kind__in=_ACTIONS).first()
    target = find_target(job) if job else None
    if job is None or target is None:
        raise Http404
    return DocumentJob(job, _ACTIONS[job.kind], target)


def find_target(job: Job) -> Response | ResponseSubmission | None:
    """The response or the submission that a job prints; None when it is gone."""
    if job.kind == DRAFT_PDF:
        return Response.objects.filter(pk=job.target_id).select_related(*_RELATED).first()
    return (
        ResponseSubmission.objects.filter(pk=job.target_id)
        .select_related(*_RELATED, "response__version", "cleared_by")
        .first()
    )


def latest_document_job(target: Model, user_id: UUID) -> Job | None:
    """The person's last PDF of a response or submission, so that a page can lead back to it."""
    return Job.objects.filter(
        kind__in=_ACTIONS, target_type=target._meta.label_lower, target_id=target.pk, requested_by_id=user_id
    ).first()
