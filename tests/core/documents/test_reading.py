"""What a Word or Markdown file says is carried over word for word, or named by its paragraph."""

import io
import re
import unicodedata
from collections.abc import Callable
from time import process_time
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, strategies as st

from core.documents.blocks import WrittenBlock, joined
from core.documents.reading import read_table, read_written
from core.documents.word_xml import add_footnote
from core.errors import ServiceError
from core.language.markdown import to_html, to_text

pytestmark = pytest.mark.unit
Write = Callable[[Any], Any]


def of_word(write: Write) -> list[WrittenBlock]:
    file, out = docx.Document(), io.BytesIO()
    write(file)
    file.save(out)
    return read_written("a.docx", out.getvalue())


def of_markdown(text: str) -> list[WrittenBlock]:
    return read_written("a.md", text.encode())


def shown(blocks: list[WrittenBlock]) -> str:
    """The HTML of a page, without line ends."""
    assert [block.problem for block in blocks if block.problem] == []
    return to_html(joined(blocks)).replace("\n", "")


# --- Word


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1), max_size=3))
def test_each_paragraph_of_word_reads_as_it_was_or_is_named(paragraphs: list[str]) -> None:
    words = [each for each in paragraphs if each.strip()]
    if not words:
        return
    blocks = of_word(lambda file: [file.add_paragraph(each) for each in words])
    assert len(blocks) == len(words)
    for block, said in zip(blocks, words, strict=True):
        if not block.problem:
            assert _plain(to_text(block.text)) == _plain(said)


def _plain(words: str) -> str:
    bare = re.sub(r"^(?:[•●▪■◦‣⁃]\s+|[o§·–—Øü][ ]*\t\s*)", "", words.strip())
    return "".join(unicodedata.normalize("NFC", bare).split())


def test_headings_lists_emphasis_links_and_tables_of_word_are_carried_over() -> None:
    def write(file: Any) -> None:
        file.add_heading("A heading", 2)
        line = file.add_paragraph("A ")
        line.add_run("bold ").bold = True
        line.add_run("word and ")
        line.add_run("another").italic = True
        for words in ("One", "Two"):
            file.add_paragraph(words, style="List Bullet")
        file.add_paragraph("Between.")
        for words in ("One", "Two"):
            file.add_paragraph(words, style="List Number")
        table = file.add_table(2, 2)
        for place, words in enumerate(("a|b", "c", "d", "e")):
            table.cell(place // 2, place % 2).text = words

    head, *rest = of_word(write)
    assert (head.level, head.text, head.line) == (2, "A heading", 1)
    assert shown(rest) == (
        "<p>A <strong>bold</strong> word and <em>another</em></p><ul><li>One</li><li>Two</li></ul><p>Between.</p>"
        "<ol><li>One</li><li>Two</li></ol><table><thead><tr><th>a|b</th><th>c</th></tr></thead>"
        "<tbody><tr><td>d</td><td>e</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "words", ["1. An act", "12. An act", "# Act", "- Act", "> Act", "*Act*", "[a](b)", "<b>a</b>", "a_b_", "`a`", "---"]
)
def test_signs_that_mean_something_in_markdown_are_words(words: str) -> None:
    (block,) = of_word(lambda file: file.add_paragraph(words))
    assert (block.problem, to_text(block.text)) == ("", words)


def numbered(file: Any, form: str, pattern: str, *words: str, start: int = 1) -> None:
    """Paragraphs that Word counts."""
    numbering = file.part.numbering_part.element
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
    kind += f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
    numbering.insert(0, parse_xml(kind))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for each in words:
        properties = file.add_paragraph(each)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, 90


@pytest.mark.parametrize(
    ("form", "pattern", "start", "said"),
    [
        ("decimal", "%1.", 1, ["One", "Two"]),
        ("decimal", "%1.", 4, ["4. One", "5. Two"]),
        ("lowerLetter", "(%1)", 1, ["(a) One", "(b) Two"]),
        ("lowerLetter", "(%1)", 26, ["(z) One", "(aa) Two"]),
        ("upperRoman", "%1.", 3, ["III. One", "IV. Two"]),
        ("decimal", "%1、", 1, ["1、One", "2、Two"]),
    ],
)
def test_what_word_counts_is_written_out(form: str, pattern: str, start: int, said: list[str]) -> None:
    blocks = of_word(lambda file: numbered(file, form, pattern, "One", "Two", start=start))
    assert [block.problem for block in blocks] == ["", ""]
    assert to_text(joined(blocks)).split("\n") == said


def test_a_number_that_nobody_knows_is_named() -> None:
    (block,) = of_word(lambda file: numbered(file, "arabicAbjad", "%1-", "One"))
    assert "The number before this paragraph cannot be carried over." in block.problem


def run_with(name: str) -> Write:
    return lambda file: file.add_paragraph("Words").runs[0]._r.append(OxmlElement(name))


def wrapped(name: str) -> Write:
    def write(file: Any) -> None:
        paragraph = file.add_paragraph("Words")._p
        around = OxmlElement(name)
        around.append(paragraph.r_lst[0])
        paragraph.append(around)

    return write


def marked(name: str) -> Write:
    return lambda file: file.add_paragraph("Words").runs[0]._r.get_or_add_rPr().append(OxmlElement(name))


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (run_with("w:drawing"), "A picture, drawing or text box"),
        (run_with("w:footnoteReference"), "A footnote cannot"),
        (run_with("w:commentReference"), "Comments of Word"),
        (run_with("w:sym"), "A sign of a font of its own"),
        (wrapped("w:ins"), "Changes that were tracked"),
        (wrapped("w:del"), "Changes that were tracked"),
        (wrapped("w:hyperlink"), ""),
        (marked("w:strike"), "struck out"),
        (marked("w:vanish"), "Hidden text"),
        (run_with("w:ruby"), "holds something that cannot be carried over"),
    ],
)
def test_what_cannot_be_carried_over_of_word_is_named_by_its_paragraph(write: Write, message: str) -> None:
    def after_another(file: Any) -> None:
        file.add_paragraph("First.")
        file.add_paragraph("")
        write(file)

    first, block = of_word(after_another)
    assert (first.problem, first.line, block.line) == ("", 1, 2)
    assert message in block.problem
    assert bool(message) == bool(block.problem)


