"""Reasons and notes that States write for languages and dates: left in the database for who may not read them."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def without_words(rows: QuerySet[M], *names: str) -> list[M]:
    """The rows for a page to show: these fields are not in the query, and empty. Never save one."""
    found = list(rows.defer(*names))
    for row in found:
        for name in names:
            setattr(row, name, "")
    return found
