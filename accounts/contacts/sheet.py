"""A list of contacts as a spreadsheet: its columns, what is wrong with each row, and what it would change; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states import order_of_name
from core.errors import ServiceError
from core.files.spreadsheet_columns import cells_by_key, columns_of, formulas_in
from core.files.spreadsheet_reading import read_lines
from core.language.i18n import isolated
from core.language.known_names import un_language_named
from core.language.text import clean_text
from core.mail.addresses import address_problem, kept_address

COLUMNS: Mapping[str, str | Promise] = {
    "state": gettext_lazy("State"),
    "office": gettext_lazy("Mission or office"),
    "email": gettext_lazy("E-mail address"),
    "language": gettext_lazy("Language"),
    "remark": gettext_lazy("Remark"),
}
_REQUIRED = ("state", "office", "email", "language")
LENGTHS = {"office": 200, "email": 254, "remark": 500}  # characters, as the columns of StateContact hold them


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One office of the file; ``state`` is its State's code, empty for none that is known. ``problems`` by column.

    ``cell``: the State as it stands in the file.
    """

    line: int
    cell: str
    state: str
    office: str
    email: str
    language: str
    remark: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact that is in the list already."""

    key: UUID
    state: str
    office: str
    email: str
    language: str
    remark: str


@dataclass(frozen=True, slots=True)
class ContactChange:
    """What becomes of a row: ``known`` is the contact that it is about, and ``changes`` (old, new) by column.

    New without ``known``; the same as before without ``changes``.
    """

    row: ContactRow
    known: KnownContact | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.known is None and not self.row.problems

    @property
    def is_changed(self) -> bool:
        return bool(self.changes) and not self.row.problems

    @property
    def stays(self) -> bool:
        return self.known is not None and not self.changes and not self.row.problems


def read_sheet(name: str, content: bytes, states: Mapping[str, str]) -> list[ContactRow]:
    """The offices of a file, each with what is wrong with its cells.

    ``states``: from what a State may be called (``codes_by_name``) to its code. Raises ServiceError for the file
    as a whole.
    """
    lines = read_lines(name, content, headers=1, shows_formulas=True)
    columns = columns_of(lines, COLUMNS, required=_REQUIRED, empty=_("There is no contact in this file."))
    if len(lines) == 1:
        raise ServiceError(_("There is no contact in this file."), field="file")
    rows: list[ContactRow] = []
    for line, cells in lines[1:]:
        rows.append(_row(line, cells, columns, states))
    return _without_doubles(rows)


def compared(rows: Iterable[ContactRow], known: Sequence[KnownContact]) -> list[ContactChange]:
    """What would become of each row. An office is known again by its address, or else by its name, in its State."""
    changes: list[ContactChange] = []
    taken: dict[UUID, int] = {}
    addresses = {(each.state, each.email) for each in known}
    for row in rows:
        found = None if row.problems else _known(row, known, addresses, taken)
        if found is not None:
            taken[found.key] = row.line
        changes.append(ContactChange(row, found, _changes(row, found) if found else {}))
    return changes


def _known(
    row: ContactRow, known: Sequence[KnownContact], addresses: set[tuple[str, str]], taken: Mapping[UUID, int]
) -> KnownContact | None:
    own = [each for each in known if each.state == row.state and each.key not in taken]
    if (row.state, row.email) in addresses:
        return next((each for each in own if each.email == row.email), None)
    named = [each for each in own if each.office.casefold() == row.office.casefold()]
    return named[0] if len(named) == 1 else None


def _changes(row: ContactRow, known: KnownContact) -> dict[str, tuple[str, str]]:
    names = ("office", "email", "language", *(["remark"] if row.remark else []))
    pairs = {name: (getattr(known, name), getattr(row, name)) for name in names}
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _without_doubles(rows: Sequence[ContactRow]) -> list[ContactRow]:
    """A State has an address once, and an office of one name once: two rows for one would contradict each other."""
    found: dict[tuple[str, str], int] = {}
    checked: list[ContactRow] = []
    for row in rows:
        problems = dict(row.problems)
        for column, value in (("email", row.email), ("office", row.office.casefold())):
            if row.state and value and not problems:
                first = found.setdefault((row.state, f"{column}:{value}"), row.line)
                if first != row.line:
                    problems[column] = _("The same State and the same cell as in row %(line)d.") % {"line": first}
        checked.append(_with(row, problems))
    return checked


def _with(row: ContactRow, problems: Mapping[str, str]) -> ContactRow:
    facts: dict[str, Any] = {name: getattr(row, name) for name in ContactRow.__slots__ if name != "problems"}
    return ContactRow(**facts, problems=problems)


def _row(line: int, cells: Sequence[str], columns: Mapping[int, str], states: Mapping[str, str]) -> ContactRow:
    given = cells_by_key(cells, columns)
    state, language = given["state"], given["language"]
    row = ContactRow(
        line,
        cell=state,
        state=states.get(order_of_name(state), ""),
        office=given["office"],
        email=kept_address(given["email"]),
        language=un_language_named(language) if language else "",
        remark=given.get("remark", ""),
    )
    return _with(row, _problems(row, language) | formulas_in(given))


def _problems(row: ContactRow, language: str) -> dict[str, str]:
    problems = {}
    if not row.cell:
        problems["state"] = _("Enter the State.")
    elif not row.state:
        message = _("“%(cell)s” is no State of the list. Enter its code of three letters, or its official short name.")
        problems["state"] = message % {"cell": isolated(row.cell[:60])}
    if not row.office:
        problems["office"] = _("Enter the mission or office.")
    if problem := address_problem(row.email):
        problems["email"] = problem
    if not row.language:
        message = _("“%(cell)s” is none of the six languages of the United Nations.")
        problems["language"] = message % {"cell": isolated(language[:40])} if language else _("Enter the language.")
    for name, most in LENGTHS.items():
        try:
            clean_text(getattr(row, name), maximum=most, field=name)
        except ServiceError as error:
            problems[name] = str(error)
    return problems
