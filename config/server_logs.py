"""The web server's logs: of requests, and of the server itself."""

import json
import logging
import time
from typing import Any

from gunicorn.glogging import Logger

from config.env import env
from config.logs import ADDRESSES, without_content, without_query, without_secrets

# Our names of gunicorn's atoms (docs.gunicorn.org, access_log_format); what a collector counts is a number.
_TEXTS = {"ip": "h", "request": "r", "referer": "f", "user_agent": "a"}
_ADDRESSES = [_TEXTS[name] for name in sorted(ADDRESSES)]
_NUMBERS = {"code": "s", "bytes": "B", "microseconds": "D"}


class SecretlessLogger(Logger):
    """Gunicorn's own, without the secrets of links by mail in the addresses; as JSON where LOG_JSON says so."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.is_json = env.bool("LOG_JSON", False)
        if self.is_json:
            for handler in (*self.error_log.handlers, *self.access_log.handlers):
                handler.setFormatter(JsonFormatter())

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        atoms |= {atom: without_query(atoms[atom]) for atom in _ADDRESSES}
        return {name: without_secrets(value) if isinstance(value, str) else value for name, value in atoms.items()}

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not self.is_json:
            super().access(resp, req, environ, request_time)
        elif self.access_log_enabled:
            self.access_log.info("request", extra={"facts": facts_of(self.atoms(resp, req, environ, request_time))})


def facts_of(atoms: dict[str, Any]) -> dict[str, Any]:
    """What is said of a request."""
    numbers = {name: int(atoms[atom] or 0) for name, atom in _NUMBERS.items()}
    return {name: atoms[atom] for name, atom in _TEXTS.items()} | numbers


class JsonFormatter(logging.Formatter):
    """One object a line, with the names that the portal's own lines have (``config.logs``)."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    @staticmethod
    def converter(timestamp: float | None) -> time.struct_time:
        return time.gmtime(timestamp)

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": self.formatTime(record),
            "level": record.levelname.lower(),
            "event": without_secrets(record.getMessage()),
            "logger": record.name,
        }
        if record.exc_info:
            line["exception"] = without_secrets(without_content(record.exc_info[1]))
        return json.dumps(line | getattr(record, "facts", {}), ensure_ascii=False)
