"""How a document is made: claimed, held by a pulse, settled, each in a transaction of its own, as mails are.

A worker that dies leaves a row whose lease ends within seconds; the next one makes the document. What hangs is ended by
Celery, whose workers run each task in a process of its own, and where that is not so the row is given up all the same.
An act is held in the same way, and settled in the one transaction in which it is done (docs/adr/0044).
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from pathlib import PurePath

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import Error, connection, transaction
from django.db.models import Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.enums import JobStatus
from core.errors import ServiceError
from core.jobs import abandoned, refuse_without_right, registered_acts, registered_kinds, send_to_queue
from core.jobs.failures import OF_ACT, OF_DOCUMENT
from core.language.terminology import speaking_as_noted
from core.models import Job

logger = logging.getLogger(__name__)

MAXIMUM_ATTEMPTS = 3  # workers that a job may lose
PULSES_IN_A_LEASE = 3
# A worker that is told of a job begins it, or begins another one before it, within this time.
_TOLD_AGAIN_AFTER = dt.timedelta(seconds=30)
_WAITING_AT_ONCE = 500
_TOLD_EVERY = 0.5  # seconds; a page looks once a second
Tell = Callable[[int], None]
Work = Callable[[Job, Tell], bytes | File]  # a file where it is too long for the memory; it is closed once it is kept


class TakenOverError(Exception):
    """Another worker has taken the job up, or it was given up: nothing of what this attempt did may stay."""


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
        with _pulse(job), speaking_as_noted(job.details):
            refuse_without_right(job)
            content = work(job, tell)
    except SoftTimeLimitExceeded:
        _fail(_own(job), lambda: OF_DOCUMENT.hang(settings.JOB_SECONDS))
    except ServiceError as refusal:
        _fail(_own(job), refusal.__str__)
    except Exception as error:  # the person must be told whatever went wrong
        logger.error("job %s failed", job.pk, exc_info=error)
        _fail(_own(job), OF_DOCUMENT.fault)
    else:
        _keep(job, content)


def carry_out(job_id: str, work: Callable[[Job, Tell], None]) -> None:
    """Do an act once, in one transaction of ``work`` that ends with ``settle``; or keep in words why it was refused.

    What ``work`` tells is written beside that transaction, so that pages see how far it is. Nobody else does the act
    meanwhile, or what this attempt did is taken back.
    """
    job = _claim(job_id)
    if job is None:
        return
    try:
        with (
            _pulse(job),
            _telling_beside(job) as tell,
            translation.override(job.language),
            speaking_as_noted(job.details),
        ):
            work(job, tell)
    except SoftTimeLimitExceeded:
        _fail(_own(job), lambda: OF_ACT.hang(settings.JOB_SECONDS))
    except Http404:
        _fail(_own(job), lambda: _("This is no longer open to you"))
    except (ServiceError, PermissionDenied) as refusal:
        _fail(_own(job), refusal.__str__)
    except TakenOverError:
        logger.warning("job %s was done too late by attempt %s, and taken back", job.pk, job.attempts)
    except Exception as error:  # the person must be told whatever went wrong
        logger.error("job %s failed", job.pk, exc_info=error)
        _fail(_own(job), OF_ACT.fault)


def settle(job: Job) -> None:
    """End the job of an act in the transaction in which it is done, so that both are so or neither.

    Raises TakenOverError where the job is no longer this attempt's: the transaction has to be rolled back.
    """
    now = timezone.now()
    if not _own(job).update(status=JobStatus.DONE, finished_at=now, lease_until=None, updated_at=now):
        raise TakenOverError


def take_up_waiting() -> None:
    """Tell the workers again of jobs that wait, and of those whose worker died; give up what cannot be made."""
    now = timezone.now()
    hangs = Q(started_at__lte=now - dt.timedelta(seconds=settings.JOB_SECONDS))
    for kinds, words in ((registered_kinds(), OF_DOCUMENT), (registered_acts(), OF_ACT)):
        lost = Job.objects.filter(abandoned(now), kind__in=kinds)
        _fail(lost.filter(hangs), partial(words.hang, settings.JOB_SECONDS))
        _fail(lost.exclude(hangs).filter(attempts__gte=MAXIMUM_ATTEMPTS), partial(words.lost, MAXIMUM_ATTEMPTS))
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
    found = Job.objects.select_for_update(skip_locked=True).filter(
        is_lost, kind__in=registered_kinds() | registered_acts()
    )
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
    thread = threading.Thread(target=copy_context().run, args=(_renew_lease, job, is_over), daemon=True)
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


@contextmanager
def _telling_beside(job: Job) -> Iterator[Tell]:
    """Give what tells how far the work is: a thread writes it on a connection of its own, as often as pages look."""
    done, is_over = [0], threading.Event()

    def write() -> None:
        written = 0
        try:
            while not is_over.wait(_TOLD_EVERY):
                if (now := done[-1]) != written:
                    _own(job).update(progress=now)
                    written = now
        except Error as error:  # the work goes on, and pages hear of its end
            logger.warning("how far job %s is was not told: %s", job.pk, error)
        finally:
            connection.close()

    thread = threading.Thread(target=copy_context().run, args=(write,), daemon=True)
    thread.start()
    try:
        yield done.append
    finally:
        is_over.set()
        thread.join()


def _keep(job: Job, content: bytes | File) -> None:
    """Only the attempt that holds the job ends it; the file of another one goes."""
    with content if isinstance(content, File) else ContentFile(content) as file:
        job.result.save(f"{job.pk}{PurePath(job.file_name).suffix}", file, save=False)
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
