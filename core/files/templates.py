"""The frame of a workbook that people fill in: a sheet for their rows, another that explains, choices in a column."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language_bidi
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from core.files.spreadsheets import safe_cell

BOLD, WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")
SHADE, LIGHT = PatternFill("solid", fgColor="E8EEF4"), PatternFill("solid", fgColor="F5F7FA")


def two_sheets(title: str, beside: str) -> tuple[Workbook, Any, Any]:
    """A workbook with these two sheets, in the direction of the active language."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    other = book.create_sheet(beside)
    for each in (sheet, other):
        each.sheet_view.rightToLeft = get_language_bidi()
    return book, sheet, other


def write_heading(sheet: Any, place: int, label: str, *, width: int, row: int = 1, fill: PatternFill = SHADE) -> Any:
    """Over the column at ``place``, which is made so wide (in characters). Gives the cell."""
    cell = sheet.cell(row, place, safe_cell(label))
    cell.font, cell.fill, cell.alignment = BOLD, fill, WRAP
    sheet.column_dimensions[cell.column_letter].width = width
    return cell


def write_notes(sheet: Any, notes: Iterable[str], *, first: int = 1) -> None:
    """Into the first column, from this row on."""
    for row, words in enumerate(notes, start=first):
        sheet.cell(row, 1, safe_cell(words)).alignment = WRAP
    sheet.column_dimensions["A"].width = 100


def offer(sheet: Any, column: str, choices: str, *, first: int, last: int) -> None:
    """A list of these cells to choose from, in these rows; something else may be typed, and the upload says so."""
    choice = DataValidation(type="list", formula1=choices, allow_blank=True)
    choice.add(f"{column}{first}:{column}{last}")
    sheet.add_data_validation(choice)


def content_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
