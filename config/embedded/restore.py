"""Put a backup in the place of what is there: `make restore`. The portal must not be running.

Everything is restored beside and verified there; what is there is touched only by the swap after that (`swap`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from config.embedded import EmbeddedError, archive, postgres, record_key, swap
from config.embedded.backup import ROOT
from config.embedded.options import owner_environment, portal_environment
from config.embedded.processes import die_with_parent, write_private_file
from config.embedded.servers import Places, Running, cluster_at, start_servers


def restore(where: Places, environment: Mapping[str, str], backup: Path) -> list[str]:
    """Replace database, files and secrets by those of a backup; give sentences on what came of it.

    Raises `EmbeddedError` that says what is wrong; then everything is as it was.
    """
    data = where.options.data
    for name in swap.CARRIED:
        if os.path.ismount(data / name):
            raise EmbeddedError(f"{data / name} is a mount, which cannot be swapped. Mount {data} instead.")
    manifest = archive.read(backup, cluster_at(where, environment).programs.folder)
    secrets = archive.secrets_in(backup)
    running = Running()
    try:
        start_servers(where, environment, running)
        cluster = cluster_at(where, environment)
        try:
            _fill_beside(where, cluster, backup, secrets)
            _verify(where, environment, running.provided, manifest, secrets)
            swap.decide(data)
        except BaseException:
            _take_away(cluster, data)
            raise
        for child in running.children[1:]:  # the queue, whose files go
            child.stop()
        _swap(where, cluster)
        return _sentences(data, environment, secrets, names_key=where.options.names_secret_key)
    except OSError as error:
        raise EmbeddedError(f"Nothing was restored: {error}") from error
    finally:
        for child in reversed(running.children):
            child.stop()
        where.children.unlink(missing_ok=True)


def _fill_beside(where: Places, cluster: postgres.DatabaseCluster, backup: Path, secrets: Mapping[str, str]) -> None:
    """Restore into a new database and a new folder."""
    beside = where.options.data / "beside"
    archive.unpack(backup / archive.FILES, beside)
    for path in [each for each in beside.iterdir() if each.name not in swap.CARRIED]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()  # the volume of an installation may hold more
    for name in ("files", "mail", "roots"):
        (beside / name).mkdir(mode=0o700, exist_ok=True)
    if key := secrets.get("secret_key"):
        made = replace(where.credentials, secret_key=key)
        write_private_file(beside / swap.CREDENTIALS, json.dumps(asdict(made), indent=2))
    with cluster.superuser() as connection:
        postgres.create_database(connection, swap.BESIDE)
        postgres.let_in(connection, swap.BESIDE)
    with cluster.superuser(swap.BESIDE) as connection:
        postgres.prepare_database(connection)
    command: list[str | Path] = [cluster.programs.folder / "pg_restore", "--single-transaction", "--exit-on-error"]
    archive.run(
        [*command, f"--dbname={swap.BESIDE}", backup / archive.DUMP], archive.as_superuser(cluster, swap.BESIDE)
    )


def _verify(
    where: Places,
    environment: Mapping[str, str],
    provided: Mapping[str, str],
    manifest: Mapping[str, Any],
    secrets: Mapping[str, str],
) -> None:
    """Let the portal's own code verify what lies beside."""
    portal = portal_environment(environment, where.options, provided)
    variables = owner_environment(environment, portal, provided)
    variables["RECORD_ROOTS_DIR"] = str(where.options.data / "beside" / "roots")
    if not where.options.names_secret_key and "secret_key" in secrets:
        variables["SECRET_KEY"] = secrets["secret_key"]
    result = subprocess.run(
        [sys.executable, "-m", "config.restored", swap.BESIDE],
        cwd=ROOT,
        env=variables,
        input=json.dumps(manifest),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=die_with_parent(signal.SIGKILL, os.getpid()),
    )
    if result.returncode:
        raise EmbeddedError(f"What was restored beside does not hold; nothing was changed.\n{result.stdout.strip()}")


def _take_away(cluster: postgres.DatabaseCluster, data: Path) -> None:
    """Undo what was done beside; where the server is gone, the next start does it."""
    if not swap.journal_of(data).exists():
        shutil.rmtree(data / "beside", ignore_errors=True)
        try:
            swap.settle_database(cluster, data)
        except Exception:  # what went wrong before this is to be told
            return


def _swap(where: Places, cluster: postgres.DatabaseCluster) -> None:
    try:
        swap.settle_folders(where.options.data, where.files)
        swap.settle_database(cluster, where.options.data)
    except Exception as error:
        raise EmbeddedError(
            "What was restored is verified, but could not be put in its place altogether; the next start goes on "
            f"with that: {error}"
        ) from error


def _sentences(data: Path, environment: Mapping[str, str], secrets: Mapping[str, str], *, names_key: bool) -> list[str]:
    said = ["Database and files of the backup are in their place. What was there stays until the next good start."]
    if not secrets:
        said.append("The backup has no secrets; those that were here stay.")
    elif names_key:
        said.append("SECRET_KEY is named by the environment, so that the one of the backup was not taken.")
    if key := secrets.get("record_key"):
        said.append(record_key.bring_back(environment, key))
    if later := swap.later_roots(data):
        said.append(
            f"Roots over the record of acts that the backup lacks were given out ({', '.join(later)}): "
            "tell the States what was lost; the files stay below before-*/roots."
        )
    return [each for each in said if each]
