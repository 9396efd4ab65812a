"""Rows of cells out of a spreadsheet that somebody uploads; pure, and never trusting what the file says of itself.

A cell is text: what a formula would give is never worked out, only the value that the file holds is read.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _, ngettext

from core.errors import ServiceError
from core.files.uploads import check_upload
from core.language.text import one_line

Line = tuple[int, tuple[str, ...]]  # its number, as the program shows it, and its cells

ENDINGS = (".xlsx", ".csv")
MOST_MEGABYTES = 2
MOST_ROWS = 500
_MOST_UNPACKED = 20 * 1024 * 1024  # bytes, over all entries of a workbook
_MOST_ENTRIES = 500
_MOST_LINES = 50_000  # empty ones too: a workbook may name a row as far down as it likes
_MOST_COLUMNS = 40
_MOST_IN_A_CELL = 60_000  # characters: a program takes 32,767, and an answer here has fewer than this
_MOST_CHARACTERS = 10_000_000  # over all cells: a text that many cells share is in the file once
_MACROS = frozenset({".xlsm", ".xltm", ".xlsb", ".xlam", ".xls", ".docm", ".dotm", ".doc"})


def bounded_content(file: Any, megabytes: int = MOST_MEGABYTES) -> bytes:
    """What is uploaded, up to one byte more than its reader accepts, by which that sees that this is too much."""
    content: bytes = file.read(megabytes * 1024 * 1024 + 1)
    return content


def read_lines(
    name: str,
    content: bytes,
    *,
    headers: int,
    shows_formulas: bool = False,
    most_rows: int = MOST_ROWS,
    keeps_lines: bool = False,
) -> list[Line]:
    """The rows that hold anything, ``headers`` of which name the columns, and at most ``most_rows`` more.

    With ``shows_formulas`` a cell of a workbook that is worked out is the formula itself, which begins with "=", so
    that the caller can ask for the value instead: what the file holds as its result may be of another day. With
    ``keeps_lines`` the text of a cell keeps its line breaks, as of an answer of several paragraphs. Of a workbook the
    first sheet is read.

    Raises ServiceError (field ``file``), and nothing else, for whatever cannot be read or is too much.
    """
    tidy = _lines_kept if keeps_lines else one_line
    if _checked_ending(name, content, ENDINGS) == ".xlsx":
        sheet = _worksheets(name, content, shows_formulas)[0]
        return _counted(_rows_of_sheet(sheet, tidy), most_rows, headers)
    return _counted(_rows_of_text(content, tidy), most_rows, headers)


def read_sheets(
    name: str, content: bytes, *, sheets: Sequence[str], headers: int, most_rows: int, keeps_lines: bool = False
) -> dict[str, list[Line]]:
    """The same for several sheets of one workbook, by their names; one that the workbook lacks is not among them."""
    tidy = _lines_kept if keeps_lines else one_line
    _checked_ending(name, content, (".xlsx",))
    there = {sheet.title: sheet for sheet in _worksheets(name, content)}
    return {
        title: _counted(_rows_of_sheet(there[title], tidy), most_rows, headers) for title in sheets if title in there
    }


def _checked_ending(name: str, content: bytes, endings: Sequence[str]) -> str:
    ending = PurePath(name).suffix.lower()
    if ending in _MACROS:
        raise _refused(_("This kind of file can hold macros. Save it as .xlsx or .csv, and choose it again."))
    if ending not in endings:
        kinds = ", ".join(each.removeprefix(".") for each in endings)
        raise _refused(_("This kind of file is not accepted. Use one of: %(kinds)s.") % {"kinds": kinds})
    if not content:
        raise _refused(_("This file is empty."))
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        message = ngettext(
            "This file is larger than %(most)d megabyte.",
            "This file is larger than %(most)d megabytes.",
            MOST_MEGABYTES,
        )
        raise _refused(message % {"most": MOST_MEGABYTES})
    return ending


def _refused(message: str) -> ServiceError:
    return ServiceError(message, field="file")


def _counted(rows: Iterable[tuple[str, ...]], most: int, headers: int) -> list[Line]:
    lines: list[Line] = []
    characters = 0
    for number, cells in enumerate(rows, start=1):
        characters += sum(len(cell) for cell in cells)
        if characters > _MOST_CHARACTERS:
            raise _refused(_("This file holds far more text than a list. Divide it into several."))
        if any(cells):
            lines.append((number, cells))
        if len(lines) > most + headers or number > _MOST_LINES:
            message = ngettext(
                "This file has more than %(most)d row. Divide it into several.",
                "This file has more than %(most)d rows. Divide it into several.",
                most,
            )
            raise _refused(message % {"most": most})
    return lines


def _lines_kept(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _worksheets(name: str, content: bytes, shows_formulas: bool = False) -> list[Any]:
    """At least one. Its library is loaded by who reads a workbook: it takes 20 MB of every process that has it."""
    import openpyxl

    check_upload(SimpleUploadedFile(PurePath(name).name, content), field="file")
    _check_size(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=not shows_formulas, keep_links=False
        )
        sheets: list[Any] = book.worksheets
    except Exception as error:  # damage or a hostile hand: a workbook may fail in any way, and then it is none
        raise _unreadable() from error
    if not sheets:
        raise _unreadable()
    return sheets


def _unreadable() -> ServiceError:
    return _refused(_("This workbook cannot be read. Save it once more as .xlsx, or as .csv, and choose it again."))


def _rows_of_sheet(sheet: Any, tidy: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    try:
        sheet.reset_dimensions()  # those that the file claims may be wrong
        for cells in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
            yield tuple(_text(cell, tidy) for cell in cells)
    except ServiceError:
        raise
    except Exception as error:  # as above
        raise _unreadable() from error


def _check_size(content: bytes) -> None:
    """Before anything is unpacked. What an entry claims to be is the most that is ever read of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            entries = container.infolist()
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise _refused(_("This workbook unpacks to far more than a list. Keep the first sheet only."))
            # Entities of a document type could grow without end; no program writes one into a workbook.
            if any(b"<!DOCTYPE" in container.read(entry).replace(b"\0", b"") for entry in entries):
                raise _refused(_("The content of this file is not what its name says."))
    except ServiceError:
        raise
    except Exception as error:
        raise _refused(_("The content of this file is not what its name says.")) from error


