"""Workers die, hang and lose their queue while they make a document: it is made by the next, or given up in words.

Real workers, as `make run` starts them, on the real queue; what beat does every 15 seconds the tests do as often.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as portal_settings
from django.db import connection

from config.celery import app
from core import jobs
from core.enums import JobStatus
from core.jobs import JobKind, kinds
from core.jobs.tasks import take_up_waiting_jobs_task
from core.models import Job
from reviews.cases.enums import ReviewAction
from tests.core.killing.documents import KIND, SECONDS, TASK
from tests.factories.core import JobFactory

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]
LEASE = 6
BEAT = portal_settings.CELERY_BEAT_SCHEDULE["take-up-waiting-jobs"]["schedule"]


class Works:
    """Workers that a test starts and kills, and the clock that looks for lost jobs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = dict(os.environ)
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.core.killing.documents", connection.settings_dict["NAME"], self.folder]
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.running.append(worker)
        return worker

    def process_of(self, attempt: int) -> int:
        """The process that makes the document in this attempt."""
        path = self.folder / f"{attempt}.pid"
        self.wait(lambda: path.exists() and path.read_text(), 60)
        return int(path.read_text())

    def wait(self, is_over: Callable[[], object], seconds: float, *, clock: bool = False) -> None:
        """Wait for it; with the ``clock`` lost jobs are looked for meanwhile, as often as beat does."""
        began = looked = time.monotonic()
        while not is_over():
            now = time.monotonic()
            assert now - began < seconds, (self.folder / "worker.log").read_text()[-3000:]
            if clock and now - looked >= BEAT:
                take_up_waiting_jobs_task.delay()
                looked = now
            time.sleep(0.1)


@pytest.fixture
def works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    monkeypatch.setattr(kinds, "_kinds", {})
    nothing: Any = None
    jobs.register(JobKind(KIND, ReviewAction.VIEW, nothing, nothing, nothing, OfWorkers()))
    works = Works(tmp_path)
    yield works
    for worker in works.running:
        worker.kill()
        worker.wait()
    empty_queue()


class OfWorkers:
    """A task that the workers alone know."""

    def delay(self, job_id: str) -> None:
        app.send_task(TASK, [job_id], queue="pdf")


def empty_queue() -> int:
    """As FLUSHALL does, but for what other tests have there at the same time; give how much there was."""
    valkey = redis.Redis.from_url(portal_settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://"))
    keys = list(valkey.scan_iter(f"{portal_settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}*"))
    return sum(valkey.delete(key) for key in keys)


def ask() -> Job:
    job: Job = JobFactory(kind=KIND, target_id=uuid.uuid4())
    jobs.send_to_queue(job)
    return job


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def status_of(job: Job) -> str:
    job.refresh_from_db()
    return job.status


def test_a_document_whose_worker_is_killed_is_begun_by_another_within_a_minute(works: Works) -> None:
    first = works.start()
    job = ask()
    making_it = works.process_of(1)
    assert status_of(job) == JobStatus.RUNNING
    works.start()
    first.kill()
    works.wait(lambda: is_gone(making_it), 5)
    (works.folder / "go").touch()
    works.wait(lambda: status_of(job) == JobStatus.DONE, 60, clock=True)
    assert job.attempts == 2


def test_a_document_whose_process_alone_is_killed_is_begun_again_within_a_minute(works: Works) -> None:
    works.start()
    job = ask()
    os.kill(works.process_of(1), signal.SIGKILL)
    (works.folder / "go").touch()
    works.wait(lambda: status_of(job) == JobStatus.DONE, 60, clock=True)
    assert job.attempts == 2


def test_a_queue_that_is_emptied_loses_no_document(works: Works) -> None:
    asked = [ask() for _one in range(3)]
    assert empty_queue() > 0
    (works.folder / "go").touch()
    works.start()
    works.wait(lambda: {status_of(job) for job in asked} == {JobStatus.DONE}, 90, clock=True)
    assert [job.attempts for job in asked] == [1, 1, 1]


def test_a_document_that_hangs_is_ended_and_its_worker_goes_on(works: Works) -> None:
    """Even where the hang swallows what Celery raises in it: the process is killed, and the next document is made."""
    works.environment |= {"JOB_SECONDS": str(SECONDS), "JOB_LEASE_SECONDS": str(LEASE)}
    works.start()
    hanging = ask()
    process = works.process_of(1)
    works.wait(lambda: is_gone(process), SECONDS + 10)
    portal_settings.JOB_SECONDS, before = SECONDS, portal_settings.JOB_SECONDS
    try:
        works.wait(lambda: status_of(hanging) == JobStatus.FAILED, LEASE + BEAT + 15, clock=True)
    finally:
        portal_settings.JOB_SECONDS = before
    assert hanging.error.startswith(f"The document was not ready after {SECONDS} seconds, so the work was ended.")
    assert hanging.attempts == 1, "it is not begun again: it would hang again"
    (works.folder / "go").touch()
    another = ask()
    works.wait(lambda: status_of(another) == JobStatus.DONE, 30)
