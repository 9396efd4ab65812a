"""How long PostgreSQL may think about a statement before it runs it (docs/performance.md)."""

from typing import Any

from django.db import connection
from psycopg import sql

# A page reads few rows and joins many tables, by their keys and from the table that the rest hangs on: to try every
# other order of eight tables takes longer than to read the rows, and so does compiling.
SETTINGS = {"join_collapse_limit": "4", "jit": "off"}


def plan_quickly(**kwargs: Any) -> None:
    """As the owner, after every migration: set that for all who connect to this database from now on.

    A value that somebody has set for the database stays, and whoever does not own it leaves the server's own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname, coalesce(setconfig, '{}') FROM pg_catalog.pg_database"
            " LEFT JOIN pg_catalog.pg_db_role_setting ON setdatabase = pg_database.oid AND setrole = 0"
            " WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')"
        )
        for database, there in cursor.fetchall():
            for name in SETTINGS.keys() - {each.partition("=")[0] for each in there}:
                words = sql.SQL("ALTER DATABASE {} SET {} = {}")
                names = sql.Identifier(database), sql.Identifier(name)
                cursor.execute(words.format(*names, sql.Literal(SETTINGS[name])))
