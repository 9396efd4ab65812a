"""The workbook in which it is said how far reviews have come: a row for each that can be brought in."""

from django.utils.translation import gettext as _

from core.files.spreadsheets import safe_cell
from core.files.templates import LIGHT, SHADE, content_of, offer, two_sheets, write_heading, write_notes
from reviews.bringing.courses import known_programme
from reviews.bringing.sheet import MILESTONE, MOST_REVIEWS
from reviews.programme.models import Mechanism


def courses_template(mechanism: Mechanism) -> bytes:
    """In the active language; its second sheet says what the columns mean."""
    known = known_programme(mechanism)
    book, sheet, notes = two_sheets(_("Reviews"), _("Notes"))
    columns = known.columns
    for place, (key, label) in enumerate(columns.items(), start=1):
        fill = LIGHT if key.startswith(MILESTONE) else SHADE
        cell = write_heading(sheet, place, str(label), width=20, fill=fill)
        if key == "step":
            names = [step.name() for step in known.steps]
            for row, name in enumerate(names, start=1):
                notes.cell(row, 1, safe_cell(name))
            choices = f"'{notes.title}'!$A$1:$A${len(names)}"
            offer(sheet, cell.column_letter, choices, first=2, last=MOST_REVIEWS + 1)
    free = [(code, each.state, each.phase) for code, each in sorted(known.reviews.items()) if not each.obstacle]
    for row, values in enumerate(free, start=2):
        for place, value in enumerate(values, start=1):
            sheet.cell(row, place, safe_cell(value))
    sheet.freeze_panes = "D2"
    write_notes(notes, _notes(), first=len(known.steps) + 2)
    return content_of(book)


def _notes() -> list[str]:
    return [
        _("One row for each review. Take out the rows of reviews that have not begun."),
        _("The review by its code; or by State and phase, and then the column of the code may go."),
        _("The step by its name, and the day on which the review came to it. The days of earlier steps, where known."),
        _("Days as 2021-03-01, or as days of the program with which you write."),
        _("What is done has a column of its own, for days that are known more exactly. They may stay empty, or go."),
        _("Working languages divided by commas, the first one first."),
    ]
