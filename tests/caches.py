"""What tests that run at once keep in one Valkey, each process under a prefix of its own."""

from django.core.cache import cache

from core.cached import forget_nearby


def empty_cache() -> None:
    """Forget what this process has kept: ``cache.clear()`` would also take from the tests that run beside it."""
    forget_nearby()
    client = cache._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    for key in client.scan_iter(match=cache.make_key("*")):
        client.delete(key)
