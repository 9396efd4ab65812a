"""Work as the plain role that serves the portal, for which row-level security holds, and not as the owner.

The tests own their database. What they ask of pages is answered by the plain role nevertheless, everywhere: the
middleware below is the outermost of all in ``config/settings/test.py``.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from psycopg import sql
from psycopg.pq import TransactionStatus

HAS_TWO_ROLES = os.environ.get("DATABASE_URL") != os.environ.get("DATABASE_OWNER_URL")
_PLAIN, _SYSTEM, _DOOR = (
    urlsplit(os.environ.get(f"DATABASE_{name}", "")).username or "" for name in ("URL", "SYSTEM_URL", "DOOR_URL")
)
_role: ContextVar[str] = ContextVar("role", default="")


@contextmanager
def _as(role: str) -> Iterator[None]:
    if not HAS_TWO_ROLES or _role.get() == role:
        yield
        return
    before = _role.set(role)
    try:
        _set_role()
        yield
    finally:
        _role.reset(before)
        _set_role()


def plain_role() -> AbstractContextManager[None]:
    """Work as the plain role inside, on this thread's connection, whether it is open yet or opens inside."""
    return _as(_PLAIN)


def system_role() -> AbstractContextManager[None]:
    """The same as the role of workers and commands."""
    return _as(_SYSTEM or _PLAIN)


def door_role() -> AbstractContextManager[None]:
    """The same as the role of the door, where a page is served; what a test itself does, it does as the owner."""
    return _as(_DOOR if _role.get() == _PLAIN else _role.get())


def _set_role(**kwargs: object) -> None:
    """Beside Django's cursors: it is no query of the page. A failed transaction brings the role back itself."""
    driver: Any = connection.connection
    if driver is not None and not driver.closed and driver.info.transaction_status != TransactionStatus.INERROR:
        role = _role.get()
        driver.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)) if role else sql.SQL("RESET ROLE"))
        driver.told = None  # it may have begun a transaction that nobody was named in


def _set_role_of_new_connection(**kwargs: object) -> None:
    if _role.get():
        _set_role()


connection_created.connect(_set_role_of_new_connection, dispatch_uid="tests.plain_role")


class PlainRoleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with plain_role():
            return self.get_response(request)
