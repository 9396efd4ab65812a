"""Who acts: told to the database, whose row-level security answers with that person's rows alone (docs/adr/0014).

The second wall behind selectors and policy. It fails closed: where nobody was named, as in a task or command that
forgot to, no row of a table with confidential content is there.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

from core.policy import Actor, SystemActor

T = TypeVar("T")
NOBODY, SYSTEM = "", "system"
_TELL = "SELECT pg_catalog.set_config('app.actor', %s, false)"
_acting: ContextVar[str] = ContextVar("acting", default=NOBODY)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Let the database answer as to ``actor``: a person, somebody who is not signed in, or a ``SystemActor``.

    May be nested, and stand inside or around a transaction that is rolled back: afterwards it is as it was before.
    """
    if isinstance(actor, SystemActor):
        name = SYSTEM
    else:
        name = str(actor.pk) if actor.is_authenticated and actor.is_active else NOBODY
    before = _acting.set(name)
    try:
        _tell_open_connection(name)
        yield
    finally:
        _acting.reset(before)
        _tell_open_connection(_acting.get())


def acting_as_system() -> AbstractContextManager[None]:
    """Look past the rooms: for tasks and commands, and for what all may know of a room (how many have sent, say).

    What is read so goes to a person only after the policy has been asked.
    """
    return acting_as(SystemActor("database"))


def found_for_policy(find: Callable[[], T | None]) -> T | None:
    """What ``find`` gives; where the acting person has no such row, what the system finds, so that the policy is asked.

    It says why not to those who may know that the thing is there; nobody else may get to see what this gives.
    """
    found = find()
    if found is None:
        with acting_as_system():
            found = find()
    return found


def _tell_open_connection(name: str) -> None:
    """A connection that is not open yet is told when it opens; a command begins before there are settings."""
    if settings.configured and connection.connection is not None:
        _tell(connection.connection, name)


def _tell(driver: Any, name: str) -> None:
    """Beside Django's own cursors, so that it neither counts among the queries of a page nor stands in their log.

    A transaction that has failed takes no statement; its rollback brings back what was told before it.
    """
    if driver.closed or driver.info.transaction_status == TransactionStatus.INERROR:
        return
    driver.told = None  # in doubt, should the statement fail
    driver.execute(_TELL, [name])
    driver.told = name


def _tell_new_connection(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """One that comes out of the pool may have served somebody else, and have missed the end of that."""
    driver: Any = connection.connection
    if getattr(driver, "told", NOBODY) != _acting.get():
        _tell(driver, _acting.get())


connection_created.connect(_tell_new_connection, dispatch_uid="core.acting")
