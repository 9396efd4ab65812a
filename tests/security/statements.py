"""Statements that somebody runs as the role with which the pages are served, past all of our program."""

import uuid
from typing import Any

import pytest
from django.db import connection, connections, models, transaction
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


def copy_of(row: models.Model, **changes: object) -> tuple[Any, ...]:
    """A statement that adds a row like this one, also for who may not read it, with other values in some columns."""
    row = type(row)._base_manager.get(pk=row.pk)
    given = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    }
    given |= {"id": uuid.uuid4(), **changes}
    columns = ", ".join(connection.ops.quote_name(name) for name in given)
    values = ", ".join("%s" for _name in given)
    return f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({values})", *given.values()  # noqa: S608 - a table of ours


def change_of(row: models.Model, **changes: object) -> tuple[Any, ...]:
    """A statement that writes other values into some columns of a row."""
    columns = ", ".join(f"{name} = %s" for name in changes)
    return f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", *changes.values(), row.pk  # noqa: S608 - as above
