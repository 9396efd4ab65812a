"""The servers of a data folder for a step that ends by itself: those of the portal that runs, or our own meanwhile."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from config.embedded import EmbeddedError, postgres
from config.embedded.credentials import load_or_create
from config.embedded.folders import server_files
from config.embedded.options import Options
from config.embedded.processes import server_account
from config.embedded.servers import Places, Running, addresses, cluster_at, places, start_servers
from config.embedded.single import holder, only_one

# The time that a portal which is just being started gets (seconds).
PATIENCE = 60.0


@contextlib.contextmanager
def reached(options: Options, environment: Mapping[str, str]) -> Iterator[tuple[Places, dict[str, str]]]:
    """Give the places and the variables that name the servers. Raises `EmbeddedError`."""
    if not options.names_database and not (options.data / "servers" / "postgres").exists():
        raise EmbeddedError(f"There is no database in {options.data}; make run makes it.")
    if url := holder(options.data):
        where = _places_of_running(options)
        if not options.names_database:
            _wait_for(where, environment)
        yield where, {"SITE_URL": environment.get("SITE_URL") or url.rstrip("/"), **addresses(where, environment)}
        return
    with only_one(options.data, options.url), places(options) as where:
        running = Running()
        try:
            start_servers(where, environment, running)
            yield where, running.provided
        finally:
            for child in reversed(running.children):
                child.stop()
            where.children.unlink(missing_ok=True)


def _places_of_running(options: Options) -> Places:
    """The places of the portal that runs; its sockets are where it has noted them."""
    account = server_account()
    try:
        sockets = Path((options.data / "sockets").read_text(encoding="utf-8").strip())
    except FileNotFoundError as error:
        raise EmbeddedError("The portal is just being started or stopped; try again in a moment.") from error
    credentials = load_or_create(options.data / "credentials.json")
    return Places(options, credentials, account, server_files(options.data, account), sockets)


def _wait_for(where: Places, environment: Mapping[str, str]) -> None:
    cluster = cluster_at(where, environment)
    limit = time.monotonic() + PATIENCE
    while not postgres.answers(cluster):
        if time.monotonic() > limit:
            raise EmbeddedError(f"The database of the portal that runs on {where.options.data} does not answer.")
        time.sleep(0.25)
