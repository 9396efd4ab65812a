"""Bring the database up to date before the portal starts: `python -m config.embedded.prepare EMPTY NOBODY`.

EMPTY is a file that is made when the database was empty, which asks the supervisor to fill it with the demo. NOBODY is
made when nobody has opened an account, which asks it for a link with which the first administrator begins. Where a
database that is not empty is to be migrated it ends with the status `WANTS_BACKUP`, and goes on when it is called again
with `--backed-up`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections

from config.embedded import used
from config.embedded.backup import BACKED_UP, WANTS_BACKUP
from config.prepare import bring_up_to_date
from core.database import schema

LOST = """There has been a portal in {data}, but its database is empty; it is not taken for a first start.
Bring the data back: make restore FILE=BACKUP (docs/operations/backing-up.md).
Or begin anew in a folder of its own: DATA_DIR=var-2 make run. To drop all that is left and make the demo: make demo."""


def main(empty: Path, nobody: Path, *words: str) -> None:
    """Note whether there is anything yet, then do what every start does, and note whether there is anybody."""
    django.setup()
    if schema.is_empty():
        if used.is_used(settings.DATA_DIR):
            raise SystemExit(LOST.format(data=settings.DATA_DIR))
        empty.touch()
    # What a first start has begun and not ended holds nothing yet.
    elif BACKED_UP not in words and not empty.exists() and schema.is_behind():
        raise SystemExit(WANTS_BACKUP)
    bring_up_to_date()
    if not has_anybody():
        nobody.touch()
    connections.close_all()


def has_anybody() -> bool:
    """Tell whether anybody has ever opened an account."""
    return get_user_model().objects.exclude(activated_at=None).exists()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
