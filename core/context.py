"""What was looked up for whom somebody acts: kept for one request or task, and on no object.

``core.database.identity`` begins it with each person that a request acts for, and Celery with each task, so that
nothing looked up for one is there for the next. Elsewhere, as in a command, everything is looked up each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
Key = tuple[Any, ...]
_kept: ContextVar[dict[Key, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def begun() -> Iterator[None]:
    """From here on what is looked up is kept; afterwards it is as it was before."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def looked_up(key: Key, find: Callable[[], T]) -> T:
    """What is kept under the key; the first time, what ``find`` gives."""
    kept = _kept.get()
    if kept is None:
        return find()
    if key not in kept:
        kept[key] = find()
    found: T = kept[key]
    return found


def keep(key: Key, value: object) -> None:
    """For ``looked_up`` to give, where a query has brought it along."""
    if (kept := _kept.get()) is not None:
        kept[key] = value


def all_kept(*beginning: Any) -> list[Any]:
    """What is kept under keys that begin so, in the order in which it was looked up."""
    return [value for key, value in (_kept.get() or {}).items() if key[: len(beginning)] == beginning]


def forget(*beginning: Any) -> None:
    """Look up anew what is kept under keys that begin so, since it has changed."""
    kept = _kept.get() or {}
    for key in [key for key in kept if key[: len(beginning)] == beginning]:
        del kept[key]
