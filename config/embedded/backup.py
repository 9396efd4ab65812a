"""Write a backup of database, files and secrets, while the portal runs or not: `make backup`.

Before migrations of a database that holds something, the supervisor makes one by itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from config.embedded import EmbeddedError, archive, postgres, record_key, swap
from config.embedded.options import SECRET, Options, owner_environment, portal_environment
from config.embedded.processes import die_with_parent
from config.embedded.reach import reached
from config.embedded.servers import Places, cluster_at

ROOT = Path(__file__).resolve().parent.parent.parent
BY_ITSELF = "-before-migration"
# How the preparation of the database asks for one, and is told that there is one.
WANTS_BACKUP, BACKED_UP = 75, "--backed-up"


def back_up(options: Options, environment: Mapping[str, str], folder: Path, *, with_secrets: bool) -> Path:
    """Write a backup into a new folder below `folder` and return it. Raises `EmbeddedError`."""
    with reached(options, environment) as (where, provided):
        made = write(where, environment, provided, folder, with_secrets=with_secrets)
        _note(where, environment, provided)
        return made


def _note(where: Places, environment: Mapping[str, str], provided: Mapping[str, str]) -> None:
    """Tell the portal that there is a backup, for whoever watches how old the last one is; it is good without that."""
    portal = portal_environment(environment, where.options, provided)
    subprocess.run(
        [sys.executable, "manage.py", "note_backup"],
        cwd=ROOT,
        env=owner_environment(environment, portal, provided),
        stdout=subprocess.DEVNULL,
        check=False,
    )


def before_migration(where: Places, environment: Mapping[str, str], provided: Mapping[str, str]) -> Path:
    """Write a backup into the data folder and take the oldest ones of the kind away. Raises `EmbeddedError`."""
    folder = where.options.data / "backups"
    made = write(where, environment, provided, folder, with_secrets=True, suffix=BY_ITSELF)
    archive.keep_newest(folder, BY_ITSELF, where.options.backups_kept)
    return made


def write(
    where: Places,
    environment: Mapping[str, str],
    provided: Mapping[str, str],
    folder: Path,
    *,
    with_secrets: bool,
    suffix: str = "",
) -> Path:
    """Write a backup of what there is into a new folder below `folder`. Raises `EmbeddedError`."""
    secrets = _secrets(where, environment) if with_secrets else {}
    if where.options.names_database:
        return _write_of_named(where, environment, provided, folder, suffix, secrets)

    def fill(unfinished: Path) -> None:
        _fill(unfinished, where, environment, provided)
        if with_secrets:
            archive.pack_secrets(secrets, unfinished / archive.SECRETS)

    return archive.write(folder, fill, cluster_at(where, environment).programs.folder, suffix)


def _write_of_named(
    where: Places,
    environment: Mapping[str, str],
    provided: Mapping[str, str],
    folder: Path,
    suffix: str,
    secrets: Mapping[str, str],
) -> Path:
    """The same of a database that others run, as the owner of its tables: there we are no superuser."""
    portal = portal_environment(environment, where.options, provided)
    result = subprocess.run(
        [sys.executable, "-m", "config.before_migration", folder, suffix],
        cwd=ROOT,
        env=owner_environment(environment, portal, provided),
        input=json.dumps(secrets),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent(signal.SIGKILL, os.getpid()),
    )
    if result.returncode:
        raise EmbeddedError(result.stderr.strip())
    return Path(result.stdout.splitlines()[-1])


def _fill(unfinished: Path, where: Places, environment: Mapping[str, str], provided: Mapping[str, str]) -> None:
    portal = portal_environment(environment, where.options, provided)
    told = subprocess.run(
        [sys.executable, "manage.py", "check_schema", "--manifest"],
        cwd=ROOT,
        env=owner_environment(environment, portal, provided),
        stdout=subprocess.PIPE,  # what it says beside is for the person at the terminal
        text=True,
        check=False,
    )
    if told.returncode:
        raise EmbeddedError("The backup was not made: the schema of the database could not be read.")
    (unfinished / archive.MANIFEST).write_text(told.stdout, encoding="utf-8")
    cluster = cluster_at(where, environment)
    # We run it as ourselves: the folder is ours to write, not the servers' account's. The database first: then no file
    # that it names can be missing.
    archive.run(
        [cluster.programs.folder / "pg_dump", "--format=custom", f"--file={unfinished / archive.DUMP}"],
        archive.as_superuser(cluster, postgres.DATABASE),
    )
    archive.pack(where.options.data, swap.CARRIED, unfinished / archive.FILES)


def _secrets(where: Places, environment: Mapping[str, str]) -> dict[str, str]:
    """The key that signs and encrypts, and the one of the roots. The passwords are of this one cluster alone."""
    named = environment.get(f"{SECRET}_FILE")
    key = Path(named).read_text(encoding="utf-8").strip() if named else environment.get(SECRET)
    secrets = {"secret_key": key or where.credentials.secret_key}
    if of_roots := record_key.known(environment):
        secrets["record_key"] = of_roots
    return secrets
