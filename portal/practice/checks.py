"""Keeps the practice portal off a database that holds what is real."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

from core.database.identity import identified_as_system

TAG = "practice"


@checks.register(checks.Tags.database, TAG)
def check_nothing_is_real(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Asked before each start by the role that owns the tables (config/prepare.py); others may not see all reviews."""
    from portal.practice.models import Exercise
    from reviews.cases.models import Review

    if not databases or not settings.PRACTICE:
        return []
    tables = connection.introspection.table_names()
    if not {Review._meta.db_table, Exercise._meta.db_table} <= set(tables):
        return []
    with identified_as_system():
        is_real = Review.objects.exclude(pk__in=Exercise.objects.exclude(review=None).values("review")).exists()
    if not is_real:
        return []
    message = "PRACTICE is set, and this database holds reviews that are no exercises."
    hint = "A practice portal has a database of its own: docs/operations/practice.md."
    return [checks.Error(message, hint=hint, id="portal.E001")]
