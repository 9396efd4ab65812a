"""Columns that first migrations of several apps write: of what lies in a room, and of what is said of a source.

Those migrations have been applied: add others beside them rather than change what they give.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations import CreateModel
from django.db.models import CASCADE, BaseConstraint, CheckConstraint, Q

from core.database.columns import LANGUAGES, MAYBE, Columns, holds, key, table

MARKS = [
    ("S", "Stated in the rules of the mechanism"), ("U", "Stated on the mechanism's public pages"),
    ("P", "Another published page"), ("I", "An inference"), ("M", "Not verified"),
]  # fmt: skip
BASES = [("same_group", "From the same regional group"), ("other_group", "From another regional group")]


def room_table(
    name: str, one: str, many: str, columns: Columns, constraints: Sequence[BaseConstraint] = (), **options: Any
) -> CreateModel:
    """A table of what lies in a room: its rows have what those of ``ConfidentialModel`` have."""
    place: Columns = [
        ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
        ("review", key("reviews.review", "review", rule=CASCADE)),
        ("room", key("accounts.stateparty", "room", **MAYBE)),
    ]
    return table(name, one, many, [*place, *columns], constraints, **options)


def evidence(**options: Any) -> Columns:
    """Where what a row says was read."""
    return [
        ("evidence_mark", models.CharField("evidence", max_length=1, choices=MARKS, **options)),
        ("evidence_note", models.TextField("note on the evidence", blank=True)),
    ]


def sourced(related: str, **options: Any) -> Columns:
    """Where what a row of a mechanism says was read, and the mechanism."""
    return [*evidence(), ("mechanism", key("reviews.mechanism", "mechanism", related, **options))]


def here_or_brought_in(name: str, *here: str, **brought: Any) -> CheckConstraint:
    """A row was brought in, which may ask more of it, or has all that what is done ``here`` leaves, and not both."""
    done_here = Q(brought_piece=None, **{f"{column}__isnull": False for column in here})
    return holds(name, done_here | Q(brought_piece__isnull=False, **dict.fromkeys(here), **brought))
