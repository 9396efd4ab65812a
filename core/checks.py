"""System checks with ids and hints, so that a wrong setting is found at the start and not by a person."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection


@checks.register(checks.Tags.security, deploy=True)
def check_site_url(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        checks.Error(
            "SITE_URL does not begin with https://, so that links in mails would lead to an open connection.",
            hint="Set SITE_URL to the public address.",
            id="core.E001",
        )
    ]


@checks.register(deploy=True)
def check_pdf_libraries(**kwargs: Any) -> list[checks.CheckMessage]:
    from core.pdf import missing_pdf_libraries

    if reason := missing_pdf_libraries():
        message = f"Documents cannot be made: {reason}"
        return [checks.Warning(message, hint="See docs/operations/running.md.", id="core.W001")]
    return []


@checks.register(checks.Tags.database)
def check_database_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The role that serves must not own the tables, or the triggers that guard them guard little (docs/adr/0004)."""
    if not databases or settings.DATABASE_ROLE == "owner":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT relowner = current_user::regrole FROM pg_class WHERE relname = 'core_auditentry'")
        row = cursor.fetchone()
    if row is None or not row[0]:
        return []
    return [
        checks.Warning(
            "The portal serves with the role that owns its tables.",
            hint="Set DATABASE_URL to a plain role, DATABASE_OWNER_URL to the owner: docs/operations/configuration.md.",
            id="core.W002",
        )
    ]
