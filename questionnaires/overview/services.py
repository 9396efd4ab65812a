"""Noting that somebody had the page of a self-assessment before him or her."""

import datetime as dt
from uuid import uuid4

from django.db import connection

from accounts.people.models import User
from questionnaires.responses.models import Response

A_VISIT = dt.timedelta(minutes=30)
"""Whoever looks again within this time is still there: what has changed since the visit before stays marked."""

_NOTE = """
    INSERT INTO questionnaires_responsereading AS visit (id, created_at, updated_at, response_id, user_id, seen_at)
    VALUES (%(id)s, clock_timestamp(), clock_timestamp(), %(response)s, %(user)s, clock_timestamp())
    ON CONFLICT (response_id, user_id) DO UPDATE SET
        before_at = CASE
            WHEN visit.seen_at < EXCLUDED.seen_at - make_interval(secs => %(visit)s) THEN visit.seen_at
            ELSE visit.before_at
        END,
        seen_at = EXCLUDED.seen_at, updated_at = EXCLUDED.updated_at
    RETURNING before_at
"""


def note_visit(user: User, response: Response) -> dt.datetime | None:
    """When the person was here before, by the policy's leave; None the first time. One statement, also for two tabs."""
    with connection.cursor() as cursor:
        keys = {"id": uuid4(), "response": response.pk, "user": user.pk}
        cursor.execute(_NOTE, {**keys, "visit": A_VISIT.total_seconds()})
        row = cursor.fetchone()
    return row[0] if row else None
