"""How long PostgreSQL may think about a statement before it runs it (docs/performance.md)."""

from typing import Any

from django.db import connection
from psycopg import sql

# A page reads few rows and joins many tables, by their keys and from the table that the rest hangs on: to try every
# other order of eight tables takes longer than to read the rows, and so does compiling.
SETTINGS = {"join_collapse_limit": "4", "jit": "off"}


def plan_quickly(**kwargs: Any) -> None:
    """As the owner, after every migration: set that for all who connect to this database from now on.

    Whoever owns nothing here leaves the server's own settings. Repeating it changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(setconfig, '{}') FROM pg_catalog.pg_database"
            " LEFT JOIN pg_catalog.pg_db_role_setting ON setdatabase = pg_database.oid AND setrole = 0"
            " WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')"
        )
        found = cursor.fetchone()
        if found is None:
            return
        database = sql.Identifier(connection.settings_dict["NAME"])
        for name, value in SETTINGS.items():
            if f"{name}={value}" not in found[0]:
                words = sql.SQL("ALTER DATABASE {} SET {} = {}")
                cursor.execute(words.format(database, sql.Identifier(name), sql.Literal(value)))
