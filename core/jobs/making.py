"""How a document is made: claimed, held by a pulse, settled, each in a transaction of its own, as mails are.

A worker that dies leaves a row whose lease ends within seconds; the next one makes the document. What hangs is ended by
Celery, whose workers run each task in a process of its own, and where that is not so the row is given up all the same.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import Error, connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext

from core.enums import JobStatus
from core.errors import ServiceError
from core.jobs import abandoned, refuse_without_right, registered_kinds, send_to_queue
from core.models import Job

logger = logging.getLogger(__name__)

MAXIMUM_ATTEMPTS = 3  # workers that a job may lose
PULSES_IN_A_LEASE = 3
# A worker that is told of a job begins it, or begins another one before it, within this time.
_TOLD_AGAIN_AFTER = dt.timedelta(seconds=30)
_WAITING_AT_ONCE = 500
Work = Callable[[Job, Callable[[int], None]], bytes]


def run(job_id: str, work: Work) -> None:
    """Do the work of a job and keep its file, or its error in words.

    Whoever asked for it must still have a right to it. A job that another worker holds, or that is finished, is left
    alone; and what comes too late, when another worker has taken the job up, is thrown away.
    """
    job = _claim(job_id)
    if job is None:
        return

    def tell(per_cent: int) -> None:
        _own(job).update(progress=per_cent)

    try:
        with _pulse(job):
            refuse_without_right(job)
            content = work(job, tell)
    except SoftTimeLimitExceeded:
        _fail(_own(job), _words_for_a_hang)
    except ServiceError as refusal:
        _fail(_own(job), refusal.__str__)
    except Exception as error:  # the person must be told whatever went wrong
        logger.error("job %s failed", job.pk, exc_info=error)
        _fail(_own(job), _words_for_a_fault)
    else:
        _keep(job, content)


def take_up_waiting() -> None:
    """Tell the workers again of jobs that wait, and of those whose worker died; give up what cannot be made."""
    now = timezone.now()
    lost = Job.objects.filter(abandoned(now), kind__in=registered_kinds())
    hangs = Q(started_at__lte=now - dt.timedelta(seconds=settings.JOB_SECONDS))
    _fail(lost.filter(hangs), _words_for_a_hang)
    _fail(lost.exclude(hangs).filter(attempts__gte=MAXIMUM_ATTEMPTS), _words_for_lost_workers)
    for job in _waiting(now):
        send_to_queue(job)


def pause_before_another_try(owed_since: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """How long work that no job stands for, such as the files of what was published, is left alone once it was begun.

    A minute, in which a worker makes them or has died; where it fails again and again, more and more seldom.
    """
    return max(dt.timedelta(minutes=1), (now - owed_since) / 10)


def waits_since() -> dt.datetime | None:
    """When the oldest document was asked for that no worker has begun."""
    return Job.objects.filter(status=JobStatus.QUEUED).aggregate(since=Min("created_at"))["since"]


@transaction.atomic
def _waiting(now: dt.datetime) -> list[Job]:
    is_lost = Q(status=JobStatus.QUEUED, queued_at__lte=now - _TOLD_AGAIN_AFTER) | abandoned(now)
    found = Job.objects.select_for_update(skip_locked=True).filter(is_lost, kind__in=registered_kinds())
    waiting = list(found.order_by("queued_at")[:_WAITING_AT_ONCE])
    Job.objects.filter(pk__in=[job.pk for job in waiting]).update(
        status=JobStatus.QUEUED, progress=0, lease_until=None, queued_at=now, updated_at=now
    )
    return waiting


@transaction.atomic
def _claim(job_id: str) -> Job | None:
    """Make the job this worker's for the time of the lease."""
    now = timezone.now()
    may_be_taken = Q(status=JobStatus.QUEUED) | (abandoned(now) & Q(attempts__lt=MAXIMUM_ATTEMPTS))
    job = Job.objects.select_for_update(skip_locked=True).filter(may_be_taken, pk=job_id).first()
    if job is None:
        return None
    job.status, job.started_at, job.progress, job.error = JobStatus.RUNNING, now, 0, ""
    job.attempts, job.lease_until = job.attempts + 1, _lease_from(now)
    job.save()
    return job


def _own(job: Job) -> QuerySet[Job]:
    """The row, so long as it is still this attempt's."""
    return Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING, attempts=job.attempts)


def _lease_from(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


@contextmanager
def _pulse(job: Job) -> Iterator[None]:
    """Renew the lease while the work goes on, and for no longer than work may take."""
    is_over = threading.Event()
    thread = threading.Thread(target=_renew_lease, args=(job, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _renew_lease(job: Job, is_over: threading.Event) -> None:
    ends_at = timezone.now() + dt.timedelta(seconds=settings.JOB_SECONDS)
    try:
        while not is_over.wait(settings.JOB_LEASE_SECONDS / PULSES_IN_A_LEASE) and timezone.now() < ends_at:
            try:
                if not _own(job).update(lease_until=_lease_from(timezone.now())):
                    return
            except Error as error:  # the database is away for a moment: the next pulse may find it
                logger.warning("the lease of job %s was not renewed: %s", job.pk, error)
                connection.close()
    finally:
        connection.close()


def _keep(job: Job, content: bytes) -> None:
    """Only the attempt that holds the job ends it; the file of another one goes."""
    job.result.save(f"{job.pk}{PurePath(job.file_name).suffix}", ContentFile(content), save=False)
    now = timezone.now()
    if not _own(job).update(
        status=JobStatus.DONE, progress=100, result=job.result.name, finished_at=now, lease_until=None, updated_at=now
    ):
        logger.warning("job %s was made too late by attempt %s", job.pk, job.attempts)
        job.result.delete(save=False)


def _fail(jobs: QuerySet[Job], words: Callable[[], str]) -> None:
    """Give jobs up, each with words in its language."""
    now = timezone.now()
    for language in jobs.order_by("language").values_list("language", flat=True).distinct():
        with translation.override(language):
            jobs.filter(language=language).update(
                status=JobStatus.FAILED, error=words(), finished_at=now, lease_until=None, updated_at=now
            )


def _words_for_a_fault() -> str:
    return _("Something went wrong while the document was being made. Please try again.")


def _words_for_lost_workers() -> str:
    return ngettext(
        "The work on the document was interrupted %(count)d time, so it was given up. Please try again.",
        "The work on the document was interrupted %(count)d times, so it was given up. Please try again.",
        MAXIMUM_ATTEMPTS,
    ) % {"count": MAXIMUM_ATTEMPTS}


def _words_for_a_hang() -> str:
    return ngettext(
        "The document was not ready after %(count)d second, so the work was ended. Please try again.",
        "The document was not ready after %(count)d seconds, so the work was ended. Please try again.",
        settings.JOB_SECONDS,
    ) % {"count": settings.JOB_SECONDS}
