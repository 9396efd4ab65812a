"""Which column of a list means what: its first row names them, in any language of the pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.spreadsheet_reading import Line
from core.language.i18n import isolated, list_of
from core.language.known_names import in_every_language

Columns = Mapping[str, str | Promise]  # what people call them, by the key that the code knows them by


class ReadRow(Protocol):
    """A row that was read, with what is wrong with it by the keys of its columns."""

    @property
    def problems(self) -> Mapping[str, str]: ...


Row = TypeVar("Row", bound=ReadRow)
_LONGEST = 40  # characters of a heading that are said again


def columns_of(lines: Sequence[Line], columns: Columns, *, required: Sequence[str], empty: str) -> dict[int, str]:
    """The key of each place that a row has.

    Raises ServiceError (field ``file``) with what is missing, unknown or there twice, and with ``empty`` for no rows.
    """
    if not lines:
        raise ServiceError(empty, field="file")
    cells, known = lines[0][1], in_every_language(columns)
    places = {place: known.get(cell.casefold(), "") for place, cell in enumerate(cells) if cell}
    keys = list(places.values())
    missing = [str(columns[key]) for key in required if key not in keys]
    unknown = [isolated(cells[place][:_LONGEST]) for place, key in places.items() if not key]
    twice = [str(columns[key]) for key in columns if keys.count(key) > 1]
    wrong = (
        (_("The first row names no column for: %(columns)s."), missing),
        (_("These columns are not known: %(columns)s."), unknown),
        (_("These columns are there twice: %(columns)s."), twice),
    )
    if said := [words % {"columns": list_of(which)} for words, which in wrong if which]:
        raise ServiceError(" ".join([*said, _("Use the template.")]), field="file")
    return places


def cells_by_key(cells: Sequence[str], places: Mapping[int, str]) -> dict[str, str]:
    """The cells of a row by the keys of their columns; what the row does not reach is empty."""
    return {key: cells[place] if place < len(cells) else "" for place, key in places.items()}


def formulas_in(given: Mapping[str, str]) -> dict[str, str]:
    """What to say of each cell that is worked out (``read_lines`` with ``shows_formulas``)."""
    words = _("This cell is worked out by a formula. Enter the value itself.")
    return {key: words for key, cell in given.items() if cell.startswith("=")}


def wrong_rows(rows: Iterable[Row], columns: Columns) -> list[tuple[Row, list[tuple[str, str]]]]:
    """Each wrong row with its wrong cells: the column as people call it, and what is wrong."""
    return [
        (row, [(str(columns.get(key, key)), words) for key, words in row.problems.items()])
        for row in rows
        if row.problems
    ]