@pytest.mark.parametrize("mark", ["", "*"])
def test_of_a_run_with_a_known_footnote_only_the_reference_is_left_out(mark: str) -> None:
    file, out = docx.Document(), io.BytesIO()
    paragraph = file.add_paragraph("Before ")
    add_footnote(file, paragraph, "*", "A note.", is_rtl=False)
    run = paragraph.runs[1]._r
    run.remove(run.rPr)
    if not mark:
        run.remove(run[-1])
        del run[0].attrib[qn("w:customMarkFollows")]
    words = OxmlElement("w:t")
    words.text = "and behind it."
    run.append(words)
    file.save(out)
    (block,) = read_written("a.docx", out.getvalue(), ["A note."])
    assert (block.text, block.problem) == ("Before and behind it.", "")


def test_a_table_with_joined_cells_is_named() -> None:
    def write(file: Any) -> None:
        table = file.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"

    (block,) = of_word(write)
    assert "A table with joined cells" in block.problem


def test_only_the_result_of_a_field_is_read() -> None:
    def write(file: Any) -> None:
        paragraph = file.add_paragraph("Article ")
        for kind, words in (("begin", ""), ("", " REF a "), ("separate", ""), ("", "5"), ("end", "")):
            run = paragraph.add_run()
            if kind:
                run._r.append(OxmlElement("w:fldChar", attrs={qn("w:fldCharType"): kind}))
            elif words == "5":
                run.text = words
            else:
                run._r.append(OxmlElement("w:instrText"))
                run._r[-1].text = words

    (block,) = of_word(write)
    assert (block.text, block.problem) == ("Article 5", "")


@pytest.mark.parametrize("goes_on", [(), ("separate",)])
def test_a_field_without_an_end_takes_no_paragraph_with_it(goes_on: tuple[str, ...]) -> None:
    def write(file: Any) -> None:
        paragraph = file.add_paragraph("Article ")
        for kind in ("begin", *goes_on):
            paragraph.add_run()._r.append(OxmlElement("w:fldChar", attrs={qn("w:fldCharType"): kind}))
        paragraph.add_run("5")
        file.add_paragraph("All that follows.")

    first, second = of_word(write)
    assert ("A field of Word begins here" in first.problem) == (not goes_on)
    assert (second.text, second.problem) == ("All that follows.", "")


# --- Tables of Word, by their rows

HEAD, LINE = ("Code", "Answer", "Law"), ("a.1", "Yes", "Act of 2020")


