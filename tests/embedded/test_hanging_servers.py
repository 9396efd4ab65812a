"""A server that takes connections and answers nothing is found; PostgreSQL only where it does nothing either."""

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from config.embedded import hanging, postgres, pulse, supervisor, valkey
from config.embedded.binaries import Postgres, find_postgres, find_valkey
from config.embedded.credentials import generate
from config.embedded.healing import Healer, Limits, SupervisedProcess
from config.embedded.processes import server_account

pytestmark = pytest.mark.integration


@pytest.fixture
def programs() -> Postgres:
    """Any PostgreSQL: this is about what the system tells of processes."""
    return find_postgres({})


@pytest.fixture
def cluster(folder: Path, programs: Postgres) -> postgres.DatabaseCluster:
    """A server with the disk's care that one for people has, for it is killed here."""
    made = postgres.DatabaseCluster(
        programs=programs, data=folder / "data" / "postgres", sockets=folder / "run", credentials=generate(),
        account=server_account(), log=folder / "log", aside=folder / "programs",
    )  # fmt: skip
    made.data.parent.mkdir()
    made.data.parent.chmod(0o711)
    postgres.make_cluster(made)
    return made


@pytest.fixture
def part(cluster: postgres.DatabaseCluster) -> Iterator[SupervisedProcess]:
    """It, running as the supervisor has it."""
    made = SupervisedProcess(postgres.NAME, lambda: postgres.launch(cluster), lambda: postgres.answers(cluster))
    made.child = postgres.start(cluster)
    yield made
    hanging.end(made.child)


def send(part: SupervisedProcess, number: int) -> None:
    for pid in hanging.family(part.child.process.pid):
        with contextlib.suppress(ProcessLookupError):  # a worker of PostgreSQL that has ended meanwhile
            os.kill(pid, number)


def is_alive(pid: int) -> bool:
    """A process that has ended is seen until it is asked for, by whoever has taken it over."""
    try:
        return re.search(r"^State:\s+[ZX]", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE) is None
    except OSError:
        return False


def test_a_valkey_that_hangs_shows_no_life_and_one_that_reads_its_file_does(folder: Path) -> None:
    queue = valkey.Queue(
        program=find_valkey(), data=folder / "valkey", sockets=folder / "run", account=server_account(),
        log=folder / "valkey.log", aside=folder / "programs",
    )  # fmt: skip
    child = valkey.start(queue)
    try:
        assert valkey.shows_life(queue.socket)
        child.process.send_signal(signal.SIGSTOP)
        assert not valkey.shows_life(queue.socket)
        assert not valkey.answers(queue.socket)
    finally:
        child.process.send_signal(signal.SIGCONT)
        child.stop()


def test_a_postgresql_that_is_stopped_shows_no_life_is_ended_and_has_lost_nothing(
    cluster: postgres.DatabaseCluster, part: SupervisedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "ANSWERS_WITHIN", 2)
    monkeypatch.setattr(hanging, "ENDS_WITHIN", 1)
    signs = hanging.Signs(cluster, part)
    with cluster.superuser() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    assert signs.shows_life()
    assert len(hanging.family(part.child.process.pid)) > 3
    send(part, signal.SIGSTOP)
    assert signs.shows_life(), "of one look nothing is concluded"
    assert not signs.shows_life()
    stopped = hanging.family(part.child.process.pid)
    hanging.end(part.child)
    assert [pid for pid in stopped if is_alive(pid)] == []
    part.child = postgres.start(cluster)
    with cluster.superuser() as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
    assert signs.shows_life()


def test_a_postgresql_that_takes_nobody_but_works_is_left_alone(
    cluster: postgres.DatabaseCluster, part: SupervisedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that is busy for all of the time in which it should answer."""
    signs = hanging.Signs(cluster, part)
    monkeypatch.setattr(hanging, "answers_anything", lambda _cluster: False)
    with cluster.superuser() as connection:
        assert signs.shows_life()
        connection.execute("SELECT count(md5(number::text)) FROM generate_series(1, 3000000) number")
        assert signs.shows_life()
        assert not signs.shows_life()


def test_a_refusal_in_words_is_an_answer(cluster: postgres.DatabaseCluster, part: SupervisedProcess) -> None:
    with cluster.superuser() as connection:
        connection.execute("ALTER ROLE postgres CONNECTION LIMIT 0")
        connection.execute("ALTER ROLE postgres PASSWORD 'another'")
    assert hanging.answers_anything(cluster)


def test_how_long_servers_may_be_silent() -> None:
    now = [0.0]
    watch = pulse.Watch(90, lambda: now[0])
    for now[0] in range(0, 301, 10):
        watch.note_life("Valkey", now[0] < 50)
        watch.note_life("PostgreSQL", now[0] < 100)
        hung = {name for name in ("Valkey", "PostgreSQL") if watch.hangs(name, started_at=0.0)}
        assert ("Valkey" in hung, "PostgreSQL" in hung) == (now[0] > 100, now[0] > 270)


def test_who_waits_for_a_server_that_hangs_is_not_blamed_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """After three hours of silence the server is started again, and of the others who needs it not."""
    restarted: list[str] = []
    server = SupervisedProcess("Valkey", Mock(), Mock(), shows_life=lambda: False)
    web = SupervisedProcess("The web server", Mock(), Mock())
    worker, beat = (SupervisedProcess(name, Mock(), Mock(), [server]) for name in ("The worker", "Beat"))
    run = supervisor.Supervisor(Mock(), {})
    run.portal = [web, worker, beat]
    run.healer = Healer([server, *run.portal], Limits(5, 60.0), Mock())
    for part in run.healer.parts:
        part.child, part.started_at = Mock(ended=False), 0.0
    monkeypatch.setattr(run.healer, "restart", lambda part, _why: restarted.append(part.name))
    run.restart_what_hangs(pulse.Watch(90, lambda: 3 * 3600.0))
    assert restarted == ["Valkey", "The web server"]
