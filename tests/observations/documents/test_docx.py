"""The outputs of a review as Word files: the agreed words, real styles, both directions."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, strategies as st

from core.documents.word_xml import pieces
from core.language.markdown import to_text
from observations.documents.docx import render_text_docx
from observations.documents.layout import layout_of
from observations.wording.blueprint import Block
from tests.observations.documents.agreed_samples import (
    EXPERT,
    FOCAL_POINT,
    GROUND,
    GROUND_PRINTED,
    LANGUAGES,
    SHA256,
    SOURCE,
    agreed,
    draft,
    printed_words,
    public,
    sample,
    squeezed,
)
from tests.observations.documents.word_numbers import numbers_of, type_numbers

pytestmark = pytest.mark.unit


def opened(content: bytes) -> WordDocument:
    """As a reader sees it: with the numbers that Word counts among the words."""
    return type_numbers(docx.Document(io.BytesIO(content)))


def words_of(element: object) -> str:
    return squeezed("".join(node.text or "" for node in element.iter(qn("w:t"))))  # type: ignore[attr-defined]


def everything(content: bytes) -> str:
    """The words of all parts: text, heads, notes, properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return squeezed(
            *(
                re.sub("<[^>]+>", "", archive.read(name).decode())
                for name in archive.namelist()
                if name.endswith(".xml") and not name.startswith("customXml")
            )
        )


def headers(file: WordDocument) -> Iterator[object]:
    section = file.sections[0]
    yield section.first_page_header._element
    yield section.header._element


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreed_words_are_written_in_their_order(language: str) -> None:
    document, status = sample(language), agreed(language)
    file = opened(render_text_docx(document, status))
    layout = layout_of(document, status)
    assert layout.annex is not None
    masthead = (layout.kind, layout.symbol, status.mechanism_name, *layout.facts)
    text = words_of(file.element.body).replace("\u200e", "")
    expected = squeezed(*masthead, *printed_words(document, status), layout.annex.title)
    assert text[: len(expected)] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_counts_the_paragraphs_and_the_headings(language: str) -> None:
    """And shows the numbers that were agreed; typed are only those that Word has no series for."""
    document, status = sample(language), agreed(language)
    file = docx.Document(io.BytesIO(render_text_docx(document, status)))
    counted = list(numbers_of(file).values())
    markers = [line.marker for line in layout_of(document, status).lines if line.marker]
    typed = {"ar": ["أولا-", "ثانيا-", "ثالثا-"]}.get(language, [])
    assert [marker for marker in markers if marker not in typed] == counted
    assert len(counted) >= 7


