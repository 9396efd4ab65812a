"""The answers of a review as a table of Word: the same columns and checks as the workbook."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from questionnaires.bringing.answers import asked_of
from questionnaires.bringing.exports import answers_template_as_word
from questionnaires.bringing.sheet import read_answers
from questionnaires.responses.models import ResponseSubmission
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.core.files.hostile_files import office
from tests.questionnaires.bringing.answers import ANSWERS, COLUMNS, SENT, Row, client_of, row, some, yes_no
from tests.reviews.bringing.files import as_csv, brought_in, upload, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def as_word(rows: Sequence[Row], *, name: str = "answers.docx") -> SimpleUploadedFile:
    file, out = docx.Document(), io.BytesIO()
    table = file.add_table(1 + len(rows), len(COLUMNS))
    for cells, values in zip(table.rows, [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows], strict=True):
        for cell, key in zip(cells.cells, COLUMNS, strict=True):
            cell.text = values[key]
    file.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def problems(review: Review, file: SimpleUploadedFile) -> list[dict[str, str]]:
    return [dict(each.problems) for each in read_answers(file.name or "", file.read(), asked_of(review))]


def test_the_same_rows_are_read_from_word_as_from_a_workbook(review: Review) -> None:
    code = yes_no(asked_of(review))
    rows = [
        row(code, "1", "First.", law="Act of 2020", provision="art. 5", link="https://example.org/a"),
        *some(review),
    ]
    rows = [rows[0], *[each for each in rows[1:] if each["code"] != code]]
    asked = asked_of(review)
    from_word = read_answers("a.docx", as_word(rows).read(), asked)
    assert from_word == read_answers("a.csv", as_csv(rows).read(), asked)
    assert from_word[0].citations[0]["law"] == "Act of 2020"


def test_the_template_filled_in_lies_on_the_table(review: Review, officer: User) -> None:
    page = client_of(officer).get(f"{ANSWERS}{review.code}/template/?as=docx")
    assert page.status_code == 200
    file: Any = docx.Document(io.BytesIO(page.content))
    (table,) = file.tables
    (given,) = some(review, 1)
    for cells in table.rows[1:]:
        if cells.cells[0].text == given["code"]:
            cells.cells[4].text = given["answer"]
            cells.cells[5].paragraphs[0].add_run("In ")
            cells.cells[5].paragraphs[0].add_run("bold").bold = True
            cells.cells[5].add_paragraph("And another paragraph.")
    file.save(out := io.BytesIO())
    upload(client_of(officer), f"{ANSWERS}{review.code}/", SimpleUploadedFile("a.docx", out.getvalue()), **SENT)
    brought_in(BroughtFile.objects.latest("created_at"))
    (answer,) = ResponseSubmission.objects.get(review=review).document["answers"]
    assert (answer["code"], answer["text"]) == (given["code"], "In **bold**\n\nAnd another paragraph.")


def test_the_template_names_each_question_that_applies(review: Review) -> None:
    asked = asked_of(review)
    file: Any = docx.Document(io.BytesIO(answers_template_as_word(asked)))
    codes = [cells.cells[0].text for cells in file.tables[0].rows]
    assert codes == ["Code", *(item.code for item in asked.items)]


def test_what_is_wrong_is_named_by_row_and_column(review: Review) -> None:
    code = yes_no(asked_of(review))
    found = problems(review, as_word([row(code, "Perhaps"), row("no.such", "1")]))
    assert "none of the options" in found[0]["answer"]
    assert "is no code of this questionnaire" in found[1]["code"]


def test_what_cannot_be_carried_over_is_named(review: Review) -> None:
    file: Any = docx.Document(as_word([row(yes_no(asked_of(review)), "1", "Words")]).file)
    file.tables[0].rows[1].cells[2].paragraphs[0].runs[0].font.strike = True
    file.save(out := io.BytesIO())
    (found,) = problems(review, SimpleUploadedFile("a.docx", out.getvalue()))
    assert "struck out" in found["text"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"", "This file is empty."),
        ("a.docx", office(more={"word/vbaProject.bin": b"x"}), "This file holds macros."),
        ("a.docx", b"x" * (6 * 1024 * 1024), "This file is larger than 5 megabytes."),
        ("a.docm", office(), "can hold macros"),
    ],
)
def test_a_file_that_is_none_is_refused(review: Review, officer: User, name: str, content: bytes, message: str) -> None:
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", SimpleUploadedFile(name, content), **SENT)
    assert page.status_code == 422
    assert message in words(page)


def test_a_file_without_a_table_is_refused(review: Review, officer: User) -> None:
    docx.Document().save(out := io.BytesIO())
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", SimpleUploadedFile("a.docx", out.getvalue()), **SENT)
    assert "There is no table in this file." in words(page)
