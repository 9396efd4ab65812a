"""The workbook in which it is said how far reviews have come: a row for each that can be brought in."""

import io
from typing import Any

from django.utils.translation import get_language_bidi, gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from core.files.spreadsheets import safe_cell
from reviews.bringing.courses import known_programme
from reviews.bringing.sheet import MILESTONE, MOST_REVIEWS
from reviews.programme.models import Mechanism

_BOLD, _SHADE, _LIGHT = Font(bold=True), PatternFill("solid", fgColor="E8EEF4"), PatternFill("solid", fgColor="F5F7FA")
_WRAP = Alignment(wrap_text=True, vertical="top")


def courses_template(mechanism: Mechanism) -> bytes:
    """In the active language; its second sheet says what the columns mean."""
    known = known_programme(mechanism)
    book = Workbook()
    sheet: Any = book.active
    sheet.title, notes = _("Reviews"), book.create_sheet(_("Notes"))
    for each in (sheet, notes):
        each.sheet_view.rightToLeft = get_language_bidi()
    columns = known.columns
    for place, (key, label) in enumerate(columns.items(), start=1):
        cell = sheet.cell(1, place, safe_cell(str(label)))
        cell.font, cell.alignment = _BOLD, _WRAP
        cell.fill = _LIGHT if key.startswith(MILESTONE) else _SHADE
        sheet.column_dimensions[cell.column_letter].width = 20
        if key == "step":
            names = [step.name() for step in known.steps]
            for row, name in enumerate(names, start=1):
                notes.cell(row, 1, safe_cell(name))
            choice = DataValidation(type="list", formula1=f"'{notes.title}'!$A$1:$A${len(names)}", allow_blank=True)
            choice.add(f"{cell.column_letter}2:{cell.column_letter}{MOST_REVIEWS + 1}")
            sheet.add_data_validation(choice)
    free = [(code, each.state, each.phase) for code, each in sorted(known.reviews.items()) if not each.obstacle]
    for row, values in enumerate(free, start=2):
        for place, value in enumerate(values, start=1):
            sheet.cell(row, place, safe_cell(value))
    sheet.freeze_panes = "D2"
    for row, words in enumerate(_notes(), start=len(known.steps) + 2):
        notes.cell(row, 1, safe_cell(words)).alignment = _WRAP
    notes.column_dimensions["A"].width = 100
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _notes() -> list[str]:
    return [
        _("One row for each review. Take out the rows of reviews that have not begun."),
        _("The review by its code; or by State and phase, and then the column of the code may go."),
        _("The step by its name, and the day on which the review came to it. The days of earlier steps, where known."),
        _("Days as 2021-03-01, or as days of the program with which you write."),
        _("What is done has a column of its own, for days that are known more exactly. They may stay empty, or go."),
        _("Working languages divided by commas, the first one first."),
    ]
