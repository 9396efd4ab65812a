"""Which errors say that a server is away (the database, the queue), and that the fault is in no request."""

import psycopg
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as QueueError
from redis.exceptions import ConnectionError as CacheConnectionError, TimeoutError as CacheTimeoutError

# Seconds after which a server that was started again takes connections.
RETRY_AFTER = 10
# What PostgreSQL says when it is not there for anybody: no connection, no resources (a full disk is one), it is ended
# by its operator. Without any code nobody answered.
_CLASSES = ("08", "53", "57P")


def is_server_away(error: BaseException | None) -> bool:
    """Whether the same request may do later, when a server is back."""
    if isinstance(error, QueueError | CacheConnectionError | CacheTimeoutError):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is None or state.startswith(_CLASSES)
