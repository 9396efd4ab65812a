"""Rows of a spreadsheet are read within bounds, whatever the file says of itself."""

import io
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from core.errors import ServiceError
from core.files.spreadsheet_reading import read_lines

pytestmark = pytest.mark.unit


_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sharing(text: str, cells: int) -> bytes:
    """A workbook whose cells all hold one text, which is in it once."""
    book, out, made = Workbook(), io.BytesIO(), io.BytesIO()
    for _row in range(cells // 40):
        book.active.append(["@@"] * 40)  # type: ignore[union-attr]
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            content = content.replace('t="inlineStr"><is><t>@@</t></is>', 't="s"><v>0</v>')
            part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'
            new.writestr(name, content.replace("</Types>", part))
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}"><si><t>{text}</t></si></sst>')
    return made.getvalue()


def test_a_text_that_is_in_a_workbook_once_and_in_many_cells_does_not_fill_the_memory() -> None:
    content = sharing("x" * 15_000_000, 4_000)
    assert len(content) < 64 * 1024
    tracemalloc.start()
    with pytest.raises(ServiceError, match="A cell of this file has more than 60000 characters"):
        read_lines("f.xlsx", content, headers=1, keeps_lines=True)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150_000_000


def test_many_cells_that_are_long_enough_together_are_refused() -> None:
    with pytest.raises(ServiceError, match="far more text than a list"):
        read_lines("f.xlsx", sharing("x" * 50_000, 400), headers=1)


def test_a_long_cell_of_text_is_refused_and_a_long_answer_is_not() -> None:
    with pytest.raises(ServiceError, match="A cell of this file"):
        read_lines("f.csv", b"code,text\n1," + b"x" * 60_001, headers=1)
    (_first, (_line, cells)) = read_lines("f.csv", b"code,text\n1," + b"x" * 50_000, headers=1)
    assert len(cells[1]) == 50_000
