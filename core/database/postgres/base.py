"""A connection that the server has ended is replaced before a page uses it, and no page waits to find that out.

Django's way is a statement that does nothing, once a request: a way to the server and back, twice where a page goes by
the door too. A server that ends a connection, or dies, leaves word on the socket, and to look there costs nothing.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations


class _Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """What was prepared is known by its name alone, and is told as it was given."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = _Operations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One of the pool to which the server has said nothing while it lay there. Raises where none is to be had."""
        connection = super().get_new_connection(conn_params)
        while self.pool is not None and _has_word(connection):
            connection.close()
            self.pool.putconn(connection)  # which makes another one in its place
            connection = super().get_new_connection(conn_params)
        return connection


def _has_word(connection: Any) -> bool:
    """Whether the server has said something unasked: that it ends the connection, most of all."""
    if connection.closed:
        return True
    looked_at = select.poll()
    looked_at.register(connection.fileno(), select.POLLIN)
    return bool(looked_at.poll(0))
