"""The figures as a workbook, in the active language."""

import io

from openpyxl import Workbook

from portal.cockpit import NOT_TOLD, Report, add_sheet


def workbook_of(report: Report) -> bytes:
    """A sheet a table; what is not told stays a dash, and no text becomes a formula (``add_sheet``: ``safe_row``)."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(report.tables, start=1):
        rows = [[_cell(value) if place else value for place, value in enumerate(row)] for row in table.rows]
        add_sheet(book, f"{number}. {_plain(table.title)}", table.heads, [*rows, [table.note]])
    notes = [[words] for words in (report.day, *report.paragraphs, report.method)]
    add_sheet(book, f"{len(report.tables) + 1}.", [report.title], notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: str) -> int | str:
    return value if value == NOT_TOLD else int(value)


def _plain(title: str) -> str:
    """Without what the name of a sheet may not hold."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
