"""Sessions of browsers: in the database with a fast copy, and there read by the door of the portal alone.

Whoever holds the key of a session is its person. So the table is closed to everybody who acts, and opens for who is
being let in (``core.acting.at_the_door``), which is what these statements do whoever else the request is served to.
"""

from typing import Any

from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore

from core.acting import at_the_door


class SessionStore(CachedStore):
    def load(self) -> dict[str, Any]:
        with at_the_door():
            return super().load()

    def exists(self, session_key: str) -> bool:
        with at_the_door():
            return bool(super().exists(session_key))

    def save(self, must_create: bool = False) -> None:
        with at_the_door():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with at_the_door():
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        with at_the_door():
            super().clear_expired()
