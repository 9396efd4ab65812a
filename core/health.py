"""Whether the portal is alive, and whether it is ready: it can write, its clock turns, its queue moves.

What each part shows of itself is a row (``Pulse``): beat at its turns, a worker when a task of beat's has come to it
through the queue, and with that since when the oldest mail and the oldest document wait. A page may read no more.
"""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error, connection, transaction
from django.utils import timezone

from core.database.identity import at_the_door, identified_as_nobody
from core.jobs import making
from core.mail import delivery
from core.models import Pulse

BEAT, WORKER, WEB = "beat", "worker", "web"
MAILS, DOCUMENTS = "mails", "documents"
RECORD, BACKUP = "record", "backup"  # when the record of acts was last found whole, and a backup last made
# A table that grows on the disk, by some twenty pages, and is gone again. An update of a row alone may still succeed
# where the disk is full, for it finds room in a page that is there.
_GROW = (
    "CREATE TEMPORARY TABLE core_room (filling text)",
    "INSERT INTO pg_temp.core_room SELECT repeat(md5(number::text), 3) FROM generate_series(1, 1500) number",
    "DROP TABLE pg_temp.core_room",
)
_KEPT_FOR = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to hold; ``seconds`` is how long ago it last did, where that is known."""

    name: str
    is_good: bool
    seconds: int | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {"ok": self.is_good} | ({} if self.seconds is None else {"seconds": self.seconds})


def show_life(name: str, at: dt.datetime | None = None) -> None:
    """Note that a part works, now if nothing else is said. One statement."""
    Pulse.objects.bulk_create(
        [Pulse(name=name, at=at or timezone.now())], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )


def show_queue() -> None:
    """For a worker: a task has come through the queue, and since when the oldest mail and the oldest document wait."""
    now = timezone.now()
    show_life(MAILS, delivery.waits_since(now) or now)
    show_life(DOCUMENTS, making.waits_since() or now)
    show_life(WORKER, now)


def liveness() -> list[Check]:
    """Whether this process reaches the database, as pages and at the door, and may read there."""
    return [_holds("database", _read)]


def _read() -> None:
    with identified_as_nobody():
        Pulse.objects.exists()
    with at_the_door():
        Session.objects.exists()


class _Readiness:
    """Asked by anybody, and so at most once a second in each process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.looked_at: dt.datetime | None = None
        self.checks: list[Check] = []

    def look(self) -> list[Check]:
        with self.lock, identified_as_nobody():
            now = timezone.now()
            if self.looked_at is None or not dt.timedelta() <= now - self.looked_at < _KEPT_FOR:
                self.checks, self.looked_at = _look(now), now
            return self.checks


readiness = _Readiness().look


def _look(now: dt.datetime) -> list[Check]:
    can_write = _holds("write", _write)
    pulses: dict[str, dt.datetime] = {}
    if connection.connection is not None:  # or the database would be waited for once more
        with suppress(Error):
            pulses = dict(Pulse.objects.values_list("name", "at"))
    return [
        can_write,
        _is_young("clock", now, pulses.get(BEAT), settings.READY_PULSE_SECONDS),
        _is_young("queue", now, pulses.get(WORKER), settings.READY_PULSE_SECONDS),
        _is_young(MAILS, pulses.get(WORKER, now), pulses.get(MAILS), settings.READY_QUEUE_SECONDS),
        _is_young(DOCUMENTS, pulses.get(WORKER, now), pulses.get(DOCUMENTS), settings.READY_QUEUE_SECONDS),
    ]


def _holds(name: str, what: Callable[[], object]) -> Check:
    try:
        what()
    except Error:
        return Check(name, is_good=False)
    return Check(name, is_good=True)


def _write() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _GROW:
            cursor.execute(statement)
        show_life(WEB)


def _is_young(name: str, now: dt.datetime, at: dt.datetime | None, limit: int) -> Check:
    if at is None:
        return Check(name, is_good=False)
    seconds = max(int((now - at).total_seconds()), 0)
    return Check(name, seconds <= limit, seconds)
