"""The databases of the tests: migrated and loaded once, as a template of which each process gets a copy.

``pytest`` makes the template before it starts the processes that run tests at once. A process that runs alone makes
it at the first test that needs a database.
"""

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from psycopg.errors import DeadlockDetected

from core.database.identity import DOOR
from core.database.query_planning import plan_quickly
from core.models import Institution

_PORTAL = settings.DATABASES["default"]["NAME"]
TEMPLATE = f"test_{_PORTAL}_template"
_COPY = f"test_{_PORTAL}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# Everything but the reference data hangs on these tables, whose emptying empties all that refers to them.
_ROOTS_OF_CONTENT = (
    "accounts_user, accounts_statecontact, reviews_review, core_auditentry, django_session, axes_accessattempt, "
    "axes_accesslog, axes_accessfailurelog"
)


def make_template() -> None:
    """Apply every migration to a new database and load the reference data; there is nobody in it."""
    from portal.demo.grace import give_days_of_grace
    from portal.reference.load import load_all
    from reviews.shipped import first_mechanism

    _make(TEMPLATE)
    _point_to(TEMPLATE)
    call_command("migrate", verbosity=0, interactive=False)
    load_all(chosen=first_mechanism())
    Institution.objects.create(is_set_up=True)
    give_days_of_grace()  # as the demo does; tests/accounts/terms/test_grace.py has the rules of a real portal
    empty_content()
    _point_to(_PORTAL)


def enter_copy() -> None:
    """Work on a copy of the template from now on."""
    _make(_COPY, f'TEMPLATE "{TEMPLATE}" STRATEGY FILE_COPY')
    _point_to(_COPY)
    plan_quickly()  # the settings of a template are not copied along, and hold for connections to come
    _point_to(_COPY)


def leave_copy() -> None:
    _point_to(_PORTAL)
    _drop(_COPY)


def drop_template() -> None:
    _drop(TEMPLATE)


def empty_content() -> None:
    """Take everything out but the reference data."""
    with connection.cursor() as cursor:
        _once_nobody_writes(cursor, _delete if _may_pass_guards(cursor) else _truncate)
        # Drafts of the step plan hang on the reference data; those that were published stay for good.
        cursor.execute(
            "DELETE FROM reviews_stepplan USING reviews_stepplanversion version "
            "WHERE version.id = version_id AND version.published_at IS NULL"
        )
        cursor.execute("DELETE FROM reviews_stepplanversion WHERE published_at IS NULL")
        cursor.execute("UPDATE reviews_publicstatus SET is_open = false WHERE is_open")  # as the reference data has it


def _once_nobody_writes(cursor: Any, empty: Callable[[Any], None]) -> None:
    """An open page asks now and then who is there: its last question may hold rows for a moment."""
    for is_last in (False, False, True):
        try:
            with transaction.atomic():
                empty(cursor)
        except OperationalError as error:
            if is_last or not isinstance(error.__cause__, DeadlockDetected):
                raise
        else:
            return


def _may_pass_guards(cursor: Any) -> bool:
    """On a server of the tests' own (``config.embedded.testing``)."""
    cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
    return bool(cursor.fetchone()[0])


def _delete(cursor: Any) -> None:
    """Row by row, past guards and foreign keys, and only from tables that were written to.

    To truncate them is to make some 1,500 files anew, which takes a quarter of a second of the processor.
    """
    cursor.execute(f"LOCK TABLE {', '.join(_tables_of_content())}")  # what is still being written goes as well
    cursor.execute(
        "SELECT name FROM unnest(%s::text[]) name WHERE pg_relation_size(name::regclass) > 0", [_tables_of_content()]
    )
    written = [name for (name,) in cursor.fetchall()]
    cursor.execute("SET LOCAL session_replication_role = replica")
    if written:
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in written))  # noqa: S608 - tables of ours


@cache
def _tables_of_content() -> list[str]:
    """The same that ``TRUNCATE … CASCADE`` empties: the roots, and all that refers to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE content(id) AS (SELECT name::regclass::oid FROM unnest(%s::text[]) name UNION"
            " SELECT conrelid FROM content JOIN pg_constraint ON confrelid = id WHERE contype = 'f')"
            " SELECT id::regclass::text FROM content ORDER BY id",
            [_ROOTS_OF_CONTENT.split(", ")],
        )
        return [name for (name,) in cursor.fetchall()]


def _truncate(cursor: Any) -> None:
    cursor.execute(f"TRUNCATE {_ROOTS_OF_CONTENT} CASCADE")


def _point_to(name: str) -> None:
    if DOOR in connections:
        connections[DOOR].close_own()
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    for alias in connections:
        connections[alias].settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = name


def _make(name: str, how: str = "") -> None:
    _drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" {how}')


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