def _text(cell: object, tidy: Callable[[str], str]) -> str:
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

    if cell is None:
        return ""
    if isinstance(cell, ArrayFormula | DataTableFormula):
        return "="
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return _tidied(str(cell), tidy)


def _tidied(value: str, tidy: Callable[[str], str]) -> str:
    """Looked at before anything is made of it: what is made would be as long once more."""
    if len(value) > _MOST_IN_A_CELL:
        message = ngettext(
            "A cell of this file has more than %(most)d character.",
            "A cell of this file has more than %(most)d characters.",
            _MOST_IN_A_CELL,
        )
        raise _refused(message % {"most": _MOST_IN_A_CELL})
    return tidy(value)


def _rows_of_text(content: bytes, tidy: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    message = _("The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx, and choose it again.")
    text = decoded(content, message, _cell_words)
    first, _rest, remaining = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        separator, text = first.strip()[-1], "\n" + remaining  # the line still counts
    else:
        separator = max(",;\t", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield tuple(_tidied(cell, tidy) for cell in cells[:_MOST_COLUMNS])
    except csv.Error as error:
        raise _refused(_("This file cannot be read as a table. Save it as .xlsx, and choose it again.")) from error
    except (TypeError, ValueError) as error:  # a separator that the first line names, and that is none
        raise _refused(_("This file cannot be read as a table. Save it as .xlsx, and choose it again.")) from error


def line_words(before: str) -> str:
    """Where the text goes on after what stands ``before``."""
    return _("The first that cannot be read stands in line %(line)d.") % {"line": before.count("\n") + 1}


def _cell_words(before: str) -> str:
    """The same of a table, by row and column."""
    first = before.partition("\n")[0]
    cells = list(csv.reader(io.StringIO(before, newline=""), delimiter=max(",;\t", key=first.count))) or [[""]]
    column = 1 if before.endswith("\n") else len(cells[-1]) or 1
    return _("The first that cannot be read stands in row %(row)d, column %(column)d.") % {
        "row": len(cells) + before.endswith("\n"),
        "column": column,
    }


def decoded(content: bytes, message: str, place: Callable[[str], str] = line_words) -> str:
    """UTF-8 or UTF-16, with or without a mark at the beginning.

    Raises ServiceError for anything else: ``message``, and where the first letter is that cannot be read, as ``place``
    says it of the text before that.
    """
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content[1:2] == b"\0":
        encoding = "utf-16-le"
    elif content[:1] == b"\0":
        encoding = "utf-16-be"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        raise _refused(f"{message} {place(before)}") from error
    if "\0" in text:
        raise _refused(_("The content of this file is not what its name says."))
    return text
