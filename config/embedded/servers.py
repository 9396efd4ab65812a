"""Start the servers that the environment does not name, and say how to reach them."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from config.embedded import hanging, leftovers, postgres, swap, used, valkey
from config.embedded.binaries import find_postgres, find_valkey
from config.embedded.credentials import Credentials, load_or_create
from config.embedded.folders import copies_of_programs, server_files, socket_folder
from config.embedded.healing import SupervisedProcess
from config.embedded.options import DATABASE, DOOR, OWNER, QUEUE, SECRET, SYSTEM, Options
from config.embedded.processes import Child, ServerAccount, server_account


@dataclass(frozen=True)
class Places:
    """Folders and secrets of one run."""

    options: Options
    credentials: Credentials
    account: ServerAccount | None
    files: Path
    sockets: Path

    @property
    def children(self) -> Path:
        """The record of our children, for the supervisor that comes after us."""
        return self.options.data / "children.json"

    @property
    def demo_marker(self) -> Path:
        """A file that is there while the demo has still to be made."""
        return self.options.data / "demo-pending"

    @property
    def nobody_marker(self) -> Path:
        """A file that is there while nobody has begun to use the portal."""
        return self.options.data / "nobody-yet"

    @property
    def step(self) -> Path:
        """What a start is doing, for the page that stands in for the portal meanwhile."""
        return self.options.data / "starting"

    @property
    def demo_progress(self) -> Path:
        """How far the demo is while it is made."""
        return self.options.data / "demo-progress"

    @property
    def demo_accounts(self) -> Path:
        """The accounts of the demo in this database, as they are shown at each start."""
        return self.options.data / "demo-accounts.txt"


@contextlib.contextmanager
def places(options: Options) -> Iterator[Places]:
    """Make the folders and read the secrets. Raises `EmbeddedError`; hold the lock of the data folder."""
    leftovers.wait_for_orphans(options.data / "children.json")
    account = server_account()
    files = server_files(options.data, account)
    swap.settle_folders(options.data, files)  # a restore may have been killed
    credentials = load_or_create(options.data / "credentials.json")
    with socket_folder(files, account) as sockets:
        noted = options.data / "sockets"  # for `make manage`, which finds the servers of a portal that runs
        noted.write_text(f"{sockets}\n", encoding="utf-8")
        try:
            yield Places(options, credentials, account, files, sockets)
        finally:
            noted.unlink(missing_ok=True)


@dataclass
class Running:
    """The servers that we started, in that order, and the variables that name them."""

    children: list[Child] = field(default_factory=list)
    provided: dict[str, str] = field(default_factory=dict)


def cluster_at(where: Places, environment: Mapping[str, str]) -> postgres.DatabaseCluster:
    """Describe the PostgreSQL of a data folder."""
    return postgres.DatabaseCluster(
        programs=find_postgres(environment),
        data=where.files / "postgres",
        sockets=where.sockets,
        credentials=where.credentials,
        account=where.account,
        log=where.options.logs / "postgres.log",
        aside=copies_of_programs(where.files, where.account),
    )


def queue_at(where: Places) -> valkey.Queue:
    """Describe the Valkey of a data folder."""
    return valkey.Queue(
        program=find_valkey(),
        data=where.files / "valkey",
        sockets=where.sockets,
        account=where.account,
        log=where.options.logs / "valkey.log",
        aside=copies_of_programs(where.files, where.account),
    )


def start_database(where: Places, environment: Mapping[str, str], running: Running) -> postgres.DatabaseCluster:
    """Start PostgreSQL and make roles, database and extensions. Raises `EmbeddedError`."""
    cluster = cluster_at(where, environment)
    postgres.make_cluster(cluster)
    leftovers.remove_stale_postmaster(cluster.data)
    if said := postgres.turn_on_checksums(cluster):
        print(said, flush=True)
    running.children.append(postgres.start(cluster))
    swap.settle_database(cluster, where.options.data)
    postgres.prepare(cluster)
    running.provided |= addresses_of_roles(cluster)
    return cluster


def addresses_of_roles(cluster: postgres.DatabaseCluster) -> dict[str, str]:
    """Return the variables that name our database, one for each role."""
    return {
        DATABASE: cluster.app_url,
        DOOR: cluster.door_url,
        SYSTEM: cluster.system_url,
        OWNER: cluster.owner_url,
    }


def addresses(where: Places, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that name what the environment does not, where the servers run already."""
    provided: dict[str, str] = {}
    if not where.options.names_database:
        provided |= addresses_of_roles(cluster_at(where, environment))
    if not where.options.names_queue:
        provided[QUEUE] = queue_at(where).url
    if not where.options.names_secret_key:
        provided[SECRET] = where.credentials.secret_key
    return provided


def start_servers(where: Places, environment: Mapping[str, str], running: Running) -> None:
    """Start what the environment does not name; `running` grows as they start. Raises `EmbeddedError`."""
    if not where.options.names_database:
        start_database(where, environment, running)
    if not where.options.names_queue:
        queue = queue_at(where)
        running.children.append(valkey.start(queue))
        running.provided[QUEUE] = queue.url
    if not where.options.names_secret_key:
        running.provided[SECRET] = where.credentials.secret_key
    leftovers.record(where.children, running.children)


def kept_alive(where: Places, environment: Mapping[str, str], running: Running) -> list[SupervisedProcess]:
    """Return the servers that we started, with how each is started again and how it answers."""
    parts = []
    for child in running.children:
        if child.name == postgres.NAME:
            cluster = cluster_at(where, environment)
            part = SupervisedProcess(child.name, partial(_start_again, cluster), partial(postgres.answers, cluster))
            part.shows_life, part.end = hanging.Signs(cluster, part).shows_life, hanging.end
        else:
            queue = queue_at(where)
            part = SupervisedProcess(child.name, partial(valkey.launch, queue), partial(valkey.answers, queue.socket))
            part.shows_life = partial(valkey.shows_life, queue.socket)
        part.child = child
        parts.append(part)
    return parts


def _start_again(cluster: postgres.DatabaseCluster) -> Child:
    leftovers.remove_stale_postmaster(cluster.data)
    return postgres.launch(cluster)


def forget_everything(where: Places, environment: Mapping[str, str]) -> None:
    """Drop the database, the queue and the private files of a data folder, and its practice portal as a whole.

    Its own secrets, logs and backups stay.
    """
    used.unmark(where.options.data)
    running = Running()
    try:
        cluster = start_database(where, environment, running)
        postgres.drop_database(cluster)
    finally:
        for child in running.children:
            child.stop()
    shutil.rmtree(where.files / "valkey", ignore_errors=True)
    for name in ("files", "mail", "roots"):
        shutil.rmtree(where.options.data / name, ignore_errors=True)
    practice = where.options.data / "practice"
    if (practice / "servers").is_symlink():  # to a folder of the account of the servers (folders.py)
        shutil.rmtree((practice / "servers").resolve(), ignore_errors=True)
    shutil.rmtree(practice, ignore_errors=True)
    where.demo_accounts.unlink(missing_ok=True)
