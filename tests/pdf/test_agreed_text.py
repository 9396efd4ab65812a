"""The outputs of a review in print: what is agreed, word for word, in six languages, and who may read which parts."""

import io
import logging
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pdfua
import pytest
from pypdf import PdfReader

from core.documents import pdf
from core.language.markdown import to_text
from observations.documents.layout import layout_of
from observations.documents.pdf import render_text_pdf
from observations.texts.enums import TextKind
from observations.wording.blueprint import Block, Document, public_version, without_grounds
from observations.wording.printed_status import PrintedStatus
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

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]


def read(document: Document, status: PrintedStatus) -> PdfReader:
    return PdfReader(io.BytesIO(render_text_pdf(document, status)))


def text_of(document: Document, status: PrintedStatus) -> str:
    return "\n".join(page.extract_text() for page in read(document, status).pages)


def running_text(reader: PdfReader, document: Document, status: PrintedStatus) -> str:
    """The text of all pages without what stands around it on each: running heads, the note, the signs of lists."""
    words = layout_of(document, status)
    parts = []
    for number, page in enumerate(reader.pages, start=1):
        foot = squeezed(words.status, f"{number}/{len(reader.pages)}")
        head = squeezed("*", document.note) if number == 1 else squeezed(document.symbol, status.state)
        text = squeezed(unicodedata.normalize("NFC", page.extract_text())).replace("•", "")
        assert text.endswith(head + foot), text[-200:]
        parts.append(text.removeprefix(squeezed(words.watermark)).removesuffix(head + foot))
    return "".join(parts)


@pytest.mark.parametrize("more", range(0, 40, 4))
def test_the_note_of_the_title_stands_on_its_page(more: int) -> None:
    """However far down the first page the text goes."""
    document = sample()
    first = replace(document.blocks[1], text=document.blocks[1].text + " and further words" * more)
    reader = read(replace(document, blocks=(document.blocks[0], first, *document.blocks[2:])), agreed())
    on = [number for number, page in enumerate(reader.pages) if document.note[:40] in page.extract_text()]
    assert on == [0]
    assert len(reader.pages) > 1


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "ar"])
def test_the_agreed_words_are_printed_in_their_order(language: str) -> None:
    document, status = sample(language), agreed(language)
    assert squeezed(*printed_words(document, status)) in running_text(read(document, status), document, status)


