"""Carry the embedded database over to another version or machine: `make dump` and `make restore`.

The portal must not be running; the server is started for this alone.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from config.embedded import EmbeddedError, postgres
from config.embedded.servers import Places, Running, cluster_at, start_database


def dump(where: Places, environment: Mapping[str, str], file: Path) -> None:
    """Write the database into `file` in the custom format of pg_dump. Raises `EmbeddedError`."""
    if not cluster_at(where, environment).data.exists():
        raise EmbeddedError(f"There is no database in {where.options.data}.")
    transfer(where, environment, "pg_dump", ["--format=custom", f"--file={file}"], empty=False)


def restore(where: Places, environment: Mapping[str, str], file: Path) -> None:
    """Replace the database by the one in `file`. Raises `EmbeddedError`."""
    if not file.exists():
        raise EmbeddedError(f"{file} does not exist.")
    words = ["--exit-on-error", "--clean", "--if-exists", str(file)]
    transfer(where, environment, "pg_restore", [f"--dbname={postgres.DATABASE}", *words], empty=True)


def transfer(where: Places, environment: Mapping[str, str], program: str, words: list[str], *, empty: bool) -> None:
    """Run a program of PostgreSQL on the database as its superuser, on an empty database where asked."""
    running = Running()
    try:
        cluster = start_database(where, environment, running)
        if empty:
            postgres.drop_database(cluster)
            postgres.prepare(cluster)
        # We run it as ourselves: `file` is ours to read and write, not the servers' account's.
        result = subprocess.run(
            [str(cluster.programs.folder / program), *words],
            env={
                **os.environ,
                "PGHOST": str(cluster.sockets),
                "PGUSER": postgres.SUPERUSER,
                "PGPASSWORD": cluster.credentials.superuser_password,
                "PGDATABASE": postgres.DATABASE,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise EmbeddedError(f"{program} failed:\n{result.stderr.strip()}")
    finally:
        for child in running.children:
            child.stop()
