"""What ``/metrics`` answers: what was counted here, the pulses of the parts, the queues, and what a worker counted."""

from collections.abc import Iterator

from celery import current_app
from django.conf import settings
from django.db import Error
from kombu.exceptions import OperationalError
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from core import health, measures
from core.database.identity import identified_as_nobody
from core.models import Pulse
from core.watch import figures as counted_by_workers

PARTS = (health.BEAT, health.WORKER, health.WEB, health.RECORD, health.BACKUP)
WAITING = (health.MAILS, health.DOCUMENTS)
_PATIENCE = 2.0  # seconds


def figures(accept: str) -> tuple[bytes, str]:
    """All figures in the format that ``accept`` prefers, with its content type."""
    registry = CollectorRegistry()
    registry.register(measures.counted())
    registry.register(_Portal())
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class _Portal(Collector):
    """What is looked up when somebody asks. What cannot be is left out, and a figure says that it is away."""

    def collect(self) -> Iterator[Metric]:
        yield from _pulses()
        yield from _queues()
        yield from _taken()


def _pulses() -> Iterator[Metric]:
    is_up = True
    pulses: dict[str, float] = {}
    try:
        with identified_as_nobody():
            pulses = {name: at.timestamp() for name, at in Pulse.objects.values_list("name", "at")}
    except Error:
        is_up = False
    yield GaugeMetricFamily("portal_database_up", "Whether the database answers.", value=is_up)
    parts = GaugeMetricFamily(
        "portal_pulse_timestamp_seconds",
        "When a part last showed that it works: beat, worker, web; when the record of acts was last found whole, and a "
        "backup last made.",
        labels=["part"],
    )
    waiting = GaugeMetricFamily(
        "portal_waiting_since_timestamp_seconds",
        "Since when the oldest mail that is due, and the oldest document, wait; as of the worker’s pulse.",
        labels=["what"],
    )
    for family, names in ((parts, PARTS), (waiting, WAITING)):
        for name in names:
            if name in pulses:
                family.add_metric([name], pulses[name])
        yield family


def _queues() -> Iterator[Metric]:
    lengths = GaugeMetricFamily("portal_queue_length", "Tasks that no worker has begun, by queue.", labels=["queue"])
    queues = sorted({"default", *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values())})
    patience = {"socket_timeout": _PATIENCE, "socket_connect_timeout": _PATIENCE}
    broker, is_up = current_app.connection_for_read(transport_options=patience), True
    try:
        with broker:
            broker.ensure_connection(max_retries=1, timeout=_PATIENCE)
            for queue in queues:
                lengths.add_metric([queue], broker.default_channel.queue_declare(queue=queue).message_count)
    except (OperationalError, OSError, *broker.connection_errors):
        is_up = False
    yield GaugeMetricFamily("portal_queue_up", "Whether the server of the queue answers.", value=is_up)
    yield lengths


def _taken() -> Iterator[Metric]:
    counted_by_workers.want()
    taken = counted_by_workers.last_taken()
    if taken is None:
        return
    at, samples = taken
    yield GaugeMetricFamily("portal_figures_timestamp_seconds", "When a worker last counted.", value=at)
    for figure in counted_by_workers.FIGURES:
        family = GaugeMetricFamily(figure.name, figure.meaning, labels=[figure.by] if figure.by else [])
        for label, value in samples.get(figure.name, {}).items():
            family.add_metric([label] if figure.by else [], value)
        yield family
