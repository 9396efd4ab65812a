"""Sessions of browsers: in the database with a fast copy, and there read by the door of the portal alone.

Whoever holds the key of a session is its person. So the table is closed to everybody who acts, and opens for who is
being let in (``identity.at_the_door``), which is what these statements do whoever else the request is served to.

A session that ends is first taken out of the cache. Where that is away it is told so, and does not end: the copy would
come back with the cache, and let in whoever holds its key.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.core.cache import caches

from core.database.identity import at_the_door


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
        if key := session_key or self.session_key:
            cache: Any = caches[settings.SESSION_CACHE_ALIAS]
            cache.delete_for_sure(self.cache_key_prefix + key)
        with at_the_door():
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        with at_the_door():
            super().clear_expired()
