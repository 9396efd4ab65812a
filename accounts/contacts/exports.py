"""The workbook in which contacts are listed: one row of words, and empty rows below it."""

import io
from typing import Any

from django.utils.translation import get_language_bidi, gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.contacts.sheet import COLUMNS
from core.files.spreadsheet_reading import MOST_ROWS
from core.files.spreadsheets import safe_cell
from core.language.i18n import UN_LANGUAGES

_WIDTHS = {"state": 30, "office": 44, "email": 36, "language": 16, "remark": 36}
_BOLD, _SHADE = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")


def contacts_template() -> bytes:
    """The workbook in the active language; its second sheet says how a State and a language are written."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Contacts")
    codes = book.create_sheet(_("Codes"))
    for each in (sheet, codes):
        each.sheet_view.rightToLeft = get_language_bidi()
    for place, (key, label) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(1, place, safe_cell(str(label)))
        cell.font, cell.fill = _BOLD, _SHADE
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS[key]
    sheet.freeze_panes = "A2"
    codes.cell(1, 1, _("Language")).font = _BOLD
    for row, (code, label) in enumerate(UN_LANGUAGES, start=2):
        codes.cell(row, 1, safe_cell(str(label)))
        codes.cell(row, 2, code)
    codes.column_dimensions["A"].width = 28
    words = _("The State by its code of three letters, or by its official short name in one of the six languages.")
    codes.cell(len(UN_LANGUAGES) + 3, 1, safe_cell(words))
    choice = DataValidation(type="list", formula1=f"'{codes.title}'!$A$2:$A${len(UN_LANGUAGES) + 1}", allow_blank=True)
    choice.add(f"D2:D{MOST_ROWS + 1}")
    sheet.add_data_validation(choice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
