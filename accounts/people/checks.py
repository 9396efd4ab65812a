"""System checks on accounts."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from accounts.people.models import User


@checks.register(checks.Tags.database)
def check_superusers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Nobody works as a superuser: what a superuser does is neither for a reason nor shown to a State."""
    if not databases:
        return []
    try:
        count = User.objects.filter(is_superuser=True, is_active=True).count()
    except DatabaseError:  # before the first migration
        return []
    if not count:
        return []
    return [
        checks.Warning(
            f"There are active superusers ({count}).",
            hint="Take the mark away; rare powers come with a staff session (docs/adr/0012-staff-sessions.md).",
            id="accounts.W001",
        )
    ]
