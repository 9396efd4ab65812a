"""A PostgreSQL of our own: made, started and prepared in a private folder, on a unix socket only."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.embedded import EmbeddedError
from config.embedded.binaries import Postgres, readable_copy
from config.embedded.credentials import Credentials
from config.embedded.processes import (
    Child,
    ServerAccount,
    die_with_parent,
    make_private_folder,
    spawn,
    wait_for,
    write_private_file,
)

SUPERUSER, DATABASE = "postgres", "portal"
# The owner migrates, the app serves pages, the door finds out to whom, the system works for workers and commands
# (docs/adr/0022, 0033).
OWNER, APP, DOOR, SYSTEM = "portal_owner", "portal_app", "portal_door", "portal_system"
SERVING = (APP, DOOR, SYSTEM)
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
SETTINGS = ("logging_collector=off", "shared_buffers=128MB", "max_connections=100", "listen_addresses=")
# Nothing of a test survives it, so nothing has to be safe on disk.
THROW_AWAY_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=1d")

NAME = "PostgreSQL"


@dataclass(frozen=True)
class DatabaseCluster:
    """One data folder of PostgreSQL and what is needed to run it."""

    programs: Postgres
    data: Path
    sockets: Path
    credentials: Credentials
    account: ServerAccount | None
    log: Path
    aside: Path  # where programs are copied that the servers' account cannot read
    throw_away: bool = False

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """Return the address of a database for a role, with the socket folder in the place of the host."""
        return f"postgres://{role}:{quote(password)}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def owner_url(self) -> str:
        """The address for the role that owns the tables and migrates."""
        return self.url(OWNER, self.credentials.owner_password)

    @property
    def app_url(self) -> str:
        """The address for the plain role with which pages are served."""
        return self.url(APP, self.credentials.app_password)

    @property
    def door_url(self) -> str:
        """The address for the role that finds out whom a page is served to."""
        return self.url(DOOR, self.credentials.door_password)

    @property
    def system_url(self) -> str:
        """The address for the role that workers and commands work as."""
        return self.url(SYSTEM, self.credentials.system_password)

    def program(self, name: str) -> Path:
        """Return a program of this PostgreSQL that the servers' account can run."""
        folder = self.programs.folder
        if self.account:
            folder = readable_copy(self.programs.tree, self.aside) / folder.name
        return folder / name

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres", *, seconds: int = 60) -> Iterator[psycopg.Connection]:
        """Connect as the superuser, waiting no longer than so many seconds; each statement commits by itself."""
        with psycopg.connect(
            host=str(self.sockets),
            user=SUPERUSER,
            password=self.credentials.superuser_password,
            dbname=database,
            autocommit=True,
            connect_timeout=seconds,
        ) as connection:
            yield connection


