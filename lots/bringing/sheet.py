"""A draw as a spreadsheet: what its columns mean, and what is wrong with each row, by cell; pure.

One row for each pair: a State under review, its group, and a State that reviews it. Roles are not asked for: they
follow from the regional groups. Nor is who is an extra reviewer: of several in one role it is all but the one that
reviews the first instrument.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_columns import columns_of
from core.files.spreadsheet_reading import read_lines
from core.language.i18n import isolated, list_of

COLUMNS: Mapping[str, str | Promise] = {
    "state": gettext_lazy("State under review"),
    "group": gettext_lazy("Group"),
    "reviewer": gettext_lazy("Reviewing State"),
    "instruments": gettext_lazy("Instruments"),
}
_REQUIRED = ("state", "group", "reviewer")
MOST_PAIRS = 5_000


@dataclass(frozen=True, slots=True)
class BroughtPair:
    """One row; States by code, ``problems`` by column, ``cell`` the State under review as it was typed.

    ``reviewer`` is empty for a State whose reviewers nobody knows, ``instruments`` for all that both have joined.
    """

    line: int
    state: str
    group: int
    reviewer: str
    instruments: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    cell: str = ""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What may stand in a cell: States by whatever they are called, instruments likewise, and numbers of groups."""

    states: Mapping[str, str]
    instruments: Mapping[str, str]
    groups: frozenset[int]


def read_pairs(name: str, content: bytes, known: KnownWords) -> list[BroughtPair]:
    """The pairs of a file, each with what is wrong with its cells. Raises ServiceError for the file as a whole."""
    lines = read_lines(name, content, headers=1, shows_formulas=True, most_rows=MOST_PAIRS)
    empty = _("There is no pair in this file.")
    columns = columns_of(lines, COLUMNS, required=_REQUIRED, empty=empty)
    if len(lines) < 2:
        raise ServiceError(empty, field="file")
    return list(_against_each_other([_pair(line, cells, columns, known) for line, cells in lines[1:]]))


def _pair(line: int, cells: Sequence[str], columns: Mapping[int, str], known: KnownWords) -> BroughtPair:
    given = {key: cells[place] if place < len(cells) else "" for place, key in columns.items()}
    problems = {
        key: _("This cell is worked out by a formula. Enter the value itself.")
        for key, cell in given.items()
        if cell.startswith("=")
    }
    codes = {key: known.states.get(given[key].casefold(), "") for key in ("state", "reviewer")}
    if not given["state"]:
        problems.setdefault("state", _("Enter the State."))
    for key, code in codes.items():
        if given[key] and not code:
            problems.setdefault(key, _("“%(cell)s” is no State of the list.") % {"cell": isolated(given[key][:60])})
    if codes["state"] and codes["state"] == codes["reviewer"]:
        problems.setdefault("reviewer", _("No State reviews itself."))
    group = next((number for number in known.groups if str(number) == given["group"]), 0)
    if not group:
        numbers = list_of([str(number) for number in sorted(known.groups)])
        problems.setdefault("group", _("Enter the number of the group: %(numbers)s.") % {"numbers": numbers})
    words = given.get("instruments", "").replace(",", " ").replace(";", " ").split()
    joined = tuple(known.instruments.get(word.casefold(), "") for word in words)
    if not all(joined):
        message = _("Enter the short names of instruments, divided by spaces: %(known)s.")
        problems.setdefault("instruments", message % {"known": list_of(sorted(set(known.instruments.values())))})
    instruments = tuple(dict.fromkeys(joined))
    return BroughtPair(line, codes["state"], group, codes["reviewer"], instruments, problems, given["state"])


def _against_each_other(pairs: Sequence[BroughtPair]) -> Iterator[BroughtPair]:
    groups: dict[str, tuple[int, int]] = {}
    seen: dict[tuple[str, str], int] = {}
    for pair in pairs:
        problems = dict(pair.problems)
        group, line = groups.setdefault(pair.state, (pair.group, pair.line))
        if pair.state and group != pair.group:
            problems.setdefault("group", _("In row %(line)d this State is in another group.") % {"line": line})
        first = seen.setdefault((pair.state, pair.reviewer), pair.line)
        if pair.state and first != pair.line:
            problems.setdefault("reviewer", _("The same pair as in row %(line)d.") % {"line": first})
        yield replace(pair, problems=problems)
