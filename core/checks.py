"""System checks with ids and hints, so that a wrong setting is found at the start and not by a person."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

from core.database.proof import LIFETIME_SECONDS


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
    from core.documents.pdf import missing_pdf_libraries

    if reason := missing_pdf_libraries():
        message = f"Documents cannot be made: {reason}"
        return [checks.Warning(message, hint="See docs/operations/running.md.", id="core.W001")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def check_record_key(**kwargs: Any) -> list[checks.CheckMessage]:
    """Of what works as the system alone: pages never have the key that signs the roots of the record."""
    from core.audit.roots.keys import RecordKeyError, named_key

    if settings.DATABASE_ROLE != "system":
        return []
    hint = "Set RECORD_KEY_FILE for the worker: docs/operations/configuration.md."
    try:
        if named_key() is None:
            return [checks.Warning("The roots over the record of acts are not signed.", hint=hint, id="core.W004")]
    except RecordKeyError as error:
        return [checks.Error(str(error), hint=hint, id="core.E004")]
    if Path(settings.RECORD_KEY_FILE).resolve().is_relative_to(settings.DATA_DIR):
        message = "The key that signs roots lies in DATA_DIR: whoever changes the data can sign what he likes."
        return [checks.Warning(message, hint=hint, id="core.W005")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def check_security_log(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.SECURITY_LOG in {"", "-"}:
        return []
    try:
        with Path(settings.SECURITY_LOG).open("a"):
            return []
    except OSError as error:
        message = f"The file of security events cannot be written: {error}"
        return [checks.Error(message, hint="Set SECURITY_LOG to a file that the portal may write.", id="core.E006")]


@checks.register(checks.Tags.database)
def check_serving_roles(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Workers need a role that no page has, or whoever takes a page over may act as the system; signing in needs one
    that no person's page works as, or its rows are read with the proof of the door alone (docs/adr/0022).
    """
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_servingrole') IS NOT NULL")
        if not cursor.fetchone()[0]:  # before the first migration
            return []
        cursor.execute("SELECT purpose FROM core_servingrole")
        purposes = {purpose for (purpose,) in cursor.fetchall()}
    hint = "Make the role, set DATABASE_{}_URL, and migrate: docs/operations/upgrading.md."
    found: list[checks.CheckMessage] = []
    if "door" not in purposes:
        message = "Whoever signs in is looked for with the role that serves the pages."
        found.append(checks.Warning(message, hint=hint.format("DOOR"), id="core.W006"))
    elif settings.DATABASE_ROLE == "app" and not settings.DATABASE_DOOR_ROLE:
        message = "This process serves pages and has no address for the role of the door, so that nobody can sign in."
        found.append(checks.Error(message, hint=hint.format("DOOR"), id="core.E005"))
    if "system" not in purposes:
        message = "Workers and commands connect with the role that serves the pages."
        found.append(checks.Warning(message, hint=hint.format("SYSTEM"), id="core.W003"))
    elif settings.DATABASE_ROLE == "system" and not settings.DATABASE_IS_SYSTEM:
        message = "This process works as the system and has no address for its role, so that it finds nothing."
        found.append(checks.Error(message, hint=hint.format("SYSTEM"), id="core.E002"))
    return found


@checks.register(checks.Tags.database)
def check_clocks(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The database believes who acts for two minutes, by its own clock (core.database.proof)."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT abs(extract(epoch FROM clock_timestamp()) - %s)", [time.time()])
        difference = cursor.fetchone()[0]
    if difference < LIFETIME_SECONDS / 2:
        return []
    message = f"The clocks of the portal and of its database differ by {difference:.0f} seconds."
    return [checks.Error(message, hint="Set both by a time server.", id="core.E003")]


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
