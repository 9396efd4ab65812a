"""Text as officials type and paste it: lines are paragraphs, Word's bullets and numbers are lists, on every output."""

import io
from dataclasses import replace

import docx
import pytest
from hypothesis import given, strategies as st

from core.language.markdown import to_html
from core.language.pasted import as_markdown
from observations.documents.docx import render_text_docx
from observations.documents.pdf import context_of
from observations.wording.blueprint import Block, Document
from tests.observations.documents.agreed_samples import draft, sample

pytestmark = pytest.mark.unit
BULLETS = "<ul>\n<li>First</li>\n<li>Second</li>\n</ul>\n"
SEEN = "•\tFirst bullet\n•\tSecond bullet\n1)\tnumbered\no\tsub\n2)\tnext\nA paragraph.\n"
SEEN += "12. The Act of 2021.\n13. The Code."


@pytest.mark.parametrize("mark", ["•\t", "o\t", "§\t", "·\t", "–\t", "\uf0b7\t", "•  ", "\u00a0•\t", "- ", "* ", "Ø\t"])
def test_bullets_of_every_kind_are_a_list(mark: str) -> None:
    assert to_html(f"{mark}First\n{mark}Second") == BULLETS


@pytest.mark.parametrize("mark", [".\t", ")\t", ". ", ") "])
def test_numbers_from_one_are_a_list(mark: str) -> None:
    html = to_html(f"1{mark}First\n2{mark}Second")
    assert html == BULLETS.replace("ul>", "ol>")


def test_what_the_finding_pasted() -> None:
    """It ran into one line: "1. numbered o sub bullet"."""
    assert to_html(SEEN) == (
        "<ul>\n<li>First bullet</li>\n<li>Second bullet</li>\n</ul>\n"
        "<ol>\n<li>numbered\n<ul>\n<li>sub</li>\n</ul>\n</li>\n<li>next</li>\n</ol>\n"
        "<p>A paragraph.</p>\n<p>12. The Act of 2021.</p>\n<p>13. The Code.</p>\n"
    )


@pytest.mark.parametrize("number", ["2", "12", "2021", "0", "٣", "007", "१२"])
@pytest.mark.parametrize("mark", [". ", ") ", ".\t"])
def test_a_paragraph_that_begins_with_a_number_stays_one(number: str, mark: str) -> None:
    assert to_html(f"{number}{mark}The Act.") == f"<p>{number}{mark[0]} The Act.</p>\n"
    after_list = to_html(f"1. one\n\n{number if number != '2' else '3'}{mark}The Act.")
    assert after_list.endswith(f"<p>{number if number != '2' else '3'}{mark[0]} The Act.</p>\n")


@pytest.mark.parametrize("numbers", [[1, 1], [1, 2, 4], [1, 3], [1, 2, 1], [5, 6]])
def test_no_number_is_shown_but_the_one_that_was_typed(numbers: list[int]) -> None:
    text = "\n".join(f"{number}. a" for number in numbers)
    shown: list[int] = []
    for line in to_html(text).split("\n"):
        if line == "<ol>":
            counted = 0
        elif line.startswith("<li>"):
            shown.append(counted := counted + 1)
        elif line.startswith("<p>"):
            shown.append(int(line.removeprefix("<p>").split(".")[0]))
    assert shown == numbers


def test_lines_are_paragraphs_and_a_wanted_break_stays_one() -> None:
    assert to_html("One.\nTwo.\n\nThree.") == "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n"
    assert to_html("One  \nTwo\\\nThree") == "<p>One<br>\nTwo<br>\nThree</p>\n"
    assert to_html("\tSet in by a tab.\n\tTwo.") == "<p>Set in by a tab.</p>\n<p>Two.</p>\n"


def test_letters_are_cited_as_they_stand() -> None:
    assert to_html("a)\tfirst\n(b)\tsecond\nC.\tthird") == "<p>a) first</p>\n<p>(b) second</p>\n<p>C. third</p>\n"
    html = to_html("1)\tone\na)\tsub\nb)\tsub\n2)\ttwo")
    assert html.count("<ol>") == 1
    assert "<p>a) sub</p>\n<p>b) sub</p>\n</li>" in html


def test_lists_of_markdown_stay_as_they_were() -> None:
    for text in (
        "1. one\n   - sub\n   - sub\n2. two\n\n   more\n\n3. three",
        "- a\n  - b\n    - c\n- d\n\n  more of d",
        "> quoted\n>\n> more\n\n# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "```\ncode\n\n  12. code\n```",
        "Title\n=====",
    ):
        assert as_markdown(text) == text


def test_what_stands_in_a_quotation_is_read_alike() -> None:
    html = to_html("> 12. a\n> 14. b\n> •\tc\n\nafter")
    inner = "<p>12. a</p>\n<p>14. b</p>\n<ul>\n<li>c</li>\n</ul>\n"
    assert html == f"<blockquote>\n{inner}</blockquote>\n<p>after</p>\n"


@pytest.mark.parametrize("before", ["> ", "- ", "1. ", "> > "])
def test_a_table_within_something_hides_no_cell_either(before: str) -> None:
    below = before if ">" in before else " " * len(before)
    assert "hidden" in to_html(f"{before}| a |\n{below}|---|\n{below}| b | hidden |")


def test_a_table_with_a_row_too_wide_hides_no_cell() -> None:
    assert "hidden" in to_html("| a |\n|---|\n| b | hidden |")
    assert "<td>shown</td>" in to_html("| a | b |\n|---|---|\n| c | shown |\n| d \\| e | f |")


@given(st.text(alphabet="ab1.)•o\t -*|\n>#`", max_size=60))
def test_reading_once_more_changes_nothing_that_is_shown(text: str) -> None:
    """The text is read again from its stored form at every save: that must not walk away from what was typed."""
    assert to_html(text) == to_html(text.rstrip())


@given(st.lists(st.text(alphabet="abcdef ,", min_size=1, max_size=20).filter(str.strip), max_size=8))
def test_plain_lines_are_as_many_paragraphs(lines: list[str]) -> None:
    assert to_html("\n".join(line.strip() for line in lines)).count("<p>") == len(lines)


def document() -> Document:
    return replace(sample(), blocks=(Block("paragraph", SEEN, number=1, is_written=True),))


def test_page_pdf_and_word_set_it_alike() -> None:
    """Bullets, numbers, the paragraph after them, and "12." as the paragraph that it is."""
    groups = context_of(document(), draft())["groups"]
    printed = "".join(str(words) for _is_list, lines in groups for _line, words in lines)
    page = to_html(SEEN)
    for part in ("<li>First bullet</li>", "<li>sub</li>", "<p>12. The Act of 2021.</p>"):
        assert part in page
        assert part in printed
    file = docx.Document(io.BytesIO(render_text_docx(document(), draft())))
    shown = [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs]
    start = shown.index(("List Bullet", "First bullet"))
    assert shown[start : start + 8] == [
        ("List Bullet", "First bullet"),
        ("List Bullet", "Second bullet"),
        ("List Number", "1.\tnumbered"),
        ("List Bullet 2", "sub"),
        ("List Number", "2.\tnext"),
        ("Written Text", "A paragraph."),
        ("Written Text", "12. The Act of 2021."),
        ("Written Text", "13. The Code."),
    ]
