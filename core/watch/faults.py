"""Faults told to a Sentry: which kind of error came where in our code, and nothing of what was being worked on.

What is sent is put together anew from what is named here, so that a library that sees more sends no more. The words of
an exception are left out: a database puts the values of a row there.
"""

import logging
from typing import Any

from django.conf import settings
from structlog.contextvars import get_contextvars

_OF_FRAME = ("filename", "function", "module", "lineno", "in_app")


def listen() -> None:
    """Begin, where ``SENTRY_DSN`` says where to. Raises ImportError where its library is not installed."""
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None)],
        before_send=what_may_go,
        max_breadcrumbs=0,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def what_may_go(event: Any, hint: Any) -> Any:
    """The event as it is sent: kinds of exceptions and where they came from, logger, ids of request and person."""
    bound = get_contextvars()
    told = {name: event[name] for name in ("event_id", "timestamp", "level", "logger", "platform") if name in event}
    told["tags"] = {"request_id": str(bound.get("request_id", ""))}
    told["user"] = {"id": str(bound.get("user_id") or "")}
    if values := (event.get("exception") or {}).get("values"):
        told["exception"] = {"values": [_kind_and_place(value) for value in values]}
    return told


def _kind_and_place(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    placed = [{name: frame[name] for name in _OF_FRAME if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": placed}}
