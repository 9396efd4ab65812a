"""Bring the database up to date before the portal starts: `python -m config.embedded.prepare EMPTY NOBODY`.

EMPTY is a file that is made when the database was empty, which asks the supervisor to fill it with the demo. NOBODY is
made when nobody has opened an account, which asks it for a link with which the first administrator begins.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.db import connection, connections

from config.prepare import bring_up_to_date


def is_empty() -> bool:
    """Tell whether no migration was ever begun on this database."""
    return "django_migrations" not in connection.introspection.table_names()


def main(empty: Path, nobody: Path) -> None:
    """Note whether there is anything yet, then do what every start does, and note whether there is anybody."""
    django.setup()
    if is_empty():
        empty.touch()
    bring_up_to_date()
    if not has_anybody():
        nobody.touch()
    connections.close_all()


def has_anybody() -> bool:
    """Tell whether anybody has ever opened an account."""
    return get_user_model().objects.exclude(activated_at=None).exists()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
