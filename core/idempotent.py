"""What programs were answered to acts that they named by a key: kept in the transaction of the act, for a day.

What an answer is made of, and when one is given again, says ``core.api.idempotency``.
"""

import datetime as dt
import hashlib
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import IdempotentAnswer

KEPT_FOR = dt.timedelta(hours=24)
_LOCK = "SELECT pg_catalog.pg_advisory_xact_lock(%s)"


def kept_answer(user: Any, key: str) -> IdempotentAnswer | None:
    """What this person was answered under the key within a day. The caller's transaction holds the key from here on,
    so that two requests at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [_number(f"{user.pk}|{key}")])
    own = IdempotentAnswer.objects.filter(user=user)
    own.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return own.filter(key=key).first()


def was_answered(user: Any, key: str, fingerprint: str) -> bool:
    """Whether this person was answered to this very request under the key within a day."""
    recent = IdempotentAnswer.objects.filter(created_at__gte=timezone.now() - KEPT_FOR)
    return recent.filter(user=user, key=key, fingerprint=fingerprint).exists()


def keep_answer(user: Any, key: str, **answer: Any) -> None:
    """``answer``: the columns of the row, in the transaction of the act."""
    IdempotentAnswer.objects.create(user=user, key=key, **answer)


def forget_old() -> int:
    """Take out all answers that are older than a day; give how many. For the clock."""
    number, _by_model = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return number


def _number(words: str) -> int:
    """Of 64 bits, for a lock of the database."""
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], signed=True)
