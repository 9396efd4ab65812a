"""A real PostgreSQL of each kind that the machine has: roles, rights, extensions, versions; and a real Valkey."""

import contextlib
import stat
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import redis

from config.embedded import EmbeddedError, postgres, valkey
from config.embedded.binaries import find_valkey
from config.embedded.credentials import generate
from config.embedded.processes import server_account

pytestmark = pytest.mark.integration


@pytest.fixture
def cluster(folder, programs):
    """Describe a throw-away PostgreSQL."""
    return postgres.DatabaseCluster(
        programs=programs,
        data=folder / "postgres",
        sockets=folder / "run",
        credentials=generate(),
        account=server_account(),
        log=folder / "postgres.log",
        aside=folder / "programs",
        throw_away=True,
    )


@contextlib.contextmanager
def running(cluster):
    """Run a PostgreSQL, prepared."""
    postgres.make_cluster(cluster)
    child = postgres.start(cluster)
    try:
        postgres.prepare(cluster)
        yield child
    finally:
        child.stop()


def test_roles_rights_and_extensions(cluster):
    with running(cluster):
        postgres.prepare(cluster)  # again, as at each start
        with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
            owner.execute("CREATE TABLE answer (id serial PRIMARY KEY, text text)")
            assert owner.execute("SELECT similarity('ab', 'ab'), unaccent('é')").fetchone() == (1.0, "e")
            roles = owner.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal%' "
                "AND (rolsuper OR rolcreaterole OR rolcreatedb)"
            ).fetchall()
            assert roles == []
        with psycopg.connect(cluster.app_url, autocommit=True) as app:
            app.execute("INSERT INTO answer (text) VALUES ('a')")
            app.execute("UPDATE answer SET text = 'b'")
            assert app.execute("SELECT text FROM answer").fetchall() == [("b",)]
            app.execute("DELETE FROM answer")
            for forbidden in (
                "CREATE TABLE other (id int)",
                "ALTER TABLE answer ADD COLUMN other int",
                "DROP TABLE answer",
                "TRUNCATE answer",
                "CREATE SCHEMA other",
                "CREATE DATABASE other",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(forbidden)


def test_no_port_and_no_way_in_without_the_password(cluster):
    with running(cluster) as child:
        with cluster.superuser() as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url("portal_app", "wrong"))
        wrong = replace(cluster, credentials=generate())
        with pytest.raises(EmbeddedError, match="restore credentials"):
            postgres.answers(wrong)
        assert Path(f"/proc/{child.process.pid}").stat().st_uid != 0


def test_a_folder_of_another_version_is_not_opened(cluster):
    postgres.make_cluster(cluster)
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 14") as caught:
        postgres.make_cluster(cluster)
    assert "make backup" in str(caught.value)


def test_pages_have_checksums_and_those_of_a_folder_of_before_get_them_when_it_lies_still(cluster, folder):
    def on():
        with cluster.superuser() as connection:
            return connection.execute("SHOW data_checksums").fetchone() == ("on",)

    with running(cluster):
        assert on()
    assert postgres.turn_on_checksums(cluster) == ""
    postgres._answer(cluster, "pg_checksums", "--disable")
    child = postgres.start(cluster)
    assert not on()
    child.process.kill()
    child.process.wait()
    assert "after the next clean stop" in postgres.turn_on_checksums(cluster)
    with running(cluster):
        assert not on()
    assert postgres.turn_on_checksums(cluster) == "Turned on the checksums of the pages of the database."
    with running(cluster):
        assert on()


def test_a_server_that_does_not_start_shows_its_log(cluster):
    postgres.make_cluster(cluster)
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("work_mem = nonsense\n")
    with pytest.raises(EmbeddedError, match="work_mem"):
        postgres.start(cluster)


@pytest.fixture
def queue(folder):
    """Describe a Valkey that keeps its data."""
    return valkey.Queue(
        program=find_valkey(),
        data=folder / "valkey",
        sockets=folder / "run",
        account=server_account(),
        log=folder / "valkey.log",
        aside=folder / "programs",
    )


def test_the_queue_survives_a_kill_and_never_evicts(queue):
    child = valkey.start(queue)
    with redis.Redis.from_url(queue.url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.lpush("jobs", "one")
        client.execute_command("WAITAOF", 1, 0, 2000)
    child.process.kill()
    child.process.wait()
    child = valkey.start(queue)
    with redis.Redis.from_url(queue.url) as client:
        assert client.lrange("jobs", 0, -1) == [b"one"]
    child.stop()


def test_files_of_another_program_are_set_aside(queue, folder):
    valkey.start(queue).stop()
    (folder / "valkey.version").write_text("redis 5")
    child = valkey.start(queue)
    child.stop()
    assert len(list(folder.glob("valkey.2*"))) == 1
