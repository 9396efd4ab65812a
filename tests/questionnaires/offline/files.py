"""Files of answers as the portal makes them, and as people send them back."""

import io
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml import etree

from core.documents.word_forms import EMPTY_BOX, TICKED_BOX
from core.language.known_names import in_every_language
from questionnaires.offline.comparing import ComparedAnswer
from questionnaires.offline.enums import RowState
from questionnaires.offline.reading import compare, read_file
from questionnaires.offline.selectors import OfflinePart, offline_part
from questionnaires.offline.word import LABELS
from questionnaires.responses import Sheet
from questionnaires.responses.models import Response
from tests.questionnaires.ministries.ministries import RESPONSE
from tests.utils import Cast, login_as

OFFLINE = f"{RESPONSE}offline/"
FILE = f"{OFFLINE}file/"
TAKE = f"{OFFLINE}take/"
KINDS = ("xlsx", "docx")
Given = Mapping[str, str]  # cells of one answer: answer, text, law, provision, link


def downloaded(client: Client, kind: str, of: str = "") -> bytes:
    page = client.get(FILE, {"kind": kind, "of": of})
    assert page.status_code == 200
    return b"".join(page) if page.streaming else page.content


def filled(content: bytes, kind: str, answers: Mapping[str, Given]) -> bytes:
    """The file with these answers by code, as a person would write them."""
    return (_in_excel if kind == "xlsx" else _in_word)(content, answers)


def _in_excel(content: bytes, answers: Mapping[str, Given]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book.active
    columns = dict(zip(("code", "part", "question", "options", "answer", "text", "law", "provision", "link", "base"),
                       range(1, 11), strict=True))  # fmt: skip
    done = set()
    for row in range(2, sheet.max_row + 1):
        code = sheet.cell(row, 1).value
        if code in answers and code not in done:
            done.add(code)
            for key, words in answers[code].items():
                sheet.cell(row, columns[key]).value = words or None
    assert done == set(answers)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_word(content: bytes, answers: Mapping[str, Given]) -> bytes:
    file, keys = docx.Document(io.BytesIO(content)), in_every_language(LABELS)
    done = set()
    for table in file.tables:
        rows = [list(row.iter("{*}tc")) for row in table._tbl.tr_lst]
        code = _words(rows[0][0])
        if code not in answers:
            continue
        done.add(code)
        for label, cell in rows[1:]:
            key = keys.get(_words(label).casefold(), "")
            if (words := answers[code].get(key)) is not None:
                (_tick if key == "answer" else _write)(cell, words)
    assert done == set(answers)
    return _saved(file)


def _words(cell: Any) -> str:
    return "".join(each.text or "" for each in cell.iter("{*}t")).strip()


def _write(cell: Any, words: str) -> None:
    """Instead of what stands there, a paragraph a line."""
    paragraphs = list(cell.iter("{*}p"))
    for paragraph in paragraphs[1:]:
        paragraph.getparent().remove(paragraph)
    first = paragraphs[0]
    space = first.nsmap["w"]
    for run in [each for each in first if each.tag.endswith(("}r", "}hyperlink", "}sdt"))]:
        first.remove(run)
    for line in words.split("\n"):
        paragraph = first if line == words.split("\n")[0] else etree.SubElement(first.getparent(), f"{{{space}}}p")
        etree.SubElement(etree.SubElement(paragraph, f"{{{space}}}r"), f"{{{space}}}t").text = line


def _tick(cell: Any, words: str) -> None:
    wanted = set(words.split(" | "))
    for paragraph in cell.iter("{*}p"):
        signs = list(paragraph.iter("{*}t"))
        option = _words(paragraph)[1:].strip()
        signs[0].text = TICKED_BOX if option in wanted else EMPTY_BOX
        wanted -= {option}
    assert not wanted - {""}


def _table_of(file: Any, code: str) -> Any:
    return next(each._tbl for each in file.tables if _words(next(each._tbl.iter("{*}tc"))) == code)


def _saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_code(content: bytes, code: str, other: str) -> bytes:
    """A Word file in which a question has another code."""
    file = docx.Document(io.BytesIO(content))
    _write(next(_table_of(file, code).iter("{*}tc")), other)
    return _saved(file)


def with_words(content: bytes, code: str, key: str, words: str) -> bytes:
    """A Word file in which somebody has added a paragraph to a cell."""
    file, keys = docx.Document(io.BytesIO(content)), in_every_language(LABELS)
    for row in _table_of(file, code).tr_lst:
        label, cell = row.iter("{*}tc")
        if keys.get(_words(label).casefold()) == key:
            paragraph = deepcopy(next(label.iter("{*}p")))
            cell.append(paragraph)
            next(paragraph.iter("{*}t")).text = words
    return _saved(file)


def twice(content: bytes, other: bytes) -> bytes:
    """A Word file with all questions of another one below its own."""
    file = docx.Document(io.BytesIO(content))
    for table in docx.Document(io.BytesIO(other)).tables:
        file.element.body.insert_element_before(deepcopy(table._tbl), "w:sectPr")
    return _saved(file)


def second_link(content: bytes, kind: str, code: str, link: str) -> bytes:
    """The file with another link in the second legal reference of a question."""
    if kind == "docx":
        file, keys = docx.Document(io.BytesIO(content)), in_every_language(LABELS)
        rows = [list(row.iter("{*}tc")) for row in _table_of(file, code).tr_lst]
        cells = [cell for label, cell in rows if keys.get(_words(label).casefold()) == "link"]
        _write(cells[1], link)
        return _saved(file)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book.active
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == code]
    sheet.cell(rows[1], 9).value = link
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Client, kind: str, content: bytes, **given: str) -> Any:
    return client.post(OFFLINE, {"file": SimpleUploadedFile(f"answers.{kind}", content), **given})


def taken(client: Client, page: HttpResponse, *codes: str, **instead: str) -> Any:
    """What the page of a file posts where these answers are ticked; without any, those that are ticked there."""
    context: Any = page.context  # type: ignore[attr-defined]
    rows = [row for group in context["groups"] for row in group["rows"]]
    ticked = list(codes) or [row["answer"].row.code for row in rows if row["is_ticked"]]
    seen = {f"seen-{code}": str(number) for code, number in context["seen"].items()}
    return client.post(TAKE, {"sheet": context["form"].initial["sheet"], "take": ticked, **seen, **instead})


def states(page: HttpResponse) -> dict[str, str]:
    """By code, what the page says of each answer that it lists."""
    context: Any = page.context  # type: ignore[attr-defined]
    return {
        row["answer"].row.code or row["answer"].row.cell: str(group["state"])
        for group in context["groups"]
        for row in group["rows"]
    }


def read(response: Response, sheet: Sheet, kind: str, content: bytes) -> list[ComparedAnswer]:
    part: OfflinePart = offline_part(response, sheet)
    return compare(response, part, read_file(f"a.{kind}", content, response, part))


def changes_of(response: Response, sheet: Sheet, kind: str, content: bytes) -> list[tuple[str, RowState]]:
    """Each answer that is not as it is here."""
    rows = read(response, sheet, kind, content)
    return [(each.row.code, each.state) for each in rows if each.state != RowState.SAME]


def client_of(cast: Cast, name: str) -> Client:
    return login_as(Client(), getattr(cast, name))
