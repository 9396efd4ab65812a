"""Traces of requests and tasks for a collector of OpenTelemetry: how long which view and which task took.

A span is put together from what is named here, and no library instruments itself: addresses, statements and values are
in none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core import measures

_NAME = "portal"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})  # others are what somebody typed
_tracer: Any = None  # where ``listen`` has found somewhere to send to
_spans: dict[str, Any] = {}  # of the tasks that are under way in this process, by their id


def listen() -> None:
    """Begin, where ``TRACES_ENDPOINT`` says where to. Raises ImportError where the libraries are not installed."""
    if not settings.TRACES_ENDPOINT:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    send_through(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.TRACES_ENDPOINT)))
    task_prerun.connect(_begin_task, dispatch_uid="core.watch.traces.begin", weak=False)
    task_postrun.connect(_end_task, dispatch_uid="core.watch.traces.end", weak=False)


def send_through(processor: Any) -> None:
    """Give spans to a processor, of that part of requests and tasks that ``TRACES_RATIO`` says."""
    global _tracer
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

    provider = TracerProvider(
        sampler=TraceIdRatioBased(settings.TRACES_RATIO),
        resource=Resource({"service.name": _NAME}),
        shutdown_on_exit=True,
    )
    provider.add_span_processor(processor)
    _tracer = provider.get_tracer(_NAME)


@contextmanager
def request_traced(request: HttpRequest) -> Iterator[list[HttpResponseBase]]:
    """A span around a request; the answer is laid into what is given."""
    answers: list[HttpResponseBase] = []
    with _tracer.start_as_current_span("request", record_exception=False, set_status_on_exception=False) as span:
        yield answers
        match = request.resolver_match
        span.update_name(match.view_name if match else "nothing there")
        span.set_attribute("http.request.method", request.method if request.method in _METHODS else "other")
        for answer in answers:
            span.set_attribute("http.response.status_code", answer.status_code)
            span.set_attribute("portal.kind", measures.kind_of(request, answer))


def _begin_task(task_id: str, task: Any, **kwargs: Any) -> None:
    _spans[task_id] = _tracer.start_span(task.name)


def _end_task(task_id: str, state: str | None = None, **kwargs: Any) -> None:
    if span := _spans.pop(task_id, None):
        span.set_attribute("portal.state", str(state))
        span.end()
