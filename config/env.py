"""Typed readers of the environment. ``NAME_FILE`` names a file that holds the value, for secrets."""

import os
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def secret(name: str, default: str | None = None) -> str:
    """Read ``NAME`` or the file that ``NAME_FILE`` names.

    Raises ImproperlyConfigured when neither is set and there is no default, or when the file cannot be read.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error}") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE.")
    return value


def redis_urls(url: str) -> tuple[str, str]:
    """Give the addresses for Celery's broker (database 0) and for the cache (database 1).

    Takes ``redis://host:port`` or ``unix:///path/to/socket``.
    """
    if url.startswith("unix://"):
        path = url.removeprefix("unix://").split("?")[0]
        return f"redis+socket://{quote(path)}", f"unix://{path}?db=1"
    base = url.rstrip("/")
    if base.rsplit("/", 1)[-1].isdigit() and base.count("/") > 2:
        base = base.rsplit("/", 1)[0]
    return f"{base}/0", f"{base}/1"
