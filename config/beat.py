"""The scheduler of beat with a pulse, for whoever asks whether it still turns: in a file, for the health check of its
container (docker-compose.yml), and in the database, for /readyz/ and the supervisor of ``make run``.
"""

import logging
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import Error, connection
from django_celery_beat.schedulers import DatabaseScheduler

logger = logging.getLogger(__name__)
PULSE = Path(os.environ.get("BEAT_PULSE_FILE") or Path(tempfile.gettempdir()) / "beat-pulse")
SHOWN_EACH = 5.0  # seconds


class PulsingScheduler(DatabaseScheduler):
    """Shows that it lives after every turn, which comes at least each five seconds.

    A turn that waits for a queue server that is away does not end, so that the pulse stops with it.
    """

    shown_at = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        seconds_to_next = super().tick(*args, **kwargs)
        PULSE.touch()
        if time.monotonic() - self.shown_at >= SHOWN_EACH:
            self.show()
        return seconds_to_next

    def show(self) -> None:
        """Note it in the database; where that is away the clock goes on, and the next turn tries again."""
        from core import health

        try:
            health.show_life(health.BEAT)
        except Error as error:
            logger.warning("the pulse could not be noted: %s", error)
            connection.close()
        else:
            self.shown_at = time.monotonic()
