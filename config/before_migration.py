"""Write a backup of a database that others run: with containers, and under `make run` where `DATABASE_URL` names one.

With containers before a new version changes tables, in `DATA_DIR/backups` (docs/adr/0030). `make run` calls it by
`python -m config.before_migration FOLDER SUFFIX`, as the owner of the tables, with the secrets on the standard input;
with the server that it brings it does so itself (config/embedded/backup.py).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.db import Error, connection

from config.embedded import EmbeddedError, archive, swap
from config.embedded.backup import BY_ITSELF
from config.embedded.binaries import find_clients
from core.database import schema

WITHOUT = (
    "Nothing was migrated. Where backups are made by other means, BACKUP_BEFORE_MIGRATION=false lets it go on without "
    "one (docs/operations/backing-up.md)."
)


def back_up_before_migration() -> None:
    """Write a backup where this version has migrations for a database that holds something; keep the newest ones.

    Exits with words where that fails: then nothing is migrated.
    """
    if not settings.BACKUP_BEFORE_MIGRATION or schema.is_empty() or not schema.is_behind():
        return
    folder = settings.DATA_DIR / "backups"
    print("The new version changes tables: making a backup first ...", flush=True)
    try:
        made = write(folder, BY_ITSELF, {})
        archive.keep_newest(folder, BY_ITSELF, settings.BACKUPS_KEPT)
    except EmbeddedError as error:
        raise SystemExit(f"{error}\n{WITHOUT}") from error
    print(f"The backup is in {made}", flush=True)


def write(folder: Path, suffix: str, secrets: Mapping[str, str]) -> Path:
    """Write a backup into a new folder below `folder` and return it. Raises `EmbeddedError`."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            (major,) = cursor.fetchone()
        programs = find_clients(os.environ, major)
        return archive.write(folder, partial(_fill, programs, secrets), programs, suffix)
    except Error as error:
        raise EmbeddedError(f"The backup was not made: {str(error).strip()}") from error


def _fill(programs: Path, secrets: Mapping[str, str], unfinished: Path) -> None:
    (unfinished / archive.MANIFEST).write_text(json.dumps(schema.manifest(), indent=0), encoding="utf-8")
    archive.run([programs / "pg_dump", "--format=custom", f"--file={unfinished / archive.DUMP}"], _way_in())
    archive.pack(settings.DATA_DIR, swap.CARRIED, unfinished / archive.FILES)
    if secrets:
        archive.pack_secrets(secrets, unfinished / archive.SECRETS)


def _way_in() -> dict[str, str]:
    """The variables by which PostgreSQL's programs enter the database as the owner of its tables."""
    database = connection.settings_dict
    found = {name: database[name] for name in ("HOST", "PORT", "USER", "PASSWORD") if database[name]}
    of_tls = {name.upper(): value for name, value in database["OPTIONS"].items() if name.startswith("ssl")}
    return {f"PG{name}": str(value) for name, value in {**found, **of_tls, "DATABASE": database["NAME"]}.items()}


def main(folder: Path, suffix: str) -> None:
    """Write it and say where it is, or exit with words."""
    django.setup()
    try:
        print(write(folder, suffix, json.load(sys.stdin)), flush=True)
    except EmbeddedError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
