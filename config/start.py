"""What each container runs before its own program: `python -m config.start PROGRAM WORD ...` (docs/adr/0030).

`docker compose up` lets nobody start before `migrate` has compared the database. After a reboot the daemon starts each
container by itself, and that order is nobody's: so each of them looks, and gives way to its program where all is well.
Where it is not, it ends with words; Docker starts it again, ever later, until somebody has mended it.
"""

from __future__ import annotations

import os
import signal
import sys

import django
from django.conf import settings
from django.db import Error, connections

from core.database import schema

INTERRUPTED = "A restore was interrupted: call tools/docker/restore.sh again, which carries it to its end."
REFUSED = "Nobody is let in. `docker compose logs migrate` and docs/operations/backing-up.md say more."
AWAY = "The database cannot be asked whether it is whole, so this does not start yet: {error}"


def refuse_unfinished_restore() -> None:
    """End the process with words while a restore has database and files of two portals."""
    if (settings.DATA_DIR / "beside" / ".decided").exists():
        raise SystemExit(INTERRUPTED)


def look() -> None:
    """End the process with words where the database is not what this version makes of it, or is not there."""
    refuse_unfinished_restore()
    try:
        if schema.is_of_before():
            raise SystemExit(schema.OF_BEFORE)
        faults = schema.faults()
    except Error as error:
        raise SystemExit(AWAY.format(error=str(error).strip())) from error
    if faults:
        raise SystemExit(f"{schema.in_words(faults)}\n{REFUSED}")


def main(words: list[str]) -> None:
    """Look, and become the program."""
    # As the first process of a container it would not hear of a stop otherwise.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    django.setup()
    look()
    connections.close_all()
    os.execvp(words[0], words)  # noqa: S606 - a program that the installation names


if __name__ == "__main__":
    main(sys.argv[1:])
