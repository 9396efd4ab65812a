"""Database identity: who acts, proven to the database, whose row-level security answers with that person's rows alone.

The second wall behind selectors and policy (docs/adr/0014, 0022). It fails closed: where nobody was named, as in a
task or command that forgot to, no row of a table with confidential content is there. What is said holds for one
transaction, a single statement outside of one included, so that nothing is left for whoever gets the connection next.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import Cursor, ServerCursor
from psycopg.pq import TransactionStatus

from core import context
from core.database.proof import proof_of
from core.policy import Actor, SystemActor

T = TypeVar("T")
# Who acts, and on which errand: ``who|errand``.
NOBODY, SYSTEM = "|", "|system"
DOOR = "door"  # the errand, and the way to the database where it has a role of its own
_LOOK, _OPEN, _KEYS = "look", "open", "keys"
_TELL = "SELECT pg_catalog.set_config('app.actor', %s, true)"
_identity: ContextVar[str] = ContextVar("database identity", default=NOBODY)


@contextmanager
def _as(said: str) -> Iterator[None]:
    before = _identity.set(said)
    try:
        yield
    finally:
        _identity.reset(before)


@contextmanager
def _begin(said: str) -> Iterator[None]:
    with _as(said), context.begun():
        yield


def current_identity() -> str:
    """Who acts, and on which errand."""
    return _identity.get()


def identified_as(actor: Actor) -> AbstractContextManager[None]:
    """Let the database answer as to ``actor``: a person, somebody who is not signed in, or a ``SystemActor``.

    May be nested, and stand inside or around a transaction that is rolled back: afterwards it is as it was before.
    """
    if isinstance(actor, SystemActor):
        return _begin(SYSTEM)
    return _begin(f"{actor.pk}|" if actor.is_authenticated and actor.is_active else NOBODY)


def identified_as_system() -> AbstractContextManager[None]:
    """For tasks and commands, whose processes connect as the system's role: a page cannot (docs/adr/0022).

    A command may run for hours and see much change: what it looks up is not kept.
    """
    return _as(SYSTEM)


def identified_as_nobody() -> AbstractContextManager[None]:
    """For what looks as a page does before it is known whom it is for, and not at the door."""
    return _begin(NOBODY)


def looking_past_rooms() -> AbstractContextManager[None]:
    """Read whatever lies in any room: for what all may know of a room (how many have sent, say).

    What is read so goes to a person only after the policy has been asked.
    """
    return _on_errand(_LOOK)


def opening_rooms() -> AbstractContextManager[None]:
    """Make the empty response or feedback of a State in whose room the acting person has no place."""
    return _on_errand(_OPEN)


@contextmanager
def giving_keys() -> Iterator[None]:
    """Write who takes part for a State, whom an account belongs to and what it may do; also a decorator.

    For what is done at the one door into a State's room alone (docs/adr/0021): the policy has been asked there.
    """
    with _on_errand(_KEYS):
        yield


def at_the_door() -> AbstractContextManager[None]:
    """Look for the session, the account and the factors of who is being let in; no room is open to that.

    A worker has no way of the door and needs none: its role is the system's, and so are the sessions that it ends.
    """
    return _as(SYSTEM) if settings.DATABASE_ROLE == "system" else _on_errand(DOOR)


def is_at_the_door() -> bool:
    return _identity.get().endswith(f"|{DOOR}")


def leave_the_door() -> None:
    """Give back the way that the door has to the database: it is known whom the request is served to."""
    if DOOR in connections:
        connections[DOOR].close()


def _on_errand(errand: str) -> AbstractContextManager[None]:
    now = _identity.get()
    return _as(now if now == SYSTEM else f"{now.partition('|')[0]}|{errand}")


def found_for_policy(find: Callable[[], T | None]) -> T | None:
    """What ``find`` gives; where the acting person finds nothing, what lies behind the wall, to ask the policy about.

    It says why not to those who may know that the thing is there; nobody else may get to see what this gives.
    """
    found = find()
    if found is None:
        with looking_past_rooms():
            found = find()
    return found


def _to_tell() -> str:
    """The roles of the system and of the door need no proof; a proof of the door is none where there is such a role."""
    said = _identity.get()
    has_role = settings.DATABASE_DOOR_ROLE if is_at_the_door() else said == SYSTEM and settings.DATABASE_IS_SYSTEM
    return NOBODY if has_role else said


def _prove(execute: Callable[..., T], statement: str, params: Any, many: bool, context: dict[str, Any]) -> T:
    """Around every statement of Django's: say who acts, where the transaction does not know it yet.

    A statement outside of a transaction is sent together with that (a pipeline), which makes both one transaction.
    Beside Django's own cursors, so that it is no query of the page.
    """
    driver: Any = context["connection"].connection
    if isinstance(statement, str) and statement.startswith("ROLLBACK TO"):
        driver.told = None  # what was said since the savepoint is forgotten
        return execute(statement, params, many, context)
    status, said = driver.info.transaction_status, _to_tell()
    if status == TransactionStatus.IDLE:
        driver.told = NOBODY
    elif status != TransactionStatus.INTRANS:
        return execute(statement, params, many, context)
    if getattr(driver, "told", None) == said:
        return execute(statement, params, many, context)
    if not driver.autocommit:
        with context["connection"].wrap_database_errors:
            _tell(driver, said)
        driver.told = said
        return execute(statement, params, many, context)
    if isinstance(context["cursor"].cursor, ServerCursor):  # knows no pipeline, and keeps its rows beyond a transaction
        with transaction.atomic(using=context["connection"].alias):
            _tell(driver, said)
            return execute(statement, params, many, context)
    with context["connection"].wrap_database_errors, driver.pipeline():
        _tell(driver, said)
        return execute(statement, params, many, context)


def _tell(driver: Any, said: str) -> None:
    """The proof goes beside the statement, and not in it: other sessions of the role see in the list of what is running
    (``pg_stat_activity``) each statement, but no value beside it.
    """
    Cursor(driver).execute(_TELL, ["" if said == NOBODY else proof_of(said)])


def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Outermost, so that whoever adds a wrapper for a while takes away the own one."""
    if _prove not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _prove)


connection_created.connect(_watch, dispatch_uid="core.database.identity")
