"""How requests were answered: how many, of which kind, how fast. A label is one of a few words of ours."""

import os
from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.registry import Collector

KINDS: Final = ("page", "write", "api", "file", "static", "health")
STATUSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # of the figures of all processes of one web server (config.wsgi)
_HEALTH = frozenset({"/healthz/", "/readyz/", "/metrics"})
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

own = CollectorRegistry()
answered = Histogram(
    "portal_request_seconds",
    "Time until a request was answered, by its kind and the class of the status.",
    ["kind", "status"],
    registry=own,
    buckets=_BUCKETS,
)
events = Counter(
    "portal_security_events",
    "Security events of the processes that serve pages, as in the stream of them.",
    ["event"],
    registry=own,
)


def note(request: HttpRequest, answer: HttpResponseBase, seconds: float) -> None:
    """Count a request."""
    answered.labels(kind_of(request, answer), STATUSES[answer.status_code // 100 - 1]).observe(seconds)


def kind_of(request: HttpRequest, answer: HttpResponseBase) -> str:
    """One of ``KINDS``."""
    path = request.path_info
    if path in _HEALTH:
        return "health"
    if path.startswith("/static/"):
        return "static"
    if path.startswith("/api/"):
        return "api"
    if answer.streaming or answer.headers.get("Content-Disposition", "").startswith("attachment"):
        return "file"
    return "page" if request.method in {"GET", "HEAD", "OPTIONS"} else "write"


def begin(named_events: Iterable[str]) -> None:
    """Show each label from the start, at nought, so that what happens for the first time is seen as a rise."""
    for event in named_events:
        events.labels(str(event))
    for kind in KINDS:
        for status in STATUSES[1:]:
            answered.labels(kind, status)


def counted() -> Collector:
    """What the processes of this web server have counted together, or this process where it stands alone."""
    if FOLDER not in os.environ:
        return own
    return multiprocess.MultiProcessCollector(CollectorRegistry())
