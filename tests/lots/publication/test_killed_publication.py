"""A worker is killed while it publishes a draw: the next one publishes it, once, within a minute.

Real workers on the real queue, as in tests/core/jobs/test_killed_documents.py; what beat does every 15 seconds the test
does as often.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.db import connection

from core.enums import JobStatus
from core.jobs.tasks import take_up_waiting_jobs_task
from core.models import AuditEntry
from lots.draws.enums import DrawStatus
from lots.draws.models import DrawEntry
from reviews.cases.models import Review, ReviewingState
from tests.core.jobs.test_killed_documents import empty_queue, is_gone
from tests.lots.making import Officers, make_draw
from tests.lots.publication.dying_worker import COMMITTED, MOMENTS
from tests.lots.publication.pressing import press

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]
BEAT = portal_settings.CELERY_BEAT_SCHEDULE["take-up-waiting-jobs"]["schedule"]
WITHIN = 60  # seconds
Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a worker that stops at a moment, if it is the first to come there."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(moment: str) -> subprocess.Popen[bytes]:
        place = [connection.settings_dict["NAME"], str(tmp_path), moment]
        command = [sys.executable, "-m", "tests.lots.publication.dying_worker", *place]
        with (tmp_path / "worker.log").open("ab") as log:
            running.append(subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=log, stderr=log))
        return running[-1]

    yield begin
    for worker in running:
        worker.kill()
        worker.wait()
    empty_queue()


def wait(is_over: Callable[[], object], seconds: float, folder: Path, *, clock: bool = False) -> None:
    """Wait for it; with the ``clock`` lost jobs are looked for meanwhile, as often as beat does."""
    began = looked = time.monotonic()
    while not is_over():
        now = time.monotonic()
        assert now - began < seconds, (folder / "worker.log").read_text()[-3000:]
        if clock and now - looked >= BEAT:
            take_up_waiting_jobs_task.delay()
            looked = now
        time.sleep(0.1)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_publication_whose_worker_is_killed_is_done_once_by_another(
    moment: str, start: Start, tmp_path: Path
) -> None:
    by = Officers()
    draw = make_draw(DrawStatus.DRAWN, officers=by)
    job = press(draw, by.runner)
    first, stopped = start(moment), tmp_path / "stopped.pid"
    wait(stopped.exists, 60, tmp_path)
    job.refresh_from_db()
    draw.refresh_from_db()
    if moment == COMMITTED:
        assert (draw.status, Review.objects.count()) == ("published", 25)
    else:
        assert (draw.status, Review.objects.count()) == ("drawn", 0), "nothing is seen before the end"
        assert not moment.isdecimal() or job.progress == int(moment) - 1, "but how far it was before the last one"
    start(moment)
    first.kill()
    os.kill(int(stopped.read_text()), signal.SIGKILL)
    wait(lambda: is_gone(int(stopped.read_text())), 5, tmp_path)

    def is_done() -> bool:
        job.refresh_from_db()
        return job.status == JobStatus.DONE

    wait(is_done, WITHIN, tmp_path, clock=True)
    time.sleep(2)  # for whoever else was told of it
    draw.refresh_from_db()
    assert (job.attempts, draw.status, draw.published_by) == (1 if moment == COMMITTED else 2, "published", by.runner)
    assert (Review.objects.count(), ReviewingState.objects.count()) == (25, draw.pairings.count())
    assert DrawEntry.objects.filter(draw=draw, review=None).count() == 0
    opened = AuditEntry.objects.filter(verb="reviews.review.opened", actor=by.runner)
    assert (opened.count(), AuditEntry.objects.filter(verb="lots.draw.published").count()) == (25, 1)