def rows_after(change: Write) -> list[tuple[str, ...]]:
    """Words of the cells of a table that was changed; those that have a problem as "!" alone."""
    file, out = docx.Document(), io.BytesIO()
    table = file.add_table(2, len(HEAD))
    for place, words in enumerate((*HEAD, *LINE)):
        table.cell(place // len(HEAD), place % len(HEAD)).text = words
    change(table)
    file.save(out)
    read = read_table("a.docx", out.getvalue(), most_rows=10)
    return [tuple("!" if cell.problem else cell.words for cell in cells) for _line, cells in read]


def wrap(element: Any, *names: str) -> None:
    """Put an element into others, the outermost first."""
    for name in reversed(names):
        around = OxmlElement(name)
        element.getparent().replace(element, around)
        around.append(element)
        element = around


@pytest.mark.parametrize("names", [("w:sdt", "w:sdtContent"), ("w:customXml",)])
@pytest.mark.parametrize(
    "within",
    [
        lambda table: table.cell(1, 1)._tc,
        lambda table: table.rows[1]._tr,
        lambda table: table._tbl,
    ],
    ids=["cell", "row", "table"],
)
def test_what_a_content_control_holds_of_a_table_stays_in_its_place(within: Write, names: tuple[str, ...]) -> None:
    assert rows_after(lambda table: wrap(within(table), *names)) == [HEAD, LINE]


def without_a_cell(table: Any) -> None:
    table.rows[1]._tr.remove(table.cell(1, 1)._tc)


def with_a_further_cell(table: Any) -> None:
    table.rows[1]._tr.add_tc()


def begun_later(table: Any) -> None:
    without_a_cell(table)
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:gridBefore", attrs={qn("w:val"): "1"}))


def moved_along(table: Any) -> None:
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:gridAfter", attrs={qn("w:val"): "1"}))


@pytest.mark.parametrize("change", [without_a_cell, with_a_further_cell, begun_later, moved_along])
def test_a_row_with_other_cells_than_the_head_is_named_and_not_shifted(change: Write) -> None:
    head, line = rows_after(change)
    assert (head, {*line}) == (HEAD, {"!"})
    assert len(line) >= len(HEAD)


def test_a_table_within_a_cell_is_named_even_where_nothing_else_stands_in_its_row() -> None:
    def write(table: Any) -> None:
        for cell in table.rows[1].cells:
            cell.text = ""
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Yes"

    assert rows_after(write) == [HEAD, ("", "!", "")]


# --- Markdown


def test_lines_of_one_paragraph_are_put_together() -> None:
    text = "Words of\na paragraph.  \nA line.\n\n- an\n  item\n- another\n  1. below\n     it\n\n> said\n> so\n"
    assert shown(of_markdown(text)) == (
        "<p>Words of a paragraph.<br>A line.</p><ul><li>an item</li><li>another<ol><li>below it</li></ol></li></ul>"
        "<blockquote><p>said so</p></blockquote>"
    )


def test_headings_of_both_kinds_are_told_from_code() -> None:
    blocks = of_markdown("# One\n\n```\n# no heading\n```\n\nTwo *words*\n---\n")
    assert [(block.line, block.level, block.text) for block in blocks if block.level] == [
        (1, 1, "One"),
        (7, 2, "Two words"),
    ]
    assert blocks[1].text == "```\n# no heading\n```"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![a](b.png)", "A picture"),
        ("Words <span class='x'>more</span>", "HTML"),
        ("<div>\nWords\n</div>", "HTML"),
        ("Words[^1]", "A footnote"),
        ("- # Heading", "A heading within"),
        ("`![a](b)` and \\<b> and <https://example.org>", ""),
        ("``![a](b) ` <b>`` and `<b>` and ``` or `", ""),
        ("``<b>` and `", "HTML"),
    ],
)
def test_what_cannot_be_carried_over_of_markdown_is_named(text: str, message: str) -> None:
    (block,) = of_markdown(text)
    assert message in block.problem
    assert bool(message) == bool(block.problem)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_markdown_in_other_encodings_of_unicode_is_read(encoding: str) -> None:
    (block,) = read_written("a.md", "Überprüfung".encode(encoding))
    assert block.text == "Überprüfung"


@pytest.mark.parametrize(
    "text",
    [
        "x" + "`" * 2_000 + "a" * 400_000,
        "".join("`" * length + "a" for length in range(1, 950)),
        "a\nb" + " " * 400_000 + "c\nd",
        "# x" + "_" * 400_000 + "a",
        "a\n" * 50_000,
    ],
    ids=["one run of backticks", "runs of all lengths", "blanks", "heading", "lines"],
)
def test_no_text_takes_longer_than_its_length(text: str) -> None:
    began = process_time()
    of_markdown(text)
    assert process_time() - began < 5


def test_far_more_lines_than_a_document_has_are_refused() -> None:
    with pytest.raises(ServiceError, match="far more text"):
        of_markdown("- a\n" * 60_000)


def test_lines_of_a_paragraph_come_together_with_a_blank_only_where_words_are_parted_by_one() -> None:
    assert shown(of_markdown("刑法、\n民法规定\n如下。")) == "<p>刑法、民法规定如下。</p>"
    assert shown(of_markdown("刑法\nPenal\nCode")) == "<p>刑法 Penal Code</p>"
