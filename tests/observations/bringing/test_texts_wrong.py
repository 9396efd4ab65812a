"""A file of a text in which something is wrong is not kept, and each paragraph is named."""

import pytest

from accounts.people.models import User
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.core.files.hostile_files import office
from tests.observations.bringing.conftest import AT_THE_LIST
from tests.observations.bringing.texts import (
    SHORT,
    SUMMARY,
    TEXT,
    TEXTS,
    address,
    as_markdown,
    as_word,
    post,
    problems,
    text_of,
)
from tests.questionnaires.bringing.answers import client_of
from tests.reviews.bringing.files import words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, AT_THE_LIST]
GAPS = "# Gaps and challenges\n\n"
FIVE = f"{GAPS}## Article 5\n\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{FIVE}Words.\n\n## Conclusions\n\nMore.", 7, "is none of the blueprint's headings"),
        (f"{GAPS}## Article 999\n\nWords.", 3, "This article is not under review: 999."),
        (f"{GAPS}## Articles 5 and 999\n\nWords.", 3, "This article is not under review: 999."),
        (f"{GAPS}## Article 5: Of something else\n\nWords.", 3, "is not the title of this article"),
        (f"{GAPS}Words.", 3, "Name the articles in a heading above this one"),
        ("# Article 5\n\nWords.", 3, "Name one of the headings of observations"),
        (f"Words.\n\n{FIVE}Words.", 1, "Above this stands no heading"),
        (f"# A title\n\nWords.\n\n{FIVE}Words.", 3, "Above this stands no heading"),
        (f"{FIVE}![A map](map.png)", 5, "A picture cannot be carried over."),
        (f"{FIVE}Words[^1]", 5, "A footnote cannot be carried over."),
        (f"{FIVE}<b>Words</b>", 5, "HTML cannot be carried over."),
        (f"{FIVE}Wo\u200brds", 5, "This holds a character that nobody sees"),
        (f"{FIVE}{'x' * 20_001}", 5, "The limit is 20000."),
        (
            f"# I. Introduction\n\nA.\n\n# I. Introduction\n\nB.\n\n{FIVE}Words.",
            5,
            "The same part as in line or paragraph 1",
        ),
        (f"# Review by Aldermark and Algeria of Veskaria\n\n{FIVE}Words.", 1, "Algeria does not agree on this text"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(review: Review, text: str, line: int, message: str) -> None:
    ((found, said),) = problems(text_of(review), text)
    assert found == line
    assert message in said


def test_a_summary_has_its_headings_below_articles(review: Review) -> None:
    assert problems(text_of(review, SUMMARY), SHORT) == []
    ((line, said),) = problems(text_of(review, SUMMARY), "## Article 5\n\nWords.")
    assert (line, said) == (
        3,
        "Name one of the headings of observations in a heading above this one, as “Best practices”.",
    )


def test_the_page_names_each_paragraph_and_keeps_nothing(review: Review, officer: User) -> None:
    before = BroughtFile.objects.count()
    page = post(review, officer, as_markdown(f"{FIVE}![A map](map.png)\n\n## Conclusions\n\nWords."))
    assert page.status_code == 422
    shown = words(page)
    assert "2 paragraphs cannot be carried over; nothing was stored." in shown
    assert "Conclusions" in shown
    assert BroughtFile.objects.count() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"", "This file is empty."),
        ("a.md", b"# Words\n\n\xff\xfe\xff", "The first that cannot be read stands in line 3."),
        ("a.md", b"x" * (50 * 1024 * 1024), "This file is larger than 5 megabytes."),
        ("a.docm", office(), "This kind of file can hold macros."),
        ("a.docx", office(more={"word/vbaProject.bin": b"x"}), "This file holds macros."),
        ("a.docx", b"# Words", "The content of this file is not what its name says."),
        ("a.docx", office(), "This Word file cannot be read."),
        ("a.txt", b"Words", "This kind of file is not accepted."),
        ("a.md", b"# Suggestions\n\n## Article 5\n", "There is no observation in this file"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    review: Review, officer: User, name: str, content: bytes, message: str
) -> None:
    file = as_markdown("", name=name)
    file.file.write(content)  # type: ignore[union-attr]
    file.size = len(content)
    file.seek(0)
    page = post(review, officer, file)
    assert page.status_code == 422
    assert message in words(page)


def test_a_table_with_joined_cells_is_named_by_its_paragraph(review: Review, officer: User) -> None:
    def write(file: object) -> None:
        file.add_heading("Suggestions", 1)  # type: ignore[attr-defined]
        file.add_heading("Article 5", 2)  # type: ignore[attr-defined]
        table = file.add_table(2, 2)  # type: ignore[attr-defined]
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Words"

    page = post(review, officer, as_word(write))
    assert page.status_code == 422
    assert "A table with joined cells cannot be carried over." in words(page)


@pytest.mark.parametrize(
    ("sent_on", "message"),
    [
        ("2999-01-01", "This day lies ahead."),
        ("1999-01-01", "This is before the review was opened."),
        ("", "Enter the day on which the text was agreed."),
    ],
)
def test_a_wrong_day_is_named(review: Review, officer: User, sent_on: str, message: str) -> None:
    page = post(review, officer, as_markdown(), sent_on=sent_on)
    assert page.status_code == 422
    assert message in words(page)


def test_a_second_file_for_one_text_is_refused(review: Review, officer: User) -> None:
    assert post(review, officer, as_markdown()).status_code == 200
    again = post(review, officer, as_markdown())
    assert "has brought this file in already." in words(again)
    other = post(review, officer, as_markdown(TEXT.replace("low", "too low")))
    assert other.status_code == 422
    assert "has brought in another file for this text, which is not decided yet" in words(other)


def test_a_text_on_which_no_state_agrees_is_not_there(brought_cast: Cast, review: Review, officer: User) -> None:
    for page in (address(review, instrument="nothing"), address(review, "other"), f"{TEXTS}9-XVE/untoc/summary/"):
        assert client_of(officer).get(page).status_code == 404
