"""The owner of the tables can do what no role that serves can: switch the guards off (docs/adr/0022)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql


@contextmanager
def guards_off(tables: Iterable[str]) -> Iterator[None]:
    """Inside, rows of these tables may be changed that never change. For what a test prepares."""
    names = sorted(set(tables))
    _switch(names, "DISABLE")
    try:
        yield
    finally:
        _switch(names, "ENABLE")


def _switch(tables: list[str], verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks of its rows wait
        for table in tables:
            cursor.execute(sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier(table), sql.SQL(verb)))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
