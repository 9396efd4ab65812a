"""How the first migration of each app says what its tables are: a line a column, and what many have said once.

Those migrations have been applied: add others beside these functions rather than change what they give.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import PROTECT, BaseConstraint

LANGUAGES = [
    ("ar", "Arabic"), ("zh-hans", "Chinese"), ("en", "English"), ("fr", "French"), ("ru", "Russian"), ("es", "Spanish"),
]  # fmt: skip
USER = settings.AUTH_USER_MODEL
NULL: dict[str, Any] = {"null": True}
MAYBE: dict[str, Any] = {"null": True, "blank": True}

Columns = list[tuple[str, "models.Field[Any, Any]"]]
_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh_hans")


def table(
    name: str, one: str, many: str, columns: Columns, constraints: Sequence[BaseConstraint] = (), **options: Any
) -> CreateModel:
    """A table whose rows have what all have, with the words for one row and for many.

    It bears the name ``of`` another app where its model stood there before.
    """
    return bare_table(name, one, many, [*base(), *columns], constraints, **options)


def bare_table(
    name: str, one: str, many: str, columns: Columns, constraints: Sequence[BaseConstraint] = (), **options: Any
) -> CreateModel:
    """One whose rows have these columns alone."""
    words = {"verbose_name": one, "verbose_name_plural": many}
    named = {"db_table": f"{options.pop('of')}_{name.lower()}"} if "of" in options else {}
    return CreateModel(name, columns, {**words, **named, **options, "constraints": list(constraints)})


def base() -> Columns:
    """What every row of ``core.models.BaseModel`` has."""
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
    ]


def translated(name: str, column: type[models.Field[Any, Any]], **options: Any) -> Columns:
    """A text of the reference data and one of each language, which may be missing."""
    return [
        (name, column(**options)),
        *[(f"{name}_{language}", column(**options, null=True)) for language in _LANGUAGES],
    ]


def shown(name: str, label: str, **options: Any) -> Columns:
    """What somebody writes in Markdown, and how it is shown."""
    html = models.TextField("the text as it is shown", blank=True, default="", editable=False)
    return [(name, models.TextField(label, **options)), (f"{name}_html", html)]


def file(name: str, label: str, place: Callable[..., str], **options: Any) -> Columns:
    """A file, what it was called, and its hash."""
    return [
        (name, models.FileField(label, upload_to=place, max_length=200, **options)),
        (f"{name}_name", models.CharField("name of the file", max_length=200, **options)),
        ("sha256", models.CharField("SHA-256 of the file", max_length=64, **options)),
    ]


def moments(options: Mapping[str, Any], **labels: str) -> Columns:
    """When something was done, a column each."""
    return [(name, models.DateTimeField(label, **options)) for name, label in labels.items()]


def days(options: Mapping[str, Any], **labels: str) -> Columns:
    """On which day something was done or is due, a column each."""
    return [(name, models.DateField(label, **options)) for name, label in labels.items()]


def people(options: Mapping[str, Any], **labels: str) -> Columns:
    """Who did something, a column each; an account that is named stays."""
    return [(name, key(USER, label, **options)) for name, label in labels.items()]


def done(options: Mapping[str, Any], **labels: str) -> Columns:
    """Who did something and when, two columns each: ``by`` and ``at`` are said here."""
    return [
        column
        for name, label in labels.items()
        for column in (
            (f"{name}_by", key(USER, f"{label} by", **options)),
            (f"{name}_at", models.DateTimeField(f"{label} at", **options)),
        )
    ]


def document(**options: Any) -> Columns:
    """What is frozen, and how its texts are shown."""
    rendered = models.JSONField("the texts as they are shown", default=dict, blank=True, editable=False)
    return [("document", models.JSONField("document", **options)), ("rendered", rendered)]


def list_of(column: models.Field[Any, Any], label: str, **options: Any) -> ArrayField[Any, Any]:
    """Several values of one kind, none to begin with."""
    return ArrayField(column, default=list, verbose_name=label, **options)


def key(to: str, label: str, related: str = "+", *, rule: Any = PROTECT, **options: Any) -> models.ForeignKey[Any, Any]:
    """A row of another table, which stays as long as this one does where no other ``rule`` is said."""
    return models.ForeignKey(to, rule, related_name=related, verbose_name=label, **options)


def one_key(
    to: str, label: str, related: str = "+", *, rule: Any = PROTECT, **options: Any
) -> models.OneToOneField[Any, Any]:
    """A row of another table that no other row names."""
    return models.OneToOneField(to, rule, related_name=related, verbose_name=label, **options)


def keys(to: str, label: str, related: str = "+", **options: Any) -> models.ManyToManyField[Any, Any]:
    """Rows of another table."""
    return models.ManyToManyField(to, related_name=related, verbose_name=label, **options)


def once(name: str, *fields: str, **options: Any) -> models.UniqueConstraint:
    """No two rows have the same in all of these columns."""
    return models.UniqueConstraint(fields=fields, name=name, **options)


def holds(name: str, condition: models.Q, **options: Any) -> models.CheckConstraint:
    """Of each row the condition holds."""
    return models.CheckConstraint(condition=condition, name=name, **options)


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """The operations of a first migration: its tables at once, and then what alters them, in the order given."""
    made = [each for each in operations if isinstance(each, CreateModel)]
    return [CreateTables(made), *[each for each in operations if not isinstance(each, CreateModel)]]


class CreateTables(Operation):
    """``CreateModel`` for each of these tables.

    Django renders a model anew, with all that it hangs together with, for each table that comes. Of 163 tables nearly
    all hang together: 12 of the 15 seconds of processor that a new database cost went there.
    """

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # What was rendered is rendered anew, once, when it is asked for next.
        state.__dict__.pop("apps", None)
        for each in self.tables:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in self.tables:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in reversed(self.tables):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return ", ".join(each.describe() for each in self.tables)
