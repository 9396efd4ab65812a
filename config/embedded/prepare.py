"""Bring the database up to date, as the role that owns it: `python -m config.embedded.prepare MARKER`.

One process for all steps: each start of Django costs a second. MARKER is a file that is made when the
database was empty, which asks the supervisor to fill it with the demo.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections


def is_empty() -> bool:
    """Tell whether no migration was ever begun on this database."""
    return "django_migrations" not in connection.introspection.table_names()


def main(marker: Path) -> None:
    """Migrate, then load the reference data; both change nothing when there is nothing new."""
    django.setup()
    if is_empty():
        marker.touch()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_reference")
    connections.close_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
