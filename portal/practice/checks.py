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
    from accounts.people.models import User
    from portal.practice.models import Exercise
    from reviews.cases.models import Review

    if not databases or not settings.PRACTICE:
        return []
    tables = connection.introspection.table_names()
    if not {Review._meta.db_table, Exercise._meta.db_table, User._meta.db_table} <= set(tables):
        return []
    with identified_as_system():
        is_real = Review.objects.exclude(pk__in=Exercise.objects.exclude(review=None).values("review")).exists()
        if not is_real:  # nor of a portal that is being set up, and has people and no review yet
            casts = Exercise.objects.values_list("cast", flat=True)
            played = {key for cast in casts for key in cast.values()}
            is_real = any(str(key) not in played for key in User.objects.values_list("pk", flat=True).iterator())
    if not is_real:
        return []
    message = "PRACTICE is set, and this database holds reviews that are no exercises, or people of no exercise."
    hint = "A practice portal has a database of its own: docs/operations/practice.md."
    return [checks.Error(message, hint=hint, id="portal.E001")]
