"""Whether the practice portal is awake, and how it is woken: `make run` lets it sleep until somebody comes."""

import http.client
import time
import urllib.request
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

HEADER = "X-Practice"
_SECONDS = 1.0  # for which a page waits for its answer
_NOTED_EACH = 60.0  # seconds


def is_awake() -> bool:
    """Ask it, where somebody said where; else it always is. Whatever else answers there does not count."""
    if not settings.PRACTICE_PROBE:
        return True
    try:
        with urllib.request.urlopen(settings.PRACTICE_PROBE, timeout=_SECONDS) as answer:  # noqa: S310 - our own
            return answer.status == 200 and constant_time_compare(answer.headers.get(HEADER, ""), sign_of_life())
    except (OSError, http.client.HTTPException):
        return False


def sign_of_life() -> str:
    """What the practice portal says on its health page, and nobody who does not have the key of both."""
    return salted_hmac("portal.practice.awake", "awake", secret=settings.PRACTICE_KEY, algorithm="sha256").hexdigest()


def wake() -> None:
    """Ask the supervisor for it (config/embedded/practice.py)."""
    if settings.PRACTICE_WAKE_FILE:
        Path(settings.PRACTICE_WAKE_FILE).touch()


def note_visit() -> None:
    """In the practice portal: keep it awake, for somebody is there."""
    if not settings.PRACTICE_SEEN_FILE:
        return
    path = Path(settings.PRACTICE_SEEN_FILE)
    if not path.exists() or time.time() - path.stat().st_mtime > _NOTED_EACH:
        path.touch()
