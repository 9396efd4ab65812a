"""What a role that serves may do too much, as a real server of each kind tells it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import postgres
from config.embedded.binaries import Postgres
from config.embedded.credentials import generate
from config.embedded.processes import server_account
from core.database import role_powers

pytestmark = pytest.mark.integration

EXCESSES = {
    "ALTER ROLE portal_app BYPASSRLS": ["role portal_app should not have BYPASSRLS"],
    "ALTER ROLE portal_system SUPERUSER REPLICATION": [
        "role portal_system should not have SUPERUSER",
        "role portal_system should not have REPLICATION",
    ],
    "ALTER ROLE portal_door CREATEROLE": ["role portal_door should not have CREATEROLE"],
    "GRANT portal_system TO portal_app": ["role portal_app should not be a member of portal_system"],
    "GRANT portal_owner TO portal_system": ["role portal_system should not be a member of portal_owner"],
    "CREATE ROLE between ROLE portal_app; GRANT portal_door TO between": [
        "role portal_app should not be a member of portal_door"
    ],
    "CREATE ROLE mighty BYPASSRLS ROLE portal_door": ["role portal_door should not be a member of mighty"],
    "GRANT pg_read_all_data TO portal_system": ["role portal_system should not be a member of pg_read_all_data"],
    # What an operator has of its own, and what the owner may, are no matter of ours.
    "CREATE ROLE people_of_ours ROLE portal_app, portal_door": [],
    "ALTER ROLE portal_app CREATEDB": [],
    "ALTER ROLE portal_owner CREATEROLE BYPASSRLS": [],
    "GRANT portal_app, portal_door, portal_system TO portal_owner": [],
}


@pytest.fixture
def server(folder: Path, programs: Postgres) -> Iterator[psycopg.Connection]:
    """A server with our roles, and its superuser, whose work nobody keeps."""
    cluster = postgres.DatabaseCluster(
        programs=programs, data=folder / "postgres", sockets=folder / "run", credentials=generate(),
        account=server_account(), log=folder / "log", aside=folder / "programs", throw_away=True,
    )  # fmt: skip
    postgres.make_cluster(cluster)
    child = postgres.start(cluster)
    try:
        postgres.prepare(cluster)
        with psycopg.connect(cluster.owner_url, autocommit=True) as owner:
            owner.execute("CREATE TABLE django_migrations (name text)")
        with cluster.superuser(postgres.DATABASE) as connection:
            yield connection
    finally:
        child.stop()


def test_only_what_is_more_than_a_role_needs_is_named(server: psycopg.Connection) -> None:
    assert role_powers.excesses(server.cursor(), postgres.SERVING) == []
    for change, named in EXCESSES.items():
        with contextlib.suppress(psycopg.Rollback), server.transaction(force_rollback=True):
            server.execute(change)
            assert role_powers.excesses(server.cursor(), postgres.SERVING) == named, change


def test_the_one_role_that_does_everything_is_not_asked_about(server: psycopg.Connection) -> None:
    server.execute("ALTER ROLE portal_owner SUPERUSER")
    assert role_powers.excesses(server.cursor(), ["portal_owner", "", "nobody_of_that_name"]) == []
