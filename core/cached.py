"""How what is cached is written, and what happens where the cache is away.

As JSON, which is data, where Django's own way is pickle, which is a program: whoever can write to Valkey can so change
what the cache says, but run nothing in our processes.

Where it is away, what is kept there is a copy that is not found: pages are served and words are saved without it. What
decides something there is refused instead (``add``, ``incr``): a code that may be used once, how often somebody has
tried to sign in. So whoever is signed in works on, and nobody signs in until it is back (docs/adr/0031).
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as CacheConnectionError, TimeoutError as CacheTimeoutError

T = TypeVar("T")
logger = logging.getLogger(__name__)
CACHE_AWAY = (CacheConnectionError, CacheTimeoutError)
_SAID_AGAIN_AFTER = 60.0  # seconds


class _Client(RedisCacheClient):
    """Django's makes an object anew for each command; one for each pool of connections does."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class PortalCache(RedisCache):
    """Valkey, without which pages are served all the same."""

    def __init__(self, server: Any, params: Any) -> None:
        super().__init__(server, params)
        self._class = _Client

    _said_at = -_SAID_AGAIN_AFTER

    def _or(self, default: T, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except CACHE_AWAY as error:
            if time.monotonic() - PortalCache._said_at >= _SAID_AGAIN_AFTER:
                PortalCache._said_at = time.monotonic()
                logger.warning("the cache is away: %s", type(error).__name__)
            return default

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, lambda: super(PortalCache, self).get(key, default, version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._or({}, lambda: super(PortalCache, self).get_many(keys, version))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._or(False, lambda: super(PortalCache, self).has_key(key, version))

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._or(None, lambda: super(PortalCache, self).set(key, value, timeout, version))

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._or([], lambda: super(PortalCache, self).set_many(data, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._or(False, lambda: self.delete_for_sure(key, version))

    def delete_for_sure(self, key: Any, version: int | None = None) -> bool:
        """Delete what must not be found again. Raises redis's ConnectionError or TimeoutError where it is away."""
        return super().delete(key, version)

    def get_or_set(self, key: Any, default: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        """As Django's, but without ``add``: who comes second keeps what is as good."""
        found = self.get(key, version=version)
        if found is None:
            found = default() if callable(default) else default
            self.set(key, found, timeout, version)
        return found


class Nearby(Generic[T]):
    """What is cached, with a copy in this process for some seconds: what each page asks and hardly ever changes."""

    def __init__(self, key: str, look: Callable[[], T], *, cached_for: int, near_for: float) -> None:
        """``look`` gives what is kept, never None; both times are seconds."""
        self._key, self._look, self._cached_for, self._near_for = key, look, cached_for, near_for
        self._near: tuple[float, T] | None = None
        _nearby.append(self)

    def get(self) -> T:
        """The copy of this process, the cached one, or what is looked up now, whichever is there first."""
        if self._near is not None and time.monotonic() < self._near[0]:
            return self._near[1]
        found: T | None = caches["default"].get_or_set(self._key, self._look, self._cached_for)
        value = self._look() if found is None else found
        self.keep_near(value)
        return value

    def keep_near(self, value: T) -> None:
        """In this process, as if it had been looked up: what stands in where nothing can be looked up now."""
        self._near = (time.monotonic() + self._near_for, value)

    def forget(self) -> None:
        """Look anew at the next time; other processes do when their copy is over."""
        self._near = None
        caches["default"].delete(self._key)


_nearby: list[Nearby[Any]] = []


def forget_nearby() -> None:
    """Forget the copies in this process, as a test does that empties the cache."""
    for each in _nearby:
        each._near = None


class JSONSerializer:
    """For ``CACHES``. Numbers stay numbers, so that Valkey can count; what JSON does not know is refused (TypeError).

    Lists come back for tuples, and only text is a key; who caches says what else is meant (a day, a State's key).
    """

    def dumps(self, value: Any) -> bytes | int:
        if type(value) is int:
            return value
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
