"""Run a command of `manage.py` on the data of a data folder: `make manage`.

While the portal runs, on its servers; else on servers that are started for this alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.embedded import EmbeddedError, postgres
from config.embedded.credentials import load_or_create
from config.embedded.folders import server_files
from config.embedded.options import Options, owner_environment, portal_environment, system_environment
from config.embedded.processes import die_with_parent, server_account
from config.embedded.servers import Places, Running, addresses, cluster_at, places, start_servers
from config.embedded.single import holder, only_one

# What changes tables or publishes reference data is a matter of their owner; everything else of the system.
OWNERS = {"flush", "load_reference", "migrate"}
# The time that a portal which is just being started gets (seconds).
PATIENCE = 60.0


def manage(options: Options, environment: Mapping[str, str], words: Sequence[str], root: Path) -> int:
    """Run the command and return its exit status. Raises `EmbeddedError`."""
    if not words:
        raise EmbeddedError('Which command? For example: make manage ARGS="check"; all of them: make manage ARGS=help')
    if not options.names_database and not (options.data / "servers" / "postgres").exists():
        raise EmbeddedError(f"There is no database in {options.data}; make run makes it.")
    if url := holder(options.data):
        where = _places_of_running(options)
        if not options.names_database:
            _wait_for(where, environment)
        given = {"SITE_URL": url.rstrip("/"), **environment}
        return _run(where, given, addresses(where, environment), words, root)
    with only_one(options.data, options.url), places(options) as where:
        running = Running()
        try:
            start_servers(where, environment, running)
            return _run(where, environment, running.provided, words, root)
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


def _run(
    where: Places, environment: Mapping[str, str], provided: Mapping[str, str], words: Sequence[str], root: Path
) -> int:
    portal = portal_environment(environment, where.options, provided)
    is_owners = words[0] in OWNERS or environment.get("DATABASE_ROLE") == "owner"
    variables = (owner_environment if is_owners else system_environment)(environment, portal, provided)
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=root,
        env=variables,
        preexec_fn=die_with_parent(signal.SIGTERM, os.getpid()),  # noqa: PLW1509
    )
    try:
        return process.wait()
    finally:
        if process.poll() is None:  # a signal asked us to stop
            process.terminate()
            process.wait()
