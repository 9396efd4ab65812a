"""Statements that are planned once a connection, and not once a call: those of the hottest path, written by hand.

Django's own cursors put the values into the statement, so that each call is another one to the database. Here they go
beside it. A pooler between that cannot keep prepared statements needs ``DATABASE_PREPARE=0``, and each call is
planned anew (docs/adr/0022).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql import base

_ServerBindingCursor: Any = base.ServerBindingCursor


class _PreparingCursor(_ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


@contextmanager
def prepared(statement: str, parameters: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> Iterator[Any]:
    """Run one statement of the database's, and give its cursor to read from."""
    connection = connections[using]
    connection.ensure_connection()
    with connection._prepare_cursor(_PreparingCursor(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, parameters)
        yield cursor
