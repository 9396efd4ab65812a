"""The way to the database at the door (docs/adr/0022), for tests that take back what they have written.

Such a test has all its rows in a transaction that nobody else sees: at the door too they are looked for on its
connection, as the role of the door. In the threads of a live server the door has a connection of its own.
"""

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from core.database.postgres import base
from tests.plain_role import door_role


class _AsDoor:
    """A cursor that runs each statement as the role of the door."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def execute(self, *args: Any) -> Any:
        with door_role():
            return self._cursor.execute(*args)

    def executemany(self, *args: Any) -> Any:
        with door_role():
            return self._cursor.executemany(*args)

    def __enter__(self) -> "_AsDoor":
        return self

    def __exit__(self, *args: object) -> None:
        self._cursor.close()

    def __iter__(self) -> Any:
        return iter(self._cursor)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class DatabaseWrapper:
    SchemaEditorClass = base.DatabaseWrapper.SchemaEditorClass  # which pgtrigger looks at

    def __init__(self, settings_dict: dict[str, Any], alias: str) -> None:
        self.__dict__["_own"] = base.DatabaseWrapper(settings_dict, alias)

    def _used(self) -> Any:
        rest = connections[DEFAULT_DB_ALIAS]
        is_shared = threading.current_thread() is threading.main_thread() and rest.in_atomic_block
        return rest if is_shared else self.own

    def cursor(self) -> Any:
        used = self._used()
        return used.cursor() if used is self.own else _AsDoor(used.cursor())

    chunked_cursor = cursor

    def close(self) -> None:
        """What is shared is not the door's to close."""
        self.own.close()

    @property
    def own(self) -> base.DatabaseWrapper:
        """The way that is not shared with the test."""
        return self.__dict__["_own"]  # type: ignore[no-any-return]

    def close_own(self) -> None:
        """Before the database goes, or another comes in its place."""
        self.close()
        self.own.close_pool()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._used(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._used(), name, value)
