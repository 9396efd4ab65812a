"""Structured logs: one line an event, with the ids of request and person, never with content."""

from typing import Any

import structlog


def logging_settings(level: str, *, as_json: bool) -> dict[str, Any]:
    """Configure structlog to go through the standard library, and give Django's ``LOGGING`` for it."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