def make_cluster(cluster: DatabaseCluster) -> None:
    """Run `initdb` unless the data folder exists. Raises `EmbeddedError` when it fails."""
    if (cluster.data / "PG_VERSION").exists():
        check_version(cluster)
        return
    # Made beside its place: a start that is killed meanwhile leaves no half-made data folder.
    unfinished = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_private_folder(unfinished, cluster.account)
    make_private_folder(cluster.sockets, cluster.account)
    # Not on the command line, where everybody could read it.
    password = cluster.sockets / "password"
    write_private_file(password, cluster.credentials.superuser_password + "\n", cluster.account)
    command: list[str | Path] = [cluster.program("initdb"), "-D", unfinished, "-U", SUPERUSER, "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "-A", "scram-sha-256", "--data-checksums", f"--pwfile={password}"]
    if cluster.throw_away:
        command.append("--no-sync")
    child = spawn(
        "initdb",
        command,
        log=cluster.log,
        cwd=Path("/"),
        account=cluster.account,
        death_signal=signal.SIGKILL,
    )
    try:
        if child.process.wait():
            raise EmbeddedError(f"initdb failed. The end of {child.log}:\n{child.last_lines()}")
    finally:
        child.stop()
        password.unlink()
    unfinished.rename(cluster.data)


def check_version(cluster: DatabaseCluster) -> None:
    """Refuse to open a data folder with another major version than the one that made it."""
    made_by = (cluster.data / "PG_VERSION").read_text().strip()
    if made_by == str(cluster.programs.major):
        return
    raise EmbeddedError(
        f"The data folder {cluster.data} was made by PostgreSQL {made_by}, but the programs at "
        f"{cluster.programs.folder} are version {cluster.programs.major}, which cannot open it.\n"
        f"Either set PG_BIN to the folder of programs of PostgreSQL {made_by}, or carry the data over:\n"
        f"  1. PG_BIN=<programs of {made_by}> make backup, which names the folder that it makes\n"
        f"  2. move {cluster.data} away\n"
        f"  3. make restore FILE=<that folder>, then make run"
    )


def turn_on_checksums(cluster: DatabaseCluster) -> str:
    """Let a cluster of before, which lies still, notice a damaged page; give a sentence where that was to be done.

    PostgreSQL does it only after a clean stop. Killed meanwhile, it is begun anew at the next start.
    """
    control = _answer(cluster, "pg_controldata")
    if not re.search(r"^Data page checksum version:\s+0$", control, re.MULTILINE):
        return ""
    if not re.search(r"^Database cluster state:\s+shut down$", control, re.MULTILINE):
        return "The database has no checksums of its pages; they are turned on by the start after the next clean stop."
    _answer(cluster, "pg_checksums", "--enable")
    return "Turned on the checksums of the pages of the database."


def _answer(cluster: DatabaseCluster, program: str, *words: str) -> str:
    identity = {"user": cluster.account.uid, "group": cluster.account.gid} if cluster.account else {}
    result = subprocess.run(
        [cluster.program(program), *words, "-D", cluster.data],
        cwd="/",
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent(signal.SIGKILL, os.getpid()),
        **identity,  # type: ignore[call-overload]
    )
    if result.returncode:
        raise EmbeddedError(f"{program} failed:\n{result.stderr.strip()}")
    return str(result.stdout)


def start(cluster: DatabaseCluster) -> Child:
    """Start the server and wait until it answers. Raises `EmbeddedError`."""
    child = launch(cluster)
    wait_for(lambda: answers(cluster), child)
    return child


def launch(cluster: DatabaseCluster) -> Child:
    """Start the server, which recovers first what a crash has left."""
    make_private_folder(cluster.sockets, cluster.account)
    options = [*SETTINGS, *(THROW_AWAY_SETTINGS if cluster.throw_away else ())]
    command: list[str | Path] = [cluster.program("postgres"), "-D", cluster.data, "-k", cluster.sockets]
    for option in options:
        command += ["-c", option]
    return spawn(
        NAME,
        command,
        log=cluster.log,
        cwd=Path("/"),
        account=cluster.account,
        stop_signal=signal.SIGINT,  # "fast": ends the connections, writes everything, stops
        patience=30,
    )


def answers(cluster: DatabaseCluster) -> bool:
    """Tell whether the server takes connections. Raises `EmbeddedError` where our password is refused."""
    try:
        with cluster.superuser(seconds=5):
            return True
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise EmbeddedError(
                f"The password in the data folder is not the one of {cluster.data}: "
                "restore credentials.json from the same backup as the database."
            ) from error
        return False


def prepare(cluster: DatabaseCluster, *, may_create_databases: bool = False) -> None:
    """Make the roles, the database, the extensions and the rights; repeating it changes nothing.

    `may_create_databases` is for tests, whose databases the owner makes; it may also work as the other roles there, and
    empty tables whose rows never go.
    """
    with cluster.superuser() as connection:
        for role, password in (
            (OWNER, cluster.credentials.owner_password),
            (APP, cluster.credentials.app_password),
            (DOOR, cluster.credentials.door_password),
            (SYSTEM, cluster.credentials.system_password),
        ):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = "ALTER" if known else "CREATE"
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                    sql.SQL(verb),
                    sql.Identifier(role),
                    sql.SQL("CREATEDB" if may_create_databases and role == OWNER else "NOCREATEDB"),
                    sql.Literal(password),
                )
            )
        if may_create_databases:
            for role in SERVING:
                connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(OWNER)))
            past_guards = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
            connection.execute(past_guards.format(sql.Identifier(OWNER)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            create_database(connection)
        let_in(connection)
    # What template1 has, every later database has too: those of the tests among them.
    for database in ("template1", DATABASE):
        with cluster.superuser(database) as connection:
            prepare_database(connection)


def create_database(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Create a database for the portal, owned by the owner role and closed to everybody."""
    names = sql.Identifier(name), sql.Identifier(OWNER)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8'").format(*names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def let_in(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Let the roles that serve connect to a database of the portal."""
    for role in SERVING:
        names = sql.Identifier(name), sql.Identifier(role)
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(*names))


def prepare_database(connection: psycopg.Connection) -> None:
    """Add the extensions, and let the roles that serve work on the rows of every table that the owner will make.

    What of it they keep is decided by table, after each migration (portal.reference.table_rights).
    """
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    for role in map(sql.Identifier, SERVING):
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT {} TO {}").format(
                    sql.Identifier(OWNER), sql.SQL(rights), role
                )
            )


def drop_database(cluster: DatabaseCluster) -> None:
    """Drop the portal's database with everything in it."""
    with cluster.superuser() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