def test_every_word_in_arabic_is_printed() -> None:
    """A PDF keeps lines as they look, and who reads the text out of it guesses their order and where vowel signs stand.

    That the order is right, the Word file of the same lines shows (``tests/observations/documents/test_docx.py``).
    """
    document, status = sample("ar"), agreed("ar")
    shown = unicodedata.normalize("NFKC", text_of(document, status))
    asked = " ".join([document.title, document.note, *(to_text(block.text) for block in document.blocks)])
    words = [word for word in re.findall(r"[\u0621-\u0652]+", asked) if not re.search(r"[\u064b-\u0652]", word)]
    assert len(words) > 100
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_whole_tagged_and_says_its_language_and_title(language: str, tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    document, status = replace(sample(language), kind=TextKind.SUMMARY), draft(language)
    path.write_bytes(render_text_pdf(document, status))
    reader = PdfReader(path)
    assert 2 <= len(reader.pages) <= 4
    if language != "ar":
        assert squeezed(*printed_words(document, status)) in running_text(reader, document, status)
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == sample(language).title
    assert reader.metadata.author == draft(language).mechanism_name
    assert reader.outline[0].title == sample(language).title
    # Cells name their headers by /Headers, which the checker takes for a doubt where a header has no /Scope.
    assert {finding.rule_id for finding in pdfua.validate(path).findings} <= {"UA-15-003"}


def test_a_watermark_lies_across_every_page_until_the_text_is_agreed() -> None:
    pages = [page.extract_text() for page in read(sample(times=3), draft()).pages]
    assert len(pages) > 2
    # Across the page and at its foot; on the first page also under the name of the mechanism.
    assert [text.count("Draft – not agreed") for text in pages] == [3, *[2] * (len(pages) - 1)]
    text = text_of(sample(times=3), agreed())
    assert "Draft" not in text
    assert text.count("Version 2, agreed on 4 March 2022") == len(pages) + 1


def test_a_text_without_a_version_has_no_annex() -> None:
    text = text_of(sample(), replace(draft(), version=0, sha256="", clearances=()))
    assert "Draft – not agreed" in text
    assert "Clearances" not in text


def test_the_states_of_the_review_find_the_clearances_in_the_annex() -> None:
    text = squeezed(text_of(sample(), agreed()))
    for words in (
        "Restricted to the States of the review", "Original: English", "Clearances of version 2", "3 Mar 2022, 14:02",
        EXPERT, FOCAL_POINT, GROUND_PRINTED,
    ):  # fmt: skip
        assert squeezed(words) in text
    assert text.count(SHA256) == 2


def test_an_outsider_reads_no_names_and_no_grounds() -> None:
    content = render_text_pdf(*public())
    text = squeezed(*(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    for words in (EXPERT, FOCAL_POINT, GROUND, GROUND_PRINTED, "Annex", "Clearances", "Restricted", "Rests on"):
        assert squeezed(words) not in text
    assert text.count(SHA256) == 1
    assert squeezed("Checksum (SHA-256) of the agreed version:") in text


def test_what_is_not_public_is_refused() -> None:
    document, status = public()
    with pytest.raises(ValueError, match="draft"):
        render_text_pdf(document, replace(status, is_agreed=False))
    with pytest.raises(ValueError, match="public_version"):
        render_text_pdf(sample(), status)
    assert squeezed(EXPERT) in squeezed(text_of(without_grounds(sample()), status))
    assert squeezed(EXPERT) not in squeezed(text_of(public_version(sample()), status))


def test_sources_are_linked() -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in read(sample(), agreed()).pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    }
    assert links == {SOURCE, "https://laws.example/general-part"}


def test_words_of_any_form_and_direction_are_printed() -> None:
    written = "- one\n- two\n\n# No heading of ours\n\n> quoted\n\n1. first\n\n`code` <b>not bold</b>"
    blocks = (
        Block("paragraph", written, number=1, is_written=True),
        Block("paragraph", "| a | b |\n|---|---|\n| c | d |", number=2, is_written=True),
        Block("paragraph", "يعاقب القانون على الشروع", number=3, is_written=True),
        Block("item", "Archive", link="javascript:alert(1)"),
    )
    reader = read(replace(sample(), blocks=blocks), agreed())
    text = squeezed(*(page.extract_text() for page in reader.pages)).replace("•", "")
    assert "1.onetwoNoheadingofoursquotedfirstcode<b>notbold</b>2.abcd" in text
    assert squeezed("يعاقب القانون على الشروع") in text
    assert "Archive(javascript:alert(1))" in text
    assert all("/Annots" not in page for page in reader.pages)
    assert "Noheadingofours" not in squeezed(str(reader.outline))


def test_a_character_without_a_font_fails() -> None:
    block = Block("paragraph", "\U000e0fff \U0010fffd", number=1, is_written=True)
    with pytest.raises(pdf.PdfError, match="no font"):
        render_text_pdf(replace(sample(), blocks=(block,)), draft())


def test_it_fails_too_where_the_process_logs_errors_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a worker may that was told to be quiet."""
    logger = logging.getLogger("weasyprint")
    monkeypatch.setattr(logger, "level", logging.ERROR)
    logger.manager._clear_cache()  # type: ignore[attr-defined]  # what setLevel does
    test_a_character_without_a_font_fails()


def test_progress_is_told() -> None:
    told: list[int] = []
    render_text_pdf(sample(), draft(), progress=told.append)
    assert told == [20, 80, 100]
