"""Structured logs: one line an event, with the ids of request and person, never with content."""

import re
from typing import Any

import structlog

# The secret of a link by mail (accounts.invitations.links, accounts.links), of a calendar (reviews.dates.services) or
# of a way to the practice portal (portal.practice.tokens), in an address.
_SECRET = re.compile(r"/(activate|set-password|calendar|stop|mission-link|practice/enter|practice/back)/[^/\s\"']{20,}")
# An access token (accounts.tokens.secrets), wherever somebody has pasted one.
_TOKEN = re.compile(r"crp_[A-Za-z0-9_-]{20,}")
# What somebody looks for, in the address of a search or of a list that is narrowed.
_WORDS = re.compile(r"(?<=[?&]q=)[^&\s\"']+")


def without_secrets(text: str) -> str:
    """A line by which nobody opens an account, and that does not tell what somebody looked for."""
    return _WORDS.sub("…", _TOKEN.sub("crp_…", _SECRET.sub(r"/\1/…", text)))


def take_out_secrets(logger: Any, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A processor of structlog."""
    return {name: without_secrets(value) if isinstance(value, str) else value for name, value in event.items()}


def logging_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Configure structlog to go through the standard library, and give Django's ``LOGGING`` for it."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        # Each request has its own line already (django_structlog); fonts, the steps of a PDF and lock-outs speak only
        # when they must.
        "loggers": {
            "django.request": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
            "weasyprint.progress": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
        },
    }
