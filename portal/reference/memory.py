"""Remembers what was loaded of each row of the reference data, so that what a person changed is left alone.

A row that still says what was last loaded follows the files. One that says something else a person changed; one that is
gone a person took out; one that was never loaded a person added. None of these is touched: the difference is told. A
database from before there was this memory is read the same way: a row that differs from the files is a person's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.text import capfirst

from core.models import LoadedRow, ProposedRow

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class RowDifference:
    """Something that the files would have otherwise: ``columns`` are name, here, in the files."""

    row: str
    what: str
    columns: tuple[tuple[str, str | None, str | None], ...] = ()

    def __str__(self) -> str:
        columns = "; ".join(f"{name}: “{here}” here, “{given}” in the files" for name, here, given in self.columns)
        return f"{self.row}: {self.what}{': ' if columns else ''}{columns}"


class Loading:
    """One run of the loader, inside a transaction: ``row`` for each row of the files, ``end`` at the end.

    ``remembers`` is False for rows that are the institution's own from the first moment: no start follows their files,
    and none of what is there is touched.
    """

    def __init__(self, *, remembers: bool = True) -> None:
        self.remembers = remembers
        self.differences: list[RowDifference] = []
        self.seen_first: set[UUID] = set()
        """The rows that no run before this one has seen."""
        self._memory = {(known.table, known.key): known for known in LoadedRow.objects.all()} if remembers else {}
        self._asked: set[tuple[str, str]] = set()
        self._to_write: dict[tuple[str, str], LoadedRow] = {}
        self._proposed: dict[tuple[str, str], ProposedRow] = {}
        self._proposed_before = {(row.table, row.key): row for row in ProposedRow.objects.all()} if remembers else {}
        self._rows: dict[type[models.Model], dict[UUID, Any]] = {}
        self._keys: dict[type[models.Model], dict[str, Any]] = {}

    def row(
        self,
        model: type[Row],
        lookup: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        at_first: Mapping[str, Any] | None = None,
    ) -> Row | None:
        """Make one row what the files say, unless a person had a say in it; None where a person took it out.

        ``lookup`` names the row among others, ``at_first`` are columns that are given to a new row only.
        """
        given = {**lookup, **values}
        if any(value is None and not model._meta.get_field(name).null for name, value in given.items()):
            return None  # it belongs to a row that a person took out
        texts = {name: text_in(model, name, value) for name, value in given.items()}
        key = _joined(texts[name] for name in lookup)
        self._asked.add((model._meta.db_table, key))
        known = self._memory.get((model._meta.db_table, key))
        row: Row | None = self._find(model, lookup, key, known)
        if row is None and known is not None:
            self.differences.append(RowDifference(_words(model, lookup), "taken out here, and stays so"))
            return None
        if row is None:
            row = model._default_manager.create(**given, **(at_first or {}))
            self._rows[model][row.pk] = self._keys[model][key] = row
        elif self._is_a_persons(row, texts, self._loaded(row, key, known)):
            columns = tuple((_label(row, name), *pair) for name, pair in differing_columns(row, texts).items())
            self.differences.append(RowDifference(_words(model, lookup), "changed here, and stays so", columns))
            self._propose(row, key, texts, known)
            texts = known.values if known else texts
        else:
            _follow(row, given, texts)
        self._remember(row, key, known, texts)
        return row

    def take_out_others(
        self, model: type[models.Model], belongs_to: str, owners: Iterable[models.Model | str | None]
    ) -> None:
        """Take out what was loaded once and is no longer in the files; the files have to have been read to the end.

        Only rows whose column ``belongs_to`` names one of ``owners`` are looked at: those of mechanisms, or languages,
        that were read.
        """
        own = {str(getattr(owner, "pk", owner)) for owner in owners if owner is not None}
        rows = {pk: row for pk, row in self._rows_of(model).items() if text_of(row, belongs_to) in own}
        loaded = set()
        for (table, key), known in self._memory.items():
            if table != model._meta.db_table or known.values.get(belongs_to) not in own:
                continue
            loaded.add(known.row)
            if (table, key) in self._asked:
                continue
            row = rows.get(known.row)
            if row is not None and differing_columns(row, known.values):
                self._keep(row, "changed here and no longer in the files; it stays")
            elif row is None or self._could_take_out(row):
                known.delete()
        loaded |= {known.row for known in self._to_write.values()}
        for pk, row in rows.items():
            if pk not in loaded:
                self._keep(row, "added here, and stays")

    def end(self) -> None:
        """Write down what was loaded."""
        if not self.remembers:
            return
        fresh = [known for known in self._to_write.values() if known._state.adding]
        changed = [known for known in self._to_write.values() if not known._state.adding]
        LoadedRow.objects.bulk_create(fresh)
        LoadedRow.objects.bulk_update(changed, ["row", "values", "updated_at"])
        self._write_proposals()

    def _propose(self, row: Any, key: str, texts: Mapping[str, str | None], known: LoadedRow | None) -> None:
        table = row._meta.db_table
        is_new = known is not None and {**known.values, **texts} != known.values
        self._proposed[table, key] = ProposedRow(table=table, key=key, row=row.pk, release=dict(texts), is_new=is_new)

    def _write_proposals(self) -> None:
        """What was decided stays so while the files say the same; what agrees by now is proposed no more."""
        before = self._proposed_before
        ProposedRow.objects.filter(
            pk__in=[row.pk for place, row in before.items() if place not in self._proposed]
        ).delete()
        changed = []
        for place, proposed in self._proposed.items():
            old = before.get(place)
            if old is None or (old.row, old.release) == (proposed.row, proposed.release):
                continue
            if old.release != proposed.release:
                old.declined_at = old.declined_by = None
                old.is_new = True
            old.row, old.release = proposed.row, proposed.release
            changed.append(old)
        ProposedRow.objects.bulk_create(row for place, row in self._proposed.items() if place not in before)
        columns = ["row", "release", "is_new", "declined_at", "declined_by", "updated_at"]
        ProposedRow.objects.bulk_update(changed, columns)

    def _find(self, model: type[Row], lookup: Mapping[str, Any], key: str, known: LoadedRow | None) -> Row | None:
        rows = self._rows_of(model)
        if model not in self._keys:
            self._keys[model] = {_joined(text_of(row, name) for name in lookup): row for row in rows.values()}
        renamed = rows.get(known.row) if known else None
        return renamed or self._keys[model].get(key)

    def _rows_of(self, model: type[models.Model]) -> dict[UUID, Any]:
        if model not in self._rows:
            self._rows[model] = {row.pk: row for row in model._default_manager.all()}
        return self._rows[model]

    def _loaded(self, row: models.Model, key: str, known: LoadedRow | None) -> Mapping[str, str | None] | None:
        """What was last loaded of a row; where an administrator has taken what a release proposed, that."""
        proposed = self._proposed_before.get((row._meta.db_table, key))
        if proposed is not None and not differing_columns(row, proposed.release):
            return proposed.release
        return known.values if known else None

    def _is_a_persons(
        self, row: models.Model, texts: Mapping[str, str | None], known: Mapping[str, str | None] | None
    ) -> bool:
        """A column that is new to the files is nobody's while it holds what every row begins with.

        Who has put the same into a column as the files agrees with them.
        """
        loaded = {**_beginnings(row, texts), **known} if known else texts
        return any(text_of(row, name) not in (loaded[name], text) for name, text in texts.items())

    def _remember(self, row: Any, key: str, known: LoadedRow | None, texts: Mapping[str, str | None]) -> None:
        if known is None:
            self.seen_first.add(row.pk)
            known = LoadedRow(table=row._meta.db_table, key=key)
        if (known.row, known.values) != (row.pk, texts):
            known.row, known.values = row.pk, dict(texts)
            self._to_write[known.table, key] = known

    def _could_take_out(self, row: Any) -> bool:
        try:
            with transaction.atomic():
                pk, _counts = row.pk, row.delete()
        except models.ProtectedError:
            self._keep(row, "no longer in the files, but others rest on it; it stays")
            return False
        del self._rows[type(row)][pk]
        return True

    def _keep(self, row: models.Model, what: str) -> None:
        self.differences.append(RowDifference(f"{capfirst(str(row._meta.verbose_name))} “{row}”", what))


def _beginnings(row: models.Model, names: Iterable[str]) -> dict[str, str | None]:
    """What a row has in columns that nobody gave a value, which may also be nothing; if nobody can say, what it has."""
    found = {}
    for name in names:
        field: Any = row._meta.get_field(name)
        here = text_of(row, name)
        begins = field.has_default() or field.null or field.empty_strings_allowed
        found[name] = text_in(type(row), name, field.get_default()) if here and begins else here
    return found


def _follow(row: models.Model, given: Mapping[str, Any], texts: Mapping[str, str | None]) -> None:
    behind = [name for name, text in texts.items() if text_of(row, name) != text]
    for name in behind:
        setattr(row, name, given[name])
    if behind:
        row.save()


def differing_columns(row: models.Model, texts: Mapping[str, str | None]) -> dict[str, tuple[str | None, str | None]]:
    """By the name of the column, what stands here and in the files; columns that are no longer there are left out."""
    names = {field.name for field in row._meta.concrete_fields}
    pairs = {name: (text_of(row, name), text) for name, text in texts.items() if name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _label(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def text_in(model: type[models.Model], name: str, value: Any) -> str | None:
    """A value of the files as it is remembered; what links to another row is that row's key."""
    if isinstance(value, models.Model):
        value = value.pk
    field: Any = model._meta.get_field(name)
    plain = field.target_field.to_python(value) if field.is_relation else field.to_python(value)
    return None if plain is None else str(plain)


def text_of(row: models.Model, name: str) -> str | None:
    field: Any = row._meta.get_field(name)
    value = getattr(row, field.attname)
    return None if value is None else str(value)


def _joined(texts: Iterable[str | None]) -> str:
    return "|".join(text or "" for text in texts)


def _words(model: type[models.Model], lookup: Mapping[str, Any]) -> str:
    return f"{capfirst(str(model._meta.verbose_name))} “{', '.join(str(value) for value in lookup.values())}”"
