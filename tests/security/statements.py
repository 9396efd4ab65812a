"""Statements that somebody runs as the role with which the pages are served, past all of our program."""

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, ProgrammingError

from tests.plain_role import plain_role


def run(statement: str, *values: object) -> int:
    """How many rows a statement of the plain role finds."""
    with plain_role(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(statement: str, *values: object, words: str = "permission denied") -> None:
    """The database refuses a statement of the plain role."""
    with pytest.raises(ProgrammingError, match=words), transaction.atomic():
        run(statement, *values)


def refused_at_the_door(statement: str, *values: object, words: str) -> None:
    """It refuses one of the role that signs people in."""
    raises = pytest.raises(ProgrammingError, match=words)
    with plain_role(), connections["door"].cursor() as cursor, raises, transaction.atomic():
        cursor.execute(statement, values)


def refused_at_the_end(statement: str, *values: object, words: str) -> None:
    """At the latest, where it would be committed."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        _run_to_the_end(statement, values)


def _run_to_the_end(statement: str, values: tuple[object, ...]) -> None:
    with plain_role(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
