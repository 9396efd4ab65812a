"""A file of feedback in which something is wrong is not kept, and each paragraph is named."""

import pytest

from accounts.people.models import User
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.core.files.hostile_files import office
from tests.dialogue.bringing.conftest import with_answers
from tests.dialogue.bringing.feedback import UNTOC, as_markdown, as_word, post, problems
from tests.reviews.bringing.files import words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(with_answers)]
HEAD = f"# {UNTOC}\n\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{HEAD}## Conclusions\n\nWords.", 3, "names no instrument that this State reviews"),
        (f"{HEAD}## Article 999\n\nWords.", 3, "This article is not under review."),
        (f"{HEAD}## I.untoc.9999\n\nWords.", 3, "names no instrument"),
        (f"{HEAD}## Article 5\n\nA.\n\n## Article 5\n\nB.", 7, "The same place as in line or paragraph 3."),
        (f"{HEAD}![A map](map.png)", 3, "A picture cannot be carried over."),
        (f"{HEAD}Words[^1]", 3, "A footnote cannot be carried over."),
        (f"{HEAD}<b>Words</b>", 3, "HTML cannot be carried over."),
        (f"{HEAD}Wo\u200brds", 3, "This holds a character that nobody sees"),
        (f"{HEAD}> # A heading", 3, "A heading within a list or a quotation"),
        (f"{HEAD}{'x' * 50_001}", 1, "The limit is 50000."),
    ],
)
def test_what_is_wrong_is_named_by_its_line(
    brought_cast: Cast, review: Review, text: str, line: int, message: str
) -> None:
    ((found, said),) = problems(review, brought_cast.same_group_state, text)
    assert found == line
    assert message in said


def test_the_page_names_each_paragraph_and_keeps_nothing(brought_cast: Cast, review: Review, officer: User) -> None:
    before = BroughtFile.objects.count()
    text = f"{HEAD}## Conclusions\n\nWords.\n\n## Article 5\n\n![A map](map.png)"
    page = post(review, brought_cast.same_group_state, officer, as_markdown(text))
    assert page.status_code == 422
    shown = words(page)
    assert "2 paragraphs cannot be carried over; nothing was stored." in shown
    assert "Conclusions" in shown
    assert BroughtFile.objects.count() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"", "This file is empty."),
        ("a.md", b"\n\n", "There are no words in this file."),
        ("a.md", b"# Words\xff\xfe\xff", "The letters of this file cannot be read."),
        ("a.md", b"x" * (50 * 1024 * 1024), "This file is larger than 5 megabytes."),
        ("a.docm", office(), "This kind of file can hold macros."),
        ("a.docx", office(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "This file holds macros."),
        ("a.docx", office(more={"word/vbaProject.bin": b"x"}), "This file holds macros."),
        ("a.docx", b"# Words", "The content of this file is not what its name says."),
        ("a.docx", office(), "This Word file cannot be read."),
        ("a.docx", office(more={"word/more.xml": b"<a>" + b" " * (21 * 1024 * 1024) + b"</a>"}), "becomes too large"),
        ("a.txt", b"Words", "This kind of file is not accepted."),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    brought_cast: Cast, review: Review, officer: User, name: str, content: bytes, message: str
) -> None:
    file = as_markdown("", name=name)
    file.file.write(content)  # type: ignore[union-attr]
    file.size = len(content)
    file.seek(0)
    page = post(review, brought_cast.same_group_state, officer, file)
    assert page.status_code == 422
    assert message in words(page)


def test_a_file_with_headings_alone_says_nothing(brought_cast: Cast, review: Review, officer: User) -> None:
    page = post(review, brought_cast.same_group_state, officer, as_markdown(f"{HEAD}## Article 5\n"))
    assert "below its headings stands nothing" in words(page)


def test_a_word_file_is_named_by_its_paragraphs(brought_cast: Cast, review: Review, officer: User) -> None:
    def write(file: object) -> None:
        file.add_heading(UNTOC, 1)  # type: ignore[attr-defined]
        file.add_paragraph("Words.")  # type: ignore[attr-defined]
        file.add_paragraph("x").add_run("2").font.superscript = True  # type: ignore[attr-defined]

    page = post(review, brought_cast.same_group_state, officer, as_word(write))
    assert page.status_code == 422
    assert "Raised or lowered signs cannot be carried over." in words(page)


@pytest.mark.parametrize(
    ("sent_on", "message"),
    [
        ("2999-01-01", "This day lies ahead."),
        ("1999-01-01", "This is before the review was opened."),
        ("", "Enter the"),
    ],
)
def test_a_wrong_day_is_named(brought_cast: Cast, review: Review, officer: User, sent_on: str, message: str) -> None:
    page = post(review, brought_cast.same_group_state, officer, as_markdown(), sent_on=sent_on)
    assert page.status_code == 422
    assert message in words(page)


def test_the_same_file_is_not_brought_in_twice(brought_cast: Cast, review: Review, officer: User) -> None:
    assert post(review, brought_cast.same_group_state, officer, as_markdown()).status_code == 200
    again = post(review, brought_cast.same_group_state, officer, as_markdown())
    assert again.status_code == 422
    assert "has brought this file in already." in words(again)
