"""Documents that take long: queued by a service, made by a task, watched and fetched on a page.

Each app registers the kinds of document that it makes; the pages of a job (``core.views.jobs``) are the same for all.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import TextChoices
from django.http import Http404
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from kombu.exceptions import OperationalError

from core.acting import found_for_policy
from core.enums import JobStatus
from core.errors import ServiceError
from core.models import Job
from core.policy import Actor

logger = logging.getLogger(__name__)

LATE_AFTER = dt.timedelta(minutes=15)  # then work under way may be lost, and may be asked for anew
MAXIMUM_ATTEMPTS = 3  # workers that a job may lose
PDF = "application/pdf"
CONTENT_TYPES = {
    ".pdf": PDF,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DOCUMENT = gettext_lazy("Document")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and its words."""

    address: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a document was asked for on, to go back to.

    ``above`` are the pages over it, from the top, for the breadcrumb; ``caption`` and ``code`` say what the document is
    about, over its heading and in the title of the window.
    """

    address: str
    label: str | Promise
    above: tuple[Link, ...] = ()
    caption: str = ""
    code: str = ""


class StartAgain(Protocol):
    """A service that queues the document of a target in a language. It asks the policy."""

    def __call__(self, actor: Any, target: Any, /, *, language: str) -> Job: ...


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of document.

    Who may do ``action`` to the target may make the document, see its job and take its file. ``find_target`` gives the
    target of a job, None where it is gone; ``title`` heads the page of the job.
    """

    kind: str
    action: TextChoices
    find_target: Callable[[Job], Any]
    start_again: StartAgain
    page_of: Callable[[Any], Page]
    title: str | Promise = _DOCUMENT


class FoundJob(NamedTuple):
    job: Job
    kind: JobKind
    target: Any


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make jobs of this kind known to the pages of jobs; each app does so when it is ready."""
    _kinds[kind.kind] = kind


def registered_kinds() -> frozenset[str]:
    """All kinds of all apps, for the tests that look through every document."""
    return frozenset(_kinds)


def find_target(job: Job) -> Any:
    """What the document of a job is made of; None when that is gone, or when nobody knows such jobs."""
    kind = _kinds.get(job.kind)
    return kind.find_target(job) if kind else None


def find(job_id: UUID | str) -> FoundJob:
    """A job with its kind and target; the caller asks the policy. Raises Http404 where one of them is not there."""
    job = Job.objects.filter(pk=job_id, kind__in=_kinds).first()
    target = found_for_policy(lambda: find_target(job)) if job else None
    if job is None or target is None:
        raise Http404
    return FoundJob(job, _kinds[job.kind], target)


def latest_for(target: models.Model, user_id: UUID, kinds: Iterable[str]) -> Job | None:
    """The person's last job of these kinds for a target, so that a page can lead back to it."""
    return Job.objects.filter(
        kind__in=list(kinds),
        target_type=target._meta.label_lower,
        target_id=target.pk,
        requested_by_id=user_id,
    ).first()


def content_type_of(file_name: str) -> str:
    """The content type of a document by its name. Raises ValueError for what is neither PDF nor Word."""
    suffix = PurePath(file_name).suffix
    if suffix not in CONTENT_TYPES:
        raise ValueError(f"no document ends in {suffix!r}: {file_name}")
    return CONTENT_TYPES[suffix]


def is_late(job: Job) -> bool:
    """Whether a job that is not finished takes longer than such work takes."""
    return not job.is_finished and timezone.now() - job.created_at > LATE_AFTER


def start(
    *,
    kind: str,
    target: models.Model,
    requested_by: Actor,
    language: str,
    file_name: str,
    task: Any,
    details: dict[str, Any] | None = None,
) -> Job:
    """Queue long work; a second click while the same work is under way gives the first job back.

    ``file_name`` says by its end what is made, ``details`` of what: with others it is other work. Raises ValueError
    where it is neither PDF nor Word.
    """
    content_type_of(file_name)
    waiting = Job.objects.filter(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        requested_by=requested_by,
        language=language,
        file_name=file_name,
        details__contains=details or {},
        status__in=[JobStatus.QUEUED, JobStatus.RUNNING],
        created_at__gte=timezone.now() - LATE_AFTER,
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
    """Do the work of a job and keep its file, or its error in words. A job that is done is not done again.

    A worker that is killed gives its job back to the queue; one that kills every worker, as for want of memory, fails
    in the end.
    """
    job = Job.objects.filter(pk=job_id).exclude(status=JobStatus.DONE).first()
    if job is None:
        return
    attempts = job.details.get("attempts", 0) + 1
    if attempts > MAXIMUM_ATTEMPTS:
        _fail(job, RuntimeError(f"{MAXIMUM_ATTEMPTS} workers were lost"))
        return
    job.details["attempts"] = attempts
    job.status, job.started_at, job.error = JobStatus.RUNNING, timezone.now(), ""
    job.save()

    def tell(per_cent: int) -> None:
        Job.objects.filter(pk=job.pk).update(progress=per_cent)

    try:
        content = work(job, tell)
    except Exception as error:  # the person must be told whatever went wrong
        _fail(job, error)
        return
    job.result.save(f"{job.pk}{PurePath(job.file_name).suffix}", ContentFile(content), save=False)
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
