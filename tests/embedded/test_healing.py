"""Each process of `make run` may die or hang at any moment: it is started again in words, and takes nobody along."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import postgres
from config.embedded.binaries import Postgres, find_postgres
from config.embedded.credentials import generate
from config.embedded.folders import temporary_base
from config.embedded.processes import server_account
from tests.embedded.portal import Portal

pytestmark = [pytest.mark.integration, pytest.mark.prove, pytest.mark.xdist_group("healing")]
Start = Callable[..., Portal]
NAMES = {
    "postgres -D": "PostgreSQL",
    "valkey-server": "Valkey",
    "gunicorn": "The web server",
    "config.embedded.worker": "The worker",
    "config.beat:PulsingScheduler": "The clock of the worker (beat)",
}


@pytest.fixture(scope="module")
def programs() -> Postgres:
    """Any PostgreSQL: this is about the supervisor, whatever it runs."""
    return find_postgres({})


@pytest.fixture(scope="module")
def prepared(programs: Postgres) -> Iterator[Path]:
    """The data of a portal that was started once, which takes longest."""
    path = Path(tempfile.mkdtemp(prefix="reviews-", dir=temporary_base(server_account())))
    path.chmod(0o711)
    portal = Portal(path / "data", programs.folder, DEMO="0")
    try:
        portal.wait_until_ready()
        portal.stop()
        yield portal.data
    finally:
        portal.end()
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def again(prepared: Path, start: Start, folder: Path) -> Start:
    """Start a portal on a copy of it."""
    subprocess.run(["cp", "--archive", prepared, folder / "data"], check=True)
    return start


def pid_of(portal: Portal, words: str) -> int:
    """The process as the supervisor has noted it; servers do not carry the folder of the data in their environment."""
    for one in json.loads((portal.data / "children.json").read_text()):
        command = Path(f"/proc/{one['pid']}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        if words in command:
            return int(one["pid"])
    raise LookupError(words)


def forget_pulses(portal: Portal) -> bool:
    try:
        with portal.database() as connection:
            connection.execute("DELETE FROM core_pulse")
    except psycopg.OperationalError:
        return False  # it is being started
    return True


def is_running_anew(portal: Portal, words: str, old: int) -> bool:
    try:
        return pid_of(portal, words) != old
    except (LookupError, OSError, ValueError):
        return False


def test_each_process_that_is_killed_comes_back_and_the_portal_with_it(again: Start) -> None:
    portal = again(DEMO="0")
    portal.wait_until_ready()
    portal.wait_until(portal.is_ready, 90)
    with portal.database() as connection:
        connection.execute("INSERT INTO django_session VALUES ('kept', 'text', now())")
    supervisor, said = portal.process.pid, ""
    for words, name in NAMES.items():
        old = pid_of(portal, words)
        os.kill(old, signal.SIGKILL)
        portal.wait_until(lambda words=words, old=old: is_running_anew(portal, words, old), 60)  # type: ignore[misc]
        # The rows of beat and worker are as young as before for a while, so both have to show life anew.
        portal.wait_until(lambda: forget_pulses(portal), 60)
        took = portal.wait_until(portal.is_ready, 120)
        said += portal.said_until(f"{name} runs again.")  # which it may say a moment later
        assert took < 120, name
        assert portal.ask("/en/sign-in/")[0] == 200, name
        assert portal.process.poll() is None
    with portal.database() as connection:
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (1,)
    portal.process.send_signal(signal.SIGINT)
    said += portal.process.communicate(timeout=60)[0]
    assert (portal.process.returncode, portal.process.pid) == (0, supervisor)
    for name in NAMES.values():
        assert f"{name} ended unexpectedly (status -9); it is started again in 1 s." in said, said
        assert f"{name} runs again." in said, said
    assert portal.processes() == []


def test_a_clock_that_hangs_is_killed_and_started_again(again: Start) -> None:
    portal = again(DEMO="0", READY_PULSE_SECONDS="30")
    portal.wait_until_ready()
    portal.wait_until(portal.is_ready, 90)
    beat = pid_of(portal, "PulsingScheduler")
    os.kill(beat, signal.SIGSTOP)
    time.sleep(2)  # for which a process may still say what it has found before
    portal.wait_until(lambda: portal.ask("/readyz/")[0] == 503, 60)
    portal.wait_until(lambda: is_running_anew(portal, "PulsingScheduler", beat), 60)
    portal.wait_until(portal.is_ready, 60)
    portal.stop()


def test_a_valkey_that_hangs_is_killed_and_started_again(again: Start) -> None:
    """Pages go on meanwhile."""
    portal = again(DEMO="0")
    portal.wait_until_ready()
    portal.wait_until(portal.is_ready, 90)
    old = pid_of(portal, "valkey-server")
    os.kill(old, signal.SIGSTOP)
    assert portal.ask("/en/sign-in/")[0] == 200
    took = portal.wait_until(lambda: is_running_anew(portal, "valkey-server", old), 120)
    assert took > 30, "it may be slow for a moment"
    portal.wait_until(portal.is_ready, 90)
    assert portal.ask("/en/sign-in/")[0] == 200
    portal.process.send_signal(signal.SIGINT)
    said, _ = portal.process.communicate(timeout=60)
    assert portal.process.returncode == 0
    assert "Valkey shows no sign of life; it is started again." in said, said


def test_what_dies_again_and_again_ends_all_of_it_in_words(again: Start) -> None:
    portal = again(DEMO="0", RESTART_LIMIT="3", RESTART_MINUTES="5")
    portal.wait_until_ready()
    killed = []
    for _death in range(3):
        valkey = next(pid for pid in iter(lambda: find(portal, "valkey-server"), None) if pid not in killed)
        killed.append(valkey)
        os.kill(valkey, signal.SIGKILL)
        time.sleep(0.5)
    said, _ = portal.process.communicate(timeout=60)
    assert portal.process.returncode == 1
    assert "it is started again in 1 s" in said and "it is started again in 2 s" in said
    assert "Valkey ended 3 times within 5 minutes, the last time with status -9, and is not started again." in said
    assert "Ready to accept connections" in said, "the end of its log"
    assert portal.processes() == []


def find(portal: Portal, words: str) -> int:
    """The same, which may still have to be started."""
    while True:
        try:
            return pid_of(portal, words)
        except (LookupError, OSError, ValueError):
            time.sleep(0.2)


def test_a_database_of_others_that_goes_away_is_waited_for_and_pages_say_when_to_come_again(
    start: Start, folder: Path, programs: Postgres
) -> None:
    """503 with Retry-After, and none of the portal's processes is given up for it."""
    cluster = postgres.DatabaseCluster(
        programs=programs, data=folder / "own" / "postgres", sockets=folder / "own" / "run", credentials=generate(),
        account=server_account(), log=folder / "own.log", aside=folder / "programs", throw_away=True,
    )  # fmt: skip
    cluster.data.parent.mkdir()
    cluster.data.parent.chmod(0o711)
    postgres.make_cluster(cluster)
    server = postgres.start(cluster)
    try:
        postgres.prepare(cluster)
        urls = (cluster.app_url, cluster.door_url, cluster.owner_url, cluster.system_url)
        names = ("DATABASE_URL", "DATABASE_DOOR_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL")
        portal = start(DEMO="0", RESTART_LIMIT="2", **dict(zip(names, urls, strict=True)))
        portal.wait_until_ready()
        portal.wait_until(portal.is_ready, 90)
        server.process.send_signal(signal.SIGQUIT)  # "immediate": as in a crash
        server.process.wait()
        for path in ("/healthz/", "/readyz/", "/en/published/"):
            status, headers, text = portal.ask(path)
            assert (status, headers.get("Retry-After")) == (503, "10"), (path, status)
            assert "The fault is ours" not in text
        time.sleep(20)  # in which whoever cannot live without it dies
        server = postgres.start(cluster)
        took = portal.wait_until(lambda: portal.ask("/en/published/")[0] == 200, 15)
        assert took < 10, "as soon back as the server is"
        portal.wait_until(portal.is_ready, 90)
        portal.stop()
    finally:
        server.stop()
