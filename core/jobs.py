"""Life of a ``Job``: queued by a view's service, run by a task, watched by a page."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from core.enums import JobStatus
from core.errors import ServiceError
from core.models import Job

logger = logging.getLogger(__name__)


def start(
    *,
    kind: str,
    target: models.Model,
    requested_by: Any,
    language: str,
    file_name: str,
    task: Any,
    details: dict[str, Any] | None = None,
) -> Job:
    """Queue long work; a second click while the same work is under way gives the first job back."""
    waiting = Job.objects.filter(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        requested_by=requested_by,
        language=language,
        status__in=[JobStatus.QUEUED, JobStatus.RUNNING],
        created_at__gte=timezone.now() - dt.timedelta(minutes=15),
    ).first()
    if waiting:
        return waiting
    job = Job.objects.create(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        requested_by=requested_by,
        language=language,
        file_name=file_name,
        details=details or {},
    )
    transaction.on_commit(lambda: _send_to_queue(job, task))
    return job


def _send_to_queue(job: Job, task: Any) -> None:
    """Where the queue cannot be reached the job fails at once, so that the page says so and offers another try."""
    try:
        task.delay(str(job.pk))
    except OperationalError as error:
        _fail(job, error)


def run(job_id: str, work: Callable[[Job, Callable[[int], None]], bytes]) -> None:
    """Do the work of a job and keep its file, or its error in words. A job that is done is not done again."""
    job = Job.objects.filter(pk=job_id).exclude(status=JobStatus.DONE).select_related("requested_by").first()
    if job is None:
        return
    job.status, job.started_at, job.error = JobStatus.RUNNING, timezone.now(), ""
    job.save()

    def tell(per_cent: int) -> None:
        Job.objects.filter(pk=job.pk).update(progress=per_cent)

    try:
        content = work(job, tell)
    except Exception as error:  # the person must be told whatever went wrong
        _fail(job, error)
        return
    job.result.save(f"{job.pk}.pdf", ContentFile(content), save=False)
    job.status, job.progress, job.finished_at = JobStatus.DONE, 100, timezone.now()
    job.save()


def _fail(job: Job, error: Exception) -> None:
    with translation.override(job.language):
        if isinstance(error, ServiceError):
            job.error = str(error)
        else:
            logger.error("job %s failed", job.pk, exc_info=error)
            job.error = _("Something went wrong while the document was being made. Please try again.")
    job.status, job.finished_at = JobStatus.FAILED, timezone.now()
    job.save()
