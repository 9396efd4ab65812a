"""Write a backup of database, files and secrets, while the portal runs or not: `make backup`.

Before migrations of a database that holds something, the supervisor makes one by itself.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.embedded import EmbeddedError, archive, postgres, record_key, swap
from config.embedded.options import SECRET, Options, owner_environment, portal_environment
from config.embedded.reach import reached
from config.embedded.servers import Places, cluster_at

ROOT = Path(__file__).resolve().parent.parent.parent
BY_ITSELF = "-before-migration"
# How the preparation of the database asks for one, and is told that there is one.
WANTS_BACKUP, BACKED_UP = 75, "--backed-up"


def back_up(options: Options, environment: Mapping[str, str], folder: Path, *, with_secrets: bool) -> Path:
    """Write a backup into a new folder below `folder` and return it. Raises `EmbeddedError`."""
    with reached(options, environment) as (where, provided):
        return write(where, environment, provided, folder, with_secrets=with_secrets)


def before_migration(where: Places, environment: Mapping[str, str], provided: Mapping[str, str]) -> Path:
    """Write a backup into the data folder and take the oldest ones of the kind away. Raises `EmbeddedError`."""
    folder = where.options.data / "backups"
    for killed in folder.glob(f"*{BY_ITSELF}.unfinished"):
        shutil.rmtree(killed)
    made = write(where, environment, provided, folder, with_secrets=True, suffix=BY_ITSELF)
    for older in sorted(folder.glob(f"*{BY_ITSELF}"))[: -where.options.backups_kept]:
        shutil.rmtree(older)
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
    """Write a backup under another name, read it to its end, and give it its name. Raises `EmbeddedError`."""
    place = folder / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}{suffix}"
    unfinished = place.with_name(f"{place.name}.unfinished")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)
    except OSError as error:
        raise EmbeddedError(f"The backup could not be written: {error}") from error
    try:
        _fill(unfinished, where, environment, provided)
        if with_secrets:
            archive.pack_secrets(_secrets(where, environment), unfinished / archive.SECRETS)
        archive.seal(unfinished)
        archive.read(unfinished, cluster_at(where, environment).programs.folder)
        unfinished.rename(place)
        swap.fsync(folder)
    except OSError as error:
        raise EmbeddedError(f"The backup could not be written: {error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return place


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
