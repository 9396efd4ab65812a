"""The workbook in which a State lists its people: empty rows to fill in, and a sheet that explains the codes.

Column keys stand in a hidden first row, so that the words of the second may be in any language.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.worksheet.worksheet import Worksheet

from core.files.spreadsheet_reading import MOST_ROWS
from core.files.spreadsheets import safe_cell
from core.files.templates import BOLD, content_of, offer, two_sheets, write_heading
from core.language.i18n import UN_LANGUAGES
from reviews.cases.enums import ParticipationRole
from reviews.nominations.selectors import Delegation
from reviews.nominations.sheet import COLUMNS

_HEADINGS = 2
_WIDTHS = {"review": 14, "role": 24, "full_name": 28, "email": 34, "job_title": 28, "organization": 34, "phone": 20}


def nomination_template(delegations: Sequence[Delegation]) -> bytes:
    """The workbook for the reviews of one State, in the active language."""
    book, people, codes = two_sheets(_("People"), _("Codes"))
    _head(people)
    lists = _explain(codes, delegations)
    for place, key in enumerate(COLUMNS, start=1):
        if cells := lists.get(key):
            letter = people.cell(1, place).column_letter
            offer(people, letter, f"'{codes.title}'!{cells}", first=_HEADINGS + 1, last=_HEADINGS + MOST_ROWS)
    return content_of(book)


def _head(sheet: Worksheet) -> None:
    for place, (key, label) in enumerate(COLUMNS.items(), start=1):
        _write(sheet, 1, place, key)
        write_heading(sheet, place, str(label), width=_WIDTHS.get(key, 14), row=_HEADINGS)
        for row in range(_HEADINGS + 1, _HEADINGS + MOST_ROWS + 1):
            # Text, so that no program takes a telephone number that begins with + for a sum.
            sheet.cell(row, place).number_format = "@"
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"A{_HEADINGS + 1}"


def _explain(sheet: Worksheet, delegations: Sequence[Delegation]) -> dict[str, str]:
    """Write the three tables of codes; give for each column the cells that hold what may stand there."""
    reviews = [
        (each.review.code, _("Review of %(state)s") % {"state": each.review.state_under_review}, each.side.label)
        for each in delegations
    ]
    roles = [(str(label), "", "") for _value, label in ParticipationRole.choices]
    languages = [(str(label), code, "") for code, label in UN_LANGUAGES]
    row, places = 1, {}
    for key, title, lines in (
        ("review", _("Review code"), reviews),
        ("role", _("Role"), roles),
        ("language", _("Language"), languages),
    ):
        _write(sheet, row, 1, title).font = BOLD
        row += 1
        if lines:
            places[key] = f"$A${row}:$A${row + len(lines) - 1}"
        row = _table(sheet, row, lines) + 1
    for column, width in (("A", 28), ("B", 44), ("C", 24)):
        sheet.column_dimensions[column].width = width
    _write(sheet, row, 1, _("National contributors are named by the State under review only."))
    return places


def _table(sheet: Worksheet, row: int, lines: Iterable[Sequence[Any]]) -> int:
    for line in lines:
        for place, value in enumerate(line, start=1):
            _write(sheet, row, place, str(value))
        row += 1
    return row


def _write(sheet: Worksheet, row: int, column: int, value: str) -> Any:
    """Text and nothing else, also where it begins with = + - or @."""
    cell = sheet.cell(row, column)
    cell.value = safe_cell(value)
    cell.data_type = TYPE_STRING
    return cell
