"""The workbook in which contacts are listed: one row of words, and empty rows below it."""

from django.utils.translation import gettext as _

from accounts.contacts.sheet import COLUMNS
from core.files.spreadsheet_reading import MOST_ROWS
from core.files.spreadsheets import safe_cell
from core.files.templates import BOLD, content_of, offer, two_sheets, write_heading
from core.language.i18n import UN_LANGUAGES

_WIDTHS = {"state": 30, "office": 44, "email": 36, "language": 16, "remark": 36}


def contacts_template() -> bytes:
    """The workbook in the active language; its second sheet says how a State and a language are written."""
    book, sheet, codes = two_sheets(_("Contacts"), _("Codes"))
    for place, (key, label) in enumerate(COLUMNS.items(), start=1):
        write_heading(sheet, place, str(label), width=_WIDTHS[key])
    sheet.freeze_panes = "A2"
    codes.cell(1, 1, _("Language")).font = BOLD
    for row, (code, label) in enumerate(UN_LANGUAGES, start=2):
        codes.cell(row, 1, safe_cell(str(label)))
        codes.cell(row, 2, code)
    codes.column_dimensions["A"].width = 28
    words = _("The State by its code of three letters, or by its official short name in one of the six languages.")
    codes.cell(len(UN_LANGUAGES) + 3, 1, safe_cell(words))
    offer(sheet, "D", f"'{codes.title}'!$A$2:$A${len(UN_LANGUAGES) + 1}", first=2, last=MOST_ROWS + 1)
    return content_of(book)
