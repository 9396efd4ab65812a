"""Bring the database up to date, as the role that owns it: `python -m config.prepare`, before a version starts.

One process for all steps: each start of Django costs seconds. Repeating it changes nothing where nothing is new.
"""

from __future__ import annotations

import django
from django.core.management import call_command

from core.private_files import close_to_others, private_folders


def bring_up_to_date() -> None:
    """Migrate, load the reference data, make the object permissions fit who takes part, and close what lies on disk."""
    for folder in private_folders():
        close_to_others(folder)
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_reference")
    call_command("sync_grants", verbosity=0)


if __name__ == "__main__":
    django.setup()
    bring_up_to_date()
