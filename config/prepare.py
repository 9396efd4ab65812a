"""Bring the database up to date, as the role that owns it: `python -m config.prepare`, before a version starts.

One process for all steps: each start of Django costs seconds. Repeating it changes nothing where nothing is new.
"""

from __future__ import annotations

import django
from django.core.checks import run_checks
from django.core.management import call_command

from config.before_migration import back_up_before_migration
from config.start import refuse_unfinished_restore
from core.database import schema
from core.files.private_files import close_to_others, private_folders

MEND = (
    "Nobody is let in. Restore a backup, or see what became of the database; grants alone are set anew by the command "
    "migrate (docs/operations/backing-up.md)."
)


def bring_up_to_date() -> None:
    """Migrate, load the reference data, and close what lies on disk.

    Exits with words where the database is too old to be brought up to date, or is not what its migrations make of it
    (docs/adr/0030): before anything is changed where this version has found it right before, for what migrating mends
    is not to be mended unseen.
    """
    refuse_unfinished_restore()
    if schema.is_of_before():
        raise SystemExit(schema.OF_BEFORE)
    for folder in private_folders():
        close_to_others(folder)
    if schema.is_marked() and not schema.is_behind():
        refuse_another_schema()
    call_command("migrate", interactive=False, verbosity=1)
    refuse_another_schema()
    schema.mark()
    refuse_real_reviews()
    call_command("load_reference")


def refuse_another_schema() -> None:
    """End the process with words where tables, triggers, policies, functions or grants are not as they shall be."""
    if faults := schema.faults():
        raise SystemExit(f"{schema.in_words(faults)}\n{MEND}")


def refuse_real_reviews() -> None:
    """End the process with words where a practice portal was given a database with real reviews."""
    if found := run_checks(tags=["practice"], databases=["default"]):
        raise SystemExit("\n".join(map(str, found)))


if __name__ == "__main__":
    django.setup()
    back_up_before_migration()
    bring_up_to_date()
