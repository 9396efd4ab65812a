"""Alive is who answers and may read; ready is a portal that writes, whose clock turns and whose queue moves."""

import datetime as dt
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from config.beat import PulsingScheduler
from config.embedded import postgres
from config.embedded.binaries import find_postgres
from config.embedded.credentials import generate
from config.embedded.processes import server_account
from core import health
from core.enums import JobStatus
from core.jobs.tasks import take_up_waiting_jobs_task
from core.models import Pulse
from tests.embedded.conftest import folder as folder
from tests.factories.core import JobFactory, NotificationFactory
from tests.plain_role import system_role

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _look_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_KEPT_FOR", dt.timedelta())


def turn() -> None:
    """What beat and a worker do within seconds, as their role."""
    with system_role():
        health.show_life(health.BEAT)
        take_up_waiting_jobs_task()


def ready(client: Client) -> tuple[int, set[str]]:
    """What the page says, and which checks do not hold."""
    answer = client.get("/readyz/")
    facts = answer.json()
    assert set(facts) == {"status", "checks"}
    assert ("Retry-After" in answer.headers) == (answer.status_code == 503)
    return answer.status_code, {name for name, check in facts["checks"].items() if not check["ok"]}


def test_who_is_alive_says_what_was_looked_at(client: Client) -> None:
    answer = client.get("/healthz/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {"status": "ok", "checks": {"database": {"ok": True}}}


def test_who_may_not_read_as_pages_do_is_not_alive(client: Client) -> None:
    """As after a restore that ended half way: the tables are there, and the rights are not."""
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON core_pulse FROM PUBLIC, portal_app, portal_system")
    answer = client.get("/healthz/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json() == {"status": "unavailable", "checks": {"database": {"ok": False}}}


def test_a_portal_that_does_all_of_its_work_is_ready(client: Client) -> None:
    assert ready(client) == (503, {"clock", "queue", "mails", "documents"}), "nothing has shown that it works"
    turn()
    assert ready(client) == (200, set())


def test_a_clock_that_stands_and_a_queue_that_does_not_move_are_told_apart(client: Client) -> None:
    turn()
    Pulse.objects.filter(name=health.WORKER).update(at=timezone.now() - HOUR)
    assert ready(client) == (503, {"queue"})
    turn()
    Pulse.objects.filter(name=health.BEAT).update(at=timezone.now() - HOUR)
    assert ready(client) == (503, {"clock"})


def test_what_waits_too_long_is_told_by_its_kind(client: Client) -> None:
    """As where the workers that make documents are gone, and the others are not."""
    job = JobFactory(target_id=uuid.uuid4())
    turn()
    assert ready(client) == (200, set())
    type(job).objects.update(created_at=timezone.now() - HOUR)
    mail = NotificationFactory(next_attempt_at=timezone.now() - HOUR)
    turn()
    assert ready(client) == (503, {"mails", "documents"})
    type(job).objects.update(status=JobStatus.DONE)
    type(mail).objects.update(next_attempt_at=timezone.now() + HOUR)
    turn()
    assert ready(client) == (200, set()), "what is to wait is no fault"


def test_a_database_that_cannot_be_written_to_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    turn()

    def full() -> None:
        raise OperationalError("could not extend file: No space left on device")

    monkeypatch.setattr(health, "_write", full)
    assert ready(client) == (503, {"write"})


def test_readiness_is_looked_at_once_a_second_however_often_it_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_KEPT_FOR", dt.timedelta(seconds=60))
    monkeypatch.setattr(health, "readiness", health._Readiness().look)
    looks: list[Any] = []
    monkeypatch.setattr(health, "_look", lambda now: looks.append(now) or [])
    for _time in range(5):
        client.get("/readyz/")
    assert len(looks) == 1


def test_beat_notes_its_pulse_in_the_database() -> None:
    scheduler = PulsingScheduler.__new__(PulsingScheduler)
    scheduler.show()
    assert Pulse.objects.get(name=health.BEAT).at > timezone.now() - dt.timedelta(seconds=5)


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own of 96 MB; only root can make one."""
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m,mode=711", "tmpfs", disk], check=False).returncode:
        pytest.skip("a small disk cannot be made here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.mark.prove
def test_a_full_disk_shows(small_disk: Path) -> None:
    """On a real server: an update finds room in its page for long after nothing else does; what grows does not."""
    cluster = postgres.DatabaseCluster(
        programs=find_postgres({}), data=small_disk / "postgres", sockets=small_disk / "run",
        credentials=generate(), account=server_account(), log=small_disk.parent / "postgres.log",
        aside=small_disk.parent / "programs", throw_away=True,
    )  # fmt: skip
    postgres.make_cluster(cluster)
    child = postgres.start(cluster)
    try:
        with cluster.superuser() as database:
            write(database)
            with (small_disk / "filling").open("wb") as file:
                try:
                    while True:
                        file.write(b"0" * 65536)
                        file.flush()
                except OSError:
                    pass
            with pytest.raises(Exception, match="No space left on device"):
                write(database)
            (small_disk / "filling").unlink()
            write(database)
    finally:
        child.stop()


def write(database: Any) -> None:
    with database.transaction():
        for statement in health._GROW:
            database.execute(statement)
