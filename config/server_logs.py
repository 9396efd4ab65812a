"""The web server's log of requests."""

from typing import Any

from gunicorn.glogging import Logger

from config.logs import without_secrets


class SecretlessLogger(Logger):
    """Gunicorn's own, without the secrets of links by mail in the addresses."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        return {name: without_secrets(value) if isinstance(value, str) else value for name, value in atoms.items()}
