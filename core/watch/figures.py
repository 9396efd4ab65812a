"""Figures of mails, jobs, sessions, database and disk, which no page may count: a worker does, where somebody asks.

It leaves them in the cache, with when they were taken. Whoever asks for ``/metrics`` says so there, and for some
minutes a worker goes on.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.utils import timezone

from core.database.identity import at_the_door
from core.enums import JobStatus, NotificationStatus
from core.mail import delivery
from core.models import Job, Notification

_WANTED, _TAKEN = "watch:wanted", "watch:taken"
WANTED_FOR = 600  # seconds


@dataclass(frozen=True, slots=True)
class WorkerFigure:
    """``by`` names the label of its samples, where it has several."""

    name: str
    meaning: str
    by: str = ""


FIGURES: Sequence[WorkerFigure] = (
    WorkerFigure("portal_mails", "Mails by their status.", "status"),
    WorkerFigure("portal_mails_waiting", "Mails that should have left."),
    WorkerFigure("portal_mails_retried_seconds", "Age of the oldest mail tried three times in vain that has not left."),
    WorkerFigure("portal_jobs", "Documents and long acts by their status.", "status"),
    WorkerFigure("portal_sessions", "Sessions of browsers that have not run out."),
    WorkerFigure("portal_database_connections", "Connections to the database of the portal."),
    WorkerFigure("portal_database_connections_max", "Connections that the server of the database takes."),
    WorkerFigure("portal_database_bytes", "Size of the database."),
    WorkerFigure("portal_disk_bytes", "Size of the disk with the files of the portal."),
    WorkerFigure("portal_disk_free_bytes", "What is free of it."),
)
Samples = dict[str, dict[str, float]]  # of each figure, by the value of its label


def want() -> None:
    """Have a worker take the figures for some minutes from now on."""
    cache.set(_WANTED, True, WANTED_FOR)


def take_if_wanted() -> None:
    """For a worker, each minute."""
    if cache.get(_WANTED):
        cache.set(_TAKEN, {"at": timezone.now().timestamp(), "samples": take()}, None)


def last_taken() -> tuple[float, Samples] | None:
    """When figures were last taken, in seconds since 1970, and what they were; None where none were, or who knows."""
    taken: dict[str, Any] | None = cache.get(_TAKEN)
    return (taken["at"], taken["samples"]) if taken else None


def take() -> Samples:
    """All of ``FIGURES``; only who reads past all rooms gets them right."""
    disk = shutil.disk_usage(settings.DATA_DIR)
    now = timezone.now()
    with at_the_door():
        sessions = Session.objects.filter(expire_date__gt=now).count()
    connections, most, size = _database()
    return {
        "portal_mails": _by_status(Notification, NotificationStatus.values),
        "portal_mails_waiting": _one(delivery.count_waiting(now)),
        "portal_mails_retried_seconds": _one((now - (delivery.retried_since() or now)).total_seconds()),
        "portal_jobs": _by_status(Job, JobStatus.values),
        "portal_sessions": _one(sessions),
        "portal_database_connections": _one(connections),
        "portal_database_connections_max": _one(most),
        "portal_database_bytes": _one(size),
        "portal_disk_bytes": _one(disk.total),
        "portal_disk_free_bytes": _one(disk.free),
    }


def _one(value: float) -> dict[str, float]:
    return {"": value}


def _by_status(model: type[models.Model], statuses: Iterable[str]) -> dict[str, float]:
    counted = model._default_manager.order_by().values_list("status").annotate(number=models.Count("pk"))
    numbers = Counter(dict(counted))
    return {str(status): numbers[status] for status in statuses}


def _database() -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
            " current_setting('max_connections')::int, pg_database_size(current_database())"
        )
        connections, most, size = cursor.fetchone()
    return connections, most, size
