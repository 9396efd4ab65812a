"""Bring the database up to date before the portal starts: `python -m config.embedded.prepare MARKER`.

MARKER is a file that is made when the database was empty, which asks the supervisor to fill it with the demo.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.db import connection, connections

from config.prepare import bring_up_to_date


def is_empty() -> bool:
    """Tell whether no migration was ever begun on this database."""
    return "django_migrations" not in connection.introspection.table_names()


def main(marker: Path) -> None:
    """Note whether there is anything yet, then do what every start does."""
    django.setup()
    if is_empty():
        marker.touch()
    bring_up_to_date()
    connections.close_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
