"""Keep what is there before a new version changes tables: with containers, in `DATA_DIR/backups` (docs/adr/0030).

`make run` does so with the servers that it brings (config/embedded/backup.py).
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.embedded import EmbeddedError, archive, swap
from config.embedded.backup import BY_ITSELF
from core import schema

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
        made = archive.write(folder, _fill, None, BY_ITSELF)
        archive.keep_newest(folder, BY_ITSELF, settings.BACKUPS_KEPT)
    except EmbeddedError as error:
        raise SystemExit(f"{error}\n{WITHOUT}") from error
    print(f"The backup is in {made}", flush=True)


def _fill(unfinished: Path) -> None:
    (unfinished / archive.MANIFEST).write_text(json.dumps(schema.manifest(), indent=0), encoding="utf-8")
    archive.run(["pg_dump", "--format=custom", f"--file={unfinished / archive.DUMP}"], _way_in())
    archive.pack(settings.DATA_DIR, swap.CARRIED, unfinished / archive.FILES)


def _way_in() -> dict[str, str]:
    """The variables by which PostgreSQL's programs enter the database as the owner of its tables."""
    database = connection.settings_dict
    found = {name: database[name] for name in ("HOST", "PORT", "USER", "PASSWORD") if database[name]}
    of_tls = {name.upper(): value for name, value in database["OPTIONS"].items() if name.startswith("ssl")}
    return {f"PG{name}": str(value) for name, value in {**found, **of_tls, "DATABASE": database["NAME"]}.items()}
