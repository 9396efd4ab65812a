"""Verify a database that a backup was restored into, before anybody works on it: `python -m config.restored NAME`.

As the role that owns the tables. The manifest of the backup comes on standard input. What is older is brought up to
date on the way. Exits with status 1 and words at the first thing that does not hold.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.prepare import refuse_another_schema
from core.database import schema
from core.database.identity import identified_as_system

ALL = ("columns", "constraint", "function", "grant", "index", "policy", "table", "trigger", "view")


def verify(manifest: dict[str, Any]) -> None:
    """Compare with the manifest, bring up to date, compare with the migrations, and verify the record of acts.

    Raises SystemExit or CommandError with words.
    """
    if unlike := schema.differences(schema.facts(), manifest["schema"], guards=ALL):
        raise SystemExit(f"This is not the database that was backed up.\n{schema.in_words(unlike)}")
    if schema.is_of_before():
        raise SystemExit(schema.OF_BEFORE)
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if later := sorted(set(schema.applied()) - known):
        raise SystemExit(f"The backup is of a later version of the portal, which has {later[0]}. Take that version.")
    is_older = schema.is_behind()
    if schema.is_marked() and not is_older:
        refuse_another_schema()
    call_command("migrate", interactive=False, verbosity=0)
    refuse_another_schema()
    schema.mark()
    call_command("verify_audit")


def main(database: str) -> None:
    """Verify the database of that name on the server that the settings name."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    try:
        with identified_as_system():
            verify(json.load(sys.stdin))
    except CommandError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(sys.argv[1])
