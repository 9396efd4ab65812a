"""The tables of a Word file as plain lines, row by row, for files that are read by the words of their cells alone.

Comments take nothing from the words; that they are there is told. Bold, italics, links and counted lists have no place
in such a cell: they are told too. All else that changes what is read is a problem of its cell.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from core.documents.word_reading import (
    CHANGES,
    JOINED,
    LEFT_OUT,
    WordReader,
    found_in,
    has_within,
)
from core.documents.word_refusals import no_joined_cells, no_such_rows

_COMMENTS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef")
_ROW = qn("w:tr")
_ELEMENTS_OF_A_ROW = 120  # of the longest document: what Word adds to its words is a multiple of them
_CHANGED_ROWS = ("w:cellIns", "w:cellDel", "w:cellMerge")


@dataclass(frozen=True, slots=True)
class PlainCell:
    """``lines``: its paragraphs, and the lines that somebody has broken within one; the first may be empty."""

    lines: tuple[str, ...] = ()
    problem: str = ""
    is_marked: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(self.lines)


@dataclass(frozen=True, slots=True)
class PlainRow:
    """``number``: among all rows of all tables of the file, by which a person finds it."""

    number: int
    cells: tuple[PlainCell, ...]
    has_comment: bool = False


@dataclass(slots=True)
class PlainWords:
    """``outside``: paragraphs beside the tables, by their number. ``is_tracked``: changes wait for a decision.

    ``is_too_long``: it holds more elements than rows of words could have.
    """

    rows: list[PlainRow] = field(default_factory=list)
    outside: list[tuple[int, str]] = field(default_factory=list)
    is_tracked: bool = False
    is_too_long: bool = False
    count: int = 0
    """Of all rows, those without words too."""


def plain_words_of(content: bytes, most_rows: int) -> PlainWords:
    """Rows are read only of a file that has no more than ``most_rows``. Raises as ``word_reading.blocks_of_word``."""
    reader = _PlainReader(docx.Document(io.BytesIO(content)))
    body = reader.file.element.body
    found = PlainWords(is_tracked=has_within(body, *_CHANGED_ROWS))
    for elements, element in enumerate(body.iter()):
        found.is_tracked = found.is_tracked or element.tag in CHANGES
        found.is_too_long = elements > most_rows * _ELEMENTS_OF_A_ROW
        found.count += element.tag == _ROW
    if not found.is_tracked and not found.is_too_long and found.count <= most_rows:
        found.rows = list(reader.plain_rows())
        found.outside = list(reader.outside())
    return found


class _PlainReader(WordReader):
    def plain_rows(self) -> Iterator[PlainRow]:
        """A row that has not as many cells as the first one with words is not read by columns: each cell says so."""
        head, number = 0, 0
        for table in found_in(self.file.element.body, "w:tbl"):
            for row in found_in(table, "w:tr"):
                number += 1
                has_comment = _without_comments(row)
                problem = no_joined_cells() if has_within(row, *JOINED) else ""
                cells = tuple(self._plain_cell(cell, problem) for cell in found_in(row, "w:tc"))
                if all(cell.is_empty and not cell.problem for cell in cells):
                    continue
                head = head or len(cells)
                if len(cells) != head or has_within(row, *LEFT_OUT):
                    missing = (PlainCell(),) * (head - len(cells))
                    cells = tuple(replace(each, problem=each.problem or no_such_rows()) for each in (*cells, *missing))
                yield PlainRow(number, cells, has_comment)

    def _plain_cell(self, cell: Any, problem: str) -> PlainCell:
        lines: list[str] = []
        is_marked = False
        for element in self.blocks_in(cell):
            if element.tag == qn("w:tbl"):
                problem = problem or _("A table within a cell cannot be carried over. Write it as paragraphs.")
                continue
            label, read = self.counting.label(element), self.read(element)
            problem = problem or read.problem
            marked = any((each.is_bold or each.is_italic or each.link) and each.words.strip() for each in read.pieces)
            is_marked = is_marked or marked or (label is not None and bool(read.words))
            lines += [" ".join(line.split()) for line in read.words.split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        return PlainCell(tuple(lines), problem, is_marked)

    def outside(self) -> Iterator[tuple[int, str]]:
        """Paragraphs with words that stand in no table; numbered as a person counts them, without empty ones."""
        number = 0
        for element in found_in(self.file.element.body, "w:p"):
            _without_comments(element)
            words = " ".join(self.read(element).words.split())
            if words:
                number += 1
                yield number, words


def _without_comments(element: Any) -> bool:
    """Take the marks of comments out of what is read; say whether there were any."""
    marks = list(element.iter(*(qn(name) for name in _COMMENTS)))
    for mark in marks:
        mark.getparent().remove(mark)
    return bool(marks)
