"""Documents of questionnaires as people change them in a program for such files."""

import io
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx

from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.editing.word.reading import WordReading, read_word
from questionnaires.editing.word.writing import word_of
from questionnaires.files.content import load_definitions, texts_of
from tests.questionnaires.editing.drafting import official

STAND = "version 1"
MECHANISMS = Path(__file__).resolve().parents[3] / "fixtures" / "mechanisms"
ALL = [*load_definitions(MECHANISMS / "untoc"), *load_definitions(MECHANISMS / "dark-skies")]
CODE, SETTINGS, WORDS, BESIDE = range(4)  # the columns
Edit = Callable[[Any], None]


def translated(definition: QuestionnaireDefinition) -> QuestionnaireDefinition:
    """Into Arabic as a whole, into French every second text."""
    texts = list(dict.fromkeys(texts_of(definition)))
    arabic = {text: f"نص {number} ({text[:12]})" for number, text in enumerate(texts)}
    return replace(definition, translations={"ar": arabic, "fr": {text: f"« {text} »" for text in texts[::2]}})


def made(definition: QuestionnaireDefinition | None = None, *languages: str) -> bytes:
    return word_of(definition or official(), STAND, languages or ("en",))


def read(content: bytes, base: QuestionnaireDefinition | None = None, stand: str = STAND) -> WordReading:
    return read_word("a.docx", content, base or official(), stand)


def edited(content: bytes, *edits: Edit) -> bytes:
    file = docx.Document(io.BytesIO(content))
    for edit in edits:
        edit(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def row_of(file: Any, code: str, setting: str = "") -> Any:
    """The first row of a code; ``setting``: with which its settings begin."""
    for table in file.tables:
        for row in table.rows:
            cells = row.cells
            if cells[CODE].paragraphs[0].text == code and cells[SETTINGS].text.startswith(setting):
                return row
    raise AssertionError(f"no row {code} {setting}")


def write(cell: Any, lines: Sequence[str]) -> None:
    """As somebody who empties a cell and types."""
    first, *rest = cell.paragraphs
    for paragraph in rest:
        paragraph._p.getparent().remove(paragraph._p)
    for run in list(first.runs):
        run._r.getparent().remove(run._r)
    first.add_run(lines[0] if lines else "")
    for line in lines[1:]:
        cell.add_paragraph(line)


def says(code: str, *lines: str, column: int = WORDS, setting: str = "") -> Edit:
    return lambda file: write(row_of(file, code, setting).cells[column], lines)


def line(code: str, old: str, new: str, column: int = WORDS) -> Edit:
    """A line of a cell typed anew; empty where it goes."""

    def edit(file: Any) -> None:
        cell = row_of(file, code).cells[column]
        lines = [paragraph.text for paragraph in cell.paragraphs]
        assert old in lines
        write(cell, [each for line in lines for each in (new.split("\n") if line == old else [line]) if each])

    return edit


def added(behind: str, code: str, settings: Sequence[str], *words: Sequence[str]) -> Edit:
    """A copy of a row, below it, with other words."""

    def edit(file: Any) -> None:
        row = row_of(file, behind)
        row._tr.addnext(deepcopy(row._tr))
        table = next(table for table in file.tables if row._tr in list(table._tbl))
        new = table.rows[list(table._tbl.tr_lst).index(row._tr) + 1]
        for cell, lines in zip(new.cells, ([code], settings, *words), strict=True):
            write(cell, lines)

    return edit


def removed(code: str) -> Edit:
    def edit(file: Any) -> None:
        row = row_of(file, code)._tr
        row.getparent().remove(row)

    return edit


def moved_behind(code: str, behind: str) -> Edit:
    return lambda file: row_of(file, behind)._tr.addnext(row_of(file, code)._tr)
