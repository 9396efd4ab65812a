"""Columns that the first migration of each app writes again and again.

Those migrations have been applied: add others beside them rather than change what they give.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh_hans")
_Columns = list[tuple[str, "models.Field[Any, Any]"]]


def base() -> _Columns:
    """What every row of ``core.models.BaseModel`` has."""
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
    ]


def translated(name: str, column: type[models.Field[Any, Any]], **options: Any) -> _Columns:
    """A text of the reference data and one of each language, which may be missing."""
    return [
        (name, column(**options)),
        *[(f"{name}_{language}", column(**options, null=True)) for language in _LANGUAGES],
    ]
