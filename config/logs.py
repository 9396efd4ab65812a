"""Structured logs: one line an event, with the ids of request and person, never with content."""

import datetime as dt
import json
import logging
import re
import traceback
from collections.abc import Mapping
from logging.handlers import WatchedFileHandler
from smtplib import SMTPException
from typing import Any

import kombu.exceptions
import redis.exceptions
import structlog
from django.db.utils import OperationalError

# The secret of a link by mail (accounts.invitations.links, accounts.links), of a calendar (reviews.dates.services) or
# of a way to the practice portal (portal.practice.tokens), in an address.
_SECRET = re.compile(r"/(activate|set-password|calendar|stop|mission-link|practice/enter|practice/back)/[^/\s\"']{20,}")
# An access token (accounts.tokens.secrets), wherever somebody has pasted one.
_TOKEN = re.compile(r"crp_[A-Za-z0-9_-]{20,}")
# What somebody looks for, or has put into an address: of a list that is narrowed only words of ours are left.
_OURS = "group|kind|language|mechanism|page|rows|show|sort|status|step|view|zoom"
_WORDS = re.compile(rf"(?<=[?&])(?!(?:{_OURS})=)([^=&\s\"']{{1,40}})=[^&\s\"']+")
# Where a whole address stands, nothing behind its "?" is told but names of machines and what stands behind ours.
_QUERY = re.compile(r"\?(.*?)(?=(?: HTTP/[\d.]+)?$)", re.DOTALL)
_TOLD_OF_QUERY = re.compile(rf"((?:{_OURS})=[\w.-]*)|([a-z_]{{1,20}}=).*", re.DOTALL)
ADDRESSES = {"request", "referer"}  # fields of an event that are one, or the first line of a request
_KIND = re.compile(r"\w+(?=\()")  # of an error as repr() writes it
# Errors whose words are of machines. Others tell what they were given, as a database does of the values of a row.
_WORDS_OF_MACHINES = (
    *(OSError, ImportError, AttributeError, NameError, OperationalError),
    *(kombu.exceptions.OperationalError, redis.exceptions.ConnectionError, redis.exceptions.TimeoutError),
)
# Of those, what a mail server says names whom a mail was for.
_WORDS_OF_SERVERS = (SMTPException,)


def without_secrets(text: str) -> str:
    """A line by which nobody opens an account, and that does not tell what somebody looked for."""
    return _WORDS.sub(r"\1=…", _TOKEN.sub("crp_…", _SECRET.sub(r"/\1/…", text)))


def without_query(address: str) -> str:
    """An address, or the first line of a request, by which nobody learns what somebody looked for, however written."""
    return _QUERY.sub(lambda query: "?" + "&".join(map(_told, query[1].split("&"))), address, count=1)


def _told(part: str) -> str:
    found = _TOLD_OF_QUERY.fullmatch(part)
    return (found[1] or f"{found[2]}…") if found else "…"


def without_content(error: BaseException | None) -> str:
    """Errors with where they came from, the first one first; the words of one only where they are of a machine."""
    parts: list[str] = []
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        tells = isinstance(error, _WORDS_OF_MACHINES) and not isinstance(error, _WORDS_OF_SERVERS)
        words = f": {error}" if tells else ""
        name = f"{type(error).__module__}.{type(error).__qualname__}"
        parts.insert(0, "".join([*traceback.format_tb(error.__traceback__), name, words]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nand then\n".join(parts)


def take_out_secrets(logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A processor of structlog."""
    return {name: _cleaned(name, value) if isinstance(value, str) else value for name, value in event.items()}


def _cleaned(name: str, value: str) -> str:
    return without_secrets(without_query(value) if name in ADDRESSES else value)


class KindsOfErrors(logging.Filter):
    """Celery puts the words of an error into its lines about a task: of those only the kind stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        if not record.name.startswith("celery."):
            return True
        if isinstance(record.args, Mapping) and "exc" in record.args:
            kind = _KIND.match(str(record.args["exc"]))
            record.args = {**record.args, "exc": kind[0] if kind else "an error"}
        elif isinstance(record.args, tuple):
            record.args = tuple(type(arg).__name__ if isinstance(arg, BaseException) else arg for arg in record.args)
        return True


class EventFormatter(logging.Formatter):
    """One security event a line (``core.security_events``): an object with the names that other lines have."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat().replace("+00:00", "Z")
        return json.dumps({"timestamp": at, "logger": record.name} | getattr(record, "facts", {}), ensure_ascii=False)


class EventFile(WatchedFileHandler):
    """A file, opened anew where somebody has moved it. Nobody is kept out because it cannot be written: that is told on
    the standard error, as of any other handler.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """As ``WatchedFileHandler``, which raises what opening the file has raised."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def _events_to(place: str) -> dict[str, Any]:
    """The handler of security events: none, the standard error, or a file."""
    if not place:
        return {"class": "logging.NullHandler"}
    if place == "-":
        return {"class": "logging.StreamHandler", "formatter": "event"}
    return {"()": EventFile, "filename": place, "formatter": "event", "delay": True}


def _levels(tells_events: bool) -> dict[str, Any]:
    """Each request has its own line already (django_structlog); fonts, the steps of a PDF and lock-outs speak only when
    they must.
    """
    return {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "portal.security": {
            "handlers": ["security"],
            "level": "INFO" if tells_events else "CRITICAL",
            "propagate": False,
        },
    }


def logging_settings(level: str, *, as_json: bool, security_log: str = "") -> dict[str, Any]:
    """Configure structlog to go through the standard library, and give Django's ``LOGGING`` for it."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(lambda found: without_content(found[1])),
        take_out_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                "foreign_pre_chain": shared,
            },
            "event": {"()": EventFormatter},
        },
        "filters": {"kinds": {"()": KindsOfErrors}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "structured", "filters": ["kinds"]},
            "security": _events_to(security_log),
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": _levels(bool(security_log)),
    }
