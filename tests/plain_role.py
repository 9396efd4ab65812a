"""Work as the plain role that serves the portal, for which row-level security holds, and not as the owner.

The tests own their database. What they ask of pages is answered by the plain role nevertheless, everywhere: the
middleware below is the outermost of all in ``config/settings/test.py``.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from psycopg import sql
from psycopg.pq import TransactionStatus

HAS_TWO_ROLES = os.environ.get("DATABASE_URL") != os.environ.get("DATABASE_OWNER_URL")
_ROLE = sql.Identifier(urlsplit(os.environ.get("DATABASE_URL", "")).username or "postgres")
_is_plain: ContextVar[bool] = ContextVar("is_plain", default=False)


@contextmanager
def plain_role() -> Iterator[None]:
    """Work as the plain role inside, on this thread's connection, whether it is open yet or opens inside."""
    if not HAS_TWO_ROLES or _is_plain.get():
        yield
        return
    before = _is_plain.set(True)
    try:
        _run(sql.SQL("SET ROLE {}").format(_ROLE))
        yield
    finally:
        _is_plain.reset(before)
        _run(sql.SQL("RESET ROLE"))


def _run(statement: sql.Composable) -> None:
    """Beside Django's cursors: it is no query of the page. A failed transaction brings the role back itself."""
    driver: Any = connection.connection
    if driver is not None and not driver.closed and driver.info.transaction_status != TransactionStatus.INERROR:
        driver.execute(statement)


def _set_role_of_new_connection(**kwargs: object) -> None:
    if _is_plain.get():
        _run(sql.SQL("SET ROLE {}").format(_ROLE))


connection_created.connect(_set_role_of_new_connection, dispatch_uid="tests.plain_role")


class PlainRoleMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with plain_role():
            return self.get_response(request)
