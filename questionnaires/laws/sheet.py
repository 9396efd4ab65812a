"""A list of laws as a table: its columns, what is wrong with each row, and what it would change; pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_columns import cells_by_key, columns_of, formulas_in
from core.files.spreadsheet_reading import read_lines
from core.files.spreadsheets import own_text
from core.language.i18n import isolated
from core.language.known_names import in_every_language, un_language_named
from questionnaires.laws.enums import LawKind, LawStatus
from questionnaires.laws.labels import LANGUAGE_NAMES, articles_words
from questionnaires.laws.models import Law
from questionnaires.laws.names import law_key, names_of
from questionnaires.laws.validators import (
    OTHER_LANGUAGE,
    KnownArticles,
    LawInput,
    cleaned,
    contradictions,
    too_many_names,
)

COLUMNS: Mapping[str, str | Promise] = {
    "title": pgettext_lazy("of a law", "Title"),
    "translation": gettext_lazy("Title in translation"),
    "kind": gettext_lazy("Kind"),
    "number": gettext_lazy("Number"),
    "dated": gettext_lazy("Date"),
    "language": gettext_lazy("Language"),
    "status": gettext_lazy("Status"),
    "since": gettext_lazy("From when"),
    "link": gettext_lazy("Link"),
    "articles": gettext_lazy("Articles that it implements"),
    "also_cited_as": gettext_lazy("Also cited as"),
    "text": gettext_lazy("Text"),
}
_REQUIRED = ("title",)
_CHOICES = {"kind": LawKind.choices, "status": LawStatus.choices}
_DEFAULTS = {"kind": str(LawKind.LAW.value), "status": str(LawStatus.IN_FORCE.value)}


@dataclass(frozen=True, slots=True)
class LawRow:
    """One law of the file; ``problems`` by column."""

    line: int
    given: LawInput
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def packed(self) -> list[Any]:
        """For the form that confirms it; only rows without problems are confirmed."""
        days = {name: day.isoformat() if (day := getattr(self.given, name)) else "" for name in ("dated", "since")}
        return [self.line, asdict(self.given) | days]


def unpacked(packed: Sequence[Any]) -> LawRow:
    line, columns = packed
    days = {name: parse_date(columns[name]) if columns[name] else None for name in ("dated", "since")}
    return LawRow(line, LawInput(**{**columns, **days}))


@dataclass(frozen=True, slots=True)
class LawChange:
    """What becomes of a row: ``law`` is the entry that it is about, ``changes`` (old, new) by column.

    New without ``law``; the same as before without ``changes``.
    """

    row: LawRow
    law: Law | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.law is None and not self.row.problems

    @property
    def is_changed(self) -> bool:
        return bool(self.changes) and not self.row.problems

    @property
    def stays(self) -> bool:
        return self.law is not None and not self.changes and not self.row.problems


def read_sheet(name: str, content: bytes, articles: KnownArticles) -> list[LawRow]:
    """The laws of a file, each with what is wrong with its cells. Raises ServiceError for the file as a whole."""
    lines = read_lines(name, content, headers=1, shows_formulas=True, keeps_lines=True)
    empty = _("There is no law in this file.")
    columns = columns_of(lines, COLUMNS, required=_REQUIRED, empty=empty)
    if len(lines) == 1:
        raise ServiceError(empty, field="file")
    return _without_doubles([_row(line, cells_by_key(cells, columns), articles) for line, cells in lines[1:]])


def _row(line: int, cells: Mapping[str, str], articles: KnownArticles) -> LawRow:
    problems: dict[str, str] = {}
    words: dict[str, Any] = {key: own_text(cells.get(key, "")) for key in COLUMNS}
    for key in ("dated", "since"):
        words[key] = _day(words[key], key, problems)
    for key, choices in _CHOICES.items():
        words[key] = in_every_language(dict(choices)).get(words[key].casefold(), words[key])
    words["language"] = _language(words["language"])
    defaults = {key: default for key, default in _DEFAULTS.items() if not words[key]}
    columns, wrong = cleaned(LawInput(**{**words, **defaults}), articles)
    problems = {key: str(error) for key, error in wrong.items()} | problems | formulas_in(cells)
    if not problems:
        words = {**columns, **dict.fromkeys(defaults, ""), "articles": ", ".join(columns["articles"])}
    return LawRow(line, LawInput(**words), problems)


def _language(words: str) -> str:
    if words.casefold() in in_every_language({OTHER_LANGUAGE: dict(LANGUAGE_NAMES)[OTHER_LANGUAGE]}):
        return OTHER_LANGUAGE
    return (un_language_named(words) or words) if words else ""


def _day(cell: str, key: str, problems: dict[str, str]) -> dt.date | None:
    if not cell:
        return None
    try:
        day = parse_date(cell)
    except ValueError:  # a day that no month has
        day = None
    if day is None:
        message = _("“%(cell)s” is no date. Write the year, the month and the day: 2024-05-31.")
        problems[key] = message % {"cell": isolated(cell[:40])}
    return day


def _without_doubles(rows: Sequence[LawRow]) -> list[LawRow]:
    """A name means one law: two rows with one would contradict each other."""
    found: dict[str, int] = {}
    checked = []
    for row in rows:
        problems = dict(row.problems)
        for key, column in names_of(row.given).items():
            first = found.setdefault(key, row.line)
            if first != row.line:
                problems.setdefault(column, _("The same law as in row %(line)d.") % {"line": first})
        checked.append(replace(row, problems=problems))
    return checked


def compared(rows: Iterable[LawRow], named: Mapping[str, Law]) -> list[LawChange]:
    """What would become of each row. ``named``: the laws of the library by their names.

    A law is known again by its title. What the file leaves empty stays as it is; two rows cannot be about one law, and
    none can take a name of another.
    """
    changes, taken = [], dict[Any, int]()
    for row in rows:
        law, problems = named.get(law_key(row.given.title)), dict(row.problems)
        for key, column in names_of(row.given).items():
            if (other := named.get(key)) is not None and other != law:
                message = _("This is what another law of the library is called: %(title)s.")
                problems.setdefault(column, message % {"title": isolated(other.title)})
        if error := too_many_names(row.given.also_cited_as, names_of(law) if law else ()):
            problems.setdefault("also_cited_as", str(error))
        if law is not None and taken.setdefault(law.pk, row.line) != row.line:
            problems.setdefault("title", _("The same law as in row %(line)d.") % {"line": taken[law.pk]})
        change = LawChange(row, law, _changes(row, law) if law is not None else {})
        if not problems:  # with what stands where the row is empty
            problems = contradictions(asdict(input_of(change)))
        changes.append(replace(change, row=replace(row, problems=problems)))
    return changes


def _changes(row: LawRow, law: Law) -> dict[str, tuple[str, str]]:
    stored = cells_of(law)
    new = {key: cell_of(getattr(row.given, key)) for key in COLUMNS}
    return {key: (stored[key], value) for key, value in new.items() if value and value != stored[key]}


def cells_of(law: Law) -> dict[str, str]:
    """An entry by columns, in codes."""
    return {key: cell_of(getattr(law, key)) for key in COLUMNS}


def cell_of(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def input_of(change: LawChange) -> LawInput:
    """What is written: the row, and for what it leaves empty what stands, or the usual."""
    law = change.law
    stands: Mapping[str, Any] = _DEFAULTS
    if law is not None:
        stands = {key: getattr(law, key) for key in COLUMNS} | {"articles": ", ".join(law.articles)}
    given: dict[str, Any] = {key: getattr(change.row.given, key) or stands.get(key, "") for key in COLUMNS}
    return LawInput(**given | {key: given[key] or None for key in ("dated", "since")})


def words_of(key: str, cell: str, instruments: Mapping[str, str]) -> str:
    """A cell in the reader's words; ``instruments``: short names by slug."""
    if key in _CHOICES:
        return str(dict(_CHOICES[key]).get(cell, cell))
    if key == "language":
        return str(dict(LANGUAGE_NAMES).get(cell, cell))
    return articles_words(cell.split(", "), instruments) if key == "articles" and cell else cell
