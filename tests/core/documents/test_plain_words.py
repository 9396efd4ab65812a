"""The cells of a Word file as plain lines: what they say is read, what takes something from it is named."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from core.documents.reading import read_plain_words
from core.documents.word import WordFile
from core.documents.word_plain import PlainCell, PlainWords
from core.documents.word_tables import add_table
from core.errors import ServiceError

pytestmark = pytest.mark.unit


def read(write: Callable[[Any], Any], most_rows: int = 10) -> PlainWords:
    file, out = docx.Document(), io.BytesIO()
    write(file.add_table(1, 2).rows[0].cells)
    file.save(out)
    return read_plain_words("a.docx", out.getvalue(), most_rows=most_rows)


def test_a_line_is_a_paragraph_or_what_somebody_has_broken_off() -> None:
    def write(cells: Any) -> None:
        cells[0].text = "One\ttab  and   spaces"
        cells[0].add_paragraph("Two").add_run().add_break()
        cells[0].paragraphs[1].add_run("Three")
        cells[0].add_paragraph()
        cells[1].text = ""
        cells[1].add_paragraph("Behind an empty one")

    (row,) = read(write).rows
    assert row.cells == (
        PlainCell(("One tab and spaces", "Two", "Three")),
        PlainCell(("", "Behind an empty one")),
    )


def test_marks_and_comments_are_told_and_take_nothing_away() -> None:
    def write(cells: Any) -> None:
        cells[0].paragraphs[0].add_run("Bold").bold = True
        run = cells[1].paragraphs[0].add_run("Words")
        cells[1].part.document.add_comment([run], text="Why?")

    (row,) = read(write).rows
    assert row.cells == (PlainCell(("Bold",), is_marked=True), PlainCell(("Words",)))
    assert row.has_comment


def test_a_list_that_word_counts_is_told() -> None:
    def write(cells: Any) -> None:
        cells[0].paragraphs[0].style = "List Number"
        cells[0].paragraphs[0].add_run("First")
        cells[1].text = "Second"

    (row,) = read(write).rows
    assert [cell.is_marked for cell in row.cells] == [True, False]


def test_what_a_content_control_wraps_is_read() -> None:
    def write(cells: Any) -> None:
        run = cells[0].paragraphs[0].add_run("Within")._r
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        run.addprevious(control)
        control.append(content)
        content.append(run)

    (row,) = read(write).rows
    assert row.cells[0].lines == ("Within",)


def test_more_rows_than_wanted_are_not_read() -> None:
    def write(cells: Any) -> None:
        cells[0].text = "Words"
        row = cells[0]._tc.getparent()
        for _number in range(3):
            row.addnext(deepcopy(row))

    assert [row.number for row in read(write, most_rows=4).rows] == [1, 2, 3, 4]
    with pytest.raises(ServiceError, match="more than 3 rows"):
        read(write, most_rows=3)


def test_one_row_of_endless_words_is_not_read() -> None:
    def write(cells: Any) -> None:
        for _number in range(200):
            cells[0].paragraphs[0].add_run("Words")

    assert read(write).rows
    with pytest.raises(ServiceError, match="far more text"):
        read(write, most_rows=2)


def test_more_words_than_any_document_has_are_not_taken() -> None:
    def write(length: int) -> Callable[[Any], Any]:
        return lambda cells: cells[0].paragraphs[0].add_run("a" * length)

    assert read(write(1_000_000)).rows
    with pytest.raises(ServiceError, match="far more text"):
        read(write(1_000_001))


def test_columns_of_a_table_have_languages_of_their_own() -> None:
    word = WordFile("ar")
    add_table(word, ["الرمز", "النص"], [["A.1", "Words (1)"]], widths=[1, 1], languages=[None, "en"], shaded={0})
    cells = docx.Document(io.BytesIO(word.as_bytes())).tables[0].rows[1].cells
    for cell in cells:
        assert cell.paragraphs[0]._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}").get(qn("w:val")) == "0"
        assert cell._tc.tcPr.find(qn("w:shd")) is not None
        assert list(cell._tc.iter(qn("w:rtl"))) == []
    assert [len(list(cell._tc.iter(qn("w:noProof")))) for cell in cells] == [1, 0]
    assert {each.get(qn("w:val")) for each in cells[1]._tc.iter(qn("w:lang"))} == {"en-GB"}
