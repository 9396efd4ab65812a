"""The scheduler of beat with a pulse, for a health check that knows whether it still turns (docker-compose.yml)."""

import tempfile
from pathlib import Path
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler

PULSE = Path(tempfile.gettempdir()) / "beat-pulse"


class PulsingScheduler(DatabaseScheduler):
    """Touches ``PULSE`` after every turn, which comes at least each five seconds.

    A turn that waits for a queue server that is away does not end, so that the pulse stops with it.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        seconds_to_next = super().tick(*args, **kwargs)
        PULSE.touch()
        return seconds_to_next