def test_a_letter_after_a_gap_is_the_agreed_one() -> None:
    """A summary has the letters of the blueprint, also where one of them has nothing and where they begin anew."""
    texts = ("I. Ratification", "A. Gaps", "C. Suggestions", "A. Gaps", "B. Best practices", "II. Implementation")
    blocks = tuple(Block("heading", text, level=1 if text[1] in "I" or text[0] == "I" else 4) for text in texts)
    file = docx.Document(io.BytesIO(render_text_docx(replace(sample(), blocks=blocks), agreed())))
    assert list(numbers_of(file).values()) == ["I.", "A.", "C.", "A.", "B.", "II."]
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name in ("Heading 1", "Heading 4")]
    assert headings[:6] == ["Ratification", "Gaps", "Suggestions", "Gaps", "Best practices", "Implementation"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language_and_title(language: str) -> None:
    file = opened(render_text_docx(sample(language), draft(language)))
    properties = file.core_properties
    assert sample(language).title.startswith(properties.title.removesuffix("…"))
    assert (properties.author, properties.keywords) == (draft(language).mechanism_name, "1-XVE/TIP/LO")
    assert properties.language.startswith(language[:2])
    marked = file.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert properties.language in marked.attrib.values()


def test_structure_is_in_styles() -> None:
    file = opened(render_text_docx(sample(), agreed()))
    styles = [paragraph.style.name for paragraph in file.paragraphs]
    assert styles == [
        "Masthead Top", "Masthead", "Title",
        "Heading 1", "Numbered Paragraph", "Heading 1", "Numbered Paragraph",
        "Written Text", "List Bullet", "List Bullet",
        "Heading 1", "Heading 2", "Heading 3",
        "Numbered Paragraph", "Written Text", "List Bullet", "List Bullet", "List Bullet", "Grounds",
        "Numbered Paragraph", "Table Text", "Numbered Paragraph",
        "Heading 2", "Written Text",
        "Heading 1", "Heading 2", "Normal", "Normal", "Masthead",
    ]  # fmt: skip
    numbered = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Numbered Paragraph"]
    assert [text.split("\t")[0] for text in numbered] == ["1.", "2.", "3.", "4.", "5."]
    bold = [run.text for paragraph in file.paragraphs for run in paragraph.runs if run.bold]
    italic = [run.text for paragraph in file.paragraphs for run in paragraph.runs if run.italic]
    assert (bold, italic) == (["1-XVE/TIP/LO", "Act 12 of 2009"], ["harbouring"])


def test_tables_mark_their_headers() -> None:
    masthead, inquiries, clearances = opened(render_text_docx(sample(), agreed())).tables
    assert len(masthead.rows) == 1
    assert [[cell.text for cell in row.cells] for row in inquiries.rows] == [
        ["Year", "Inquiries", "Closed"],
        ["2018", "41", "6"],
        ["2019", "38", "8"],
    ]
    assert [cell.text for cell in clearances.rows[0].cells] == [
        "State",
        "Focal point",
        "Cleared at",
        "Checksum (SHA-256)",
    ]
    for table in (inquiries, clearances):
        marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marks == [True, *[False] * (len(table.rows) - 1)]


def test_links_lead_to_the_web() -> None:
    file = opened(render_text_docx(sample(), agreed()))
    links = {
        words_of(link): file.part.rels[link.get(qn("r:id"))].target_ref
        for link in file.element.body.iter(qn("w:hyperlink"))
    }
    assert links == {SOURCE: SOURCE, "thegeneralpart": "https://laws.example/general-part"}


def test_the_note_is_a_footnote() -> None:
    document = sample()
    file = opened(render_text_docx(document, agreed()))
    (reference,) = file.element.body.iter(qn("w:footnoteReference"))
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    notes = {note.get(qn("w:id")): words_of(note) for note in parse_xml(part.blob)}
    assert notes == {"-1": "", "0": "", reference.get(qn("w:id")): squeezed("*", document.note)}
    without = opened(render_text_docx(replace(document, note=""), agreed()))
    assert list(without.element.body.iter(qn("w:footnoteReference"))) == []


def test_heads_and_feet_run_over_the_pages() -> None:
    section = opened(render_text_docx(sample(), agreed())).sections[0]
    assert words_of(section.header._element) == "1-XVE/TIP/LOVeskaria"
    assert words_of(section.first_page_header._element) == ""
    for footer in (section.first_page_footer, section.footer):
        fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert words_of(footer._element).startswith(squeezed("Version 2, agreed on 4 March 2022"))


def test_a_watermark_lies_across_every_page_until_the_text_is_agreed() -> None:
    def watermarks(content: bytes) -> list[list[str]]:
        textpath = "{urn:schemas-microsoft-com:vml}textpath"
        return [
            [node.get("string") for node in header.iter(textpath) if node.get("string")]  # type: ignore[attr-defined]
            for header in headers(opened(content))
        ]

    assert watermarks(render_text_docx(sample(), draft())) == [["Draft – not agreed"]] * 2
    assert watermarks(render_text_docx(sample(), agreed())) == [[], []]
    assert "Draft" not in everything(render_text_docx(sample(), agreed()))


def test_an_outsider_reads_no_names_and_no_grounds() -> None:
    inside, outside = everything(render_text_docx(sample(), agreed())), everything(render_text_docx(*public()))
    for words in (EXPERT, FOCAL_POINT, GROUND_PRINTED):
        assert squeezed(words) in inside
        assert squeezed(words) not in outside
    assert GROUND not in inside, "codes are ours alone"
    assert outside.count(SHA256) == 1
    with pytest.raises(ValueError, match="public_version"):
        render_text_docx(sample(), public()[1])


def test_arabic_runs_from_right_to_left() -> None:
    file = opened(render_text_docx(sample("ar"), draft("ar")))
    assert file.styles["Normal"].element.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert file.sections[0]._sectPr.find(qn("w:bidi")) is not None
    for table in file.tables:
        assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    runs = {run.text: run.font.rtl for paragraph in file.paragraphs for run in paragraph.runs}
    assert runs[EXPERT] is None
    assert runs["Interpol Global Database"] is None
    assert runs["القانون رقم 12 لسنة 2009"] is True


def test_a_paragraph_of_the_other_direction_turns_alone() -> None:
    arabic = Block("paragraph", "يعاقب القانون على الشروع", number=1, is_written=True)
    english = Block("paragraph", "Attempts are punishable.", number=2, is_written=True)
    file = opened(render_text_docx(replace(sample(), blocks=(arabic, english)), agreed()))
    first, second = (paragraph for paragraph in file.paragraphs if paragraph.style.name == "Numbered Paragraph")
    assert first._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert second._p.pPr.find(qn("w:bidi")) is None
    assert [run.font.rtl for run in first.runs if "القانون" in run.text] == [True]


def test_markdown_of_any_form_is_written() -> None:
    written = (
        "- one\n  - inner\n\n    more\n- two\n\n# No heading of ours\n\n> quoted\n\n1. third\n2. fourth\n\n"
        "a  \nb `code` <b>not bold</b> ![no picture](x.png) [words](ftp://files.example/)\n\n```\nx = 1\n```"
    )
    block = Block("paragraph", written, number=1, is_written=True)
    file = opened(render_text_docx(replace(sample(), blocks=(block,)), public()[1]))
    shown = [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs][3:-2]
    assert shown == [
        ("Numbered Paragraph", "1.\t"),
        ("List Bullet", "one"),
        ("List Bullet 2", "inner"),
        ("List Continue 2", "more"),
        ("List Bullet", "two"),
        ("Written Text", "No heading of ours"),
        ("Quote", "quoted"),
        ("List Number", "1.\tthird"),
        ("List Number", "2.\tfourth"),
        ("Written Text", "a\nb code <b>not bold</b> !no picture words"),
        ("Written Text", "x = 1"),
    ]
    assert list(file.element.body.iter(qn("w:hyperlink"))) == []


@pytest.mark.parametrize("text", ['[a](http://x.y "t&#12;&#8238;u")', "<http://x.y/t%0c%EF%BF%BEu>"])
def test_what_a_link_hides_does_not_keep_the_file_from_being_made(text: str) -> None:
    block = Block("paragraph", text, number=1, is_written=True)
    file = opened(render_text_docx(replace(sample(), blocks=(block,)), public()[1]))
    assert "t\ufffd" in words_of(file.element.body)


@given(st.text(max_size=40), st.booleans())
def test_runs_of_one_direction_hold_the_whole_text(text: str, is_rtl: bool) -> None:
    assert "".join(piece for piece, _runs_rtl in pieces(text, is_rtl)) == squeezed_of_isolates(text)


def squeezed_of_isolates(text: str) -> str:
    return "".join(sign for sign in text if not 0x2066 <= ord(sign) <= 0x2069)


def test_runs_take_what_has_no_direction_along() -> None:
    assert list(pieces("انظر Global Database 2020 (ب)", is_rtl=True)) == [
        ("انظر ", True),
        ("Global Database", False),
        (" 2020 (ب)", True),
    ]
    assert list(pieces("See المادة 3 (ب).", is_rtl=False)) == [("See ", False), ("المادة 3 (ب", True), (").", False)]
    assert list(pieces("\u20661.a\u2069، \u20662.b\u2069", is_rtl=True)) == [
        ("1.", True), ("a", False), ("، 2.", True), ("b", False),
    ]  # fmt: skip


def test_progress_is_told() -> None:
    told: list[int] = []
    render_text_docx(sample(), draft(), progress=told.append)
    assert told == [20, 80, 100]


def test_to_text_and_the_file_agree_on_what_is_shown() -> None:
    passage = next(block for block in sample().blocks if block.is_written)
    file = opened(render_text_docx(replace(sample(), blocks=(passage,)), agreed()))
    assert squeezed(to_text(passage.text)) in words_of(file.element.body)
