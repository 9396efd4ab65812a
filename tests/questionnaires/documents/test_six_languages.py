"""A completed questionnaire in each of the six languages: every word of the answers, and no word around in another."""

import io
import re
import unicodedata
from pathlib import Path

import docx
import pdfua
import pytest
from django.utils import translation
from docx.oxml.ns import qn
from pypdf import PdfReader

from core.documents.akn import AKN
from core.documents.pdf import missing_pdf_libraries
from core.language.markdown import to_text
from tests.core.documents.akn_schema import valid_akn
from tests.core.documents.files_of_html import assert_whole_and_inert, shown_in
from tests.observations.documents.agreed_samples import LANGUAGES, TEXTS, squeezed
from tests.questionnaires.documents.sheets import printed, sheet

pytestmark = pytest.mark.unit
NO_ANSWER = {
    "ar": "لا توجد إجابة",
    "en": "No answer",
    "es": "Sin respuesta",
    "fr": "Pas de réponse",
    "ru": "Ответа нет",
    "zh-hans": "无答案",
}


def written(language: str) -> list[str]:
    """The lines of the answers as a reader sees them."""
    return [squeezed(line) for text in TEXTS[language]["passages"] for line in to_text(text).splitlines()]


@pytest.mark.skipif(bool(missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_titled_and_whole(language: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.pdf"
    path.write_bytes(printed(language, "pdf"))
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/Lang"] == language
    with translation.override(language):
        assert reader.metadata.title == sheet(language).title
    assert {finding.rule_id for finding in pdfua.validate(path).findings} <= {"UA-15-003"}
    assert 2 <= len(reader.pages) <= 4
    shown = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in reader.pages))
    if language == "ar":  # lines are kept as they look, and read out word by word
        asked = re.findall(r"[\u0621-\u0652]+", " ".join(map(to_text, TEXTS["ar"]["passages"])))
        words = [word for word in asked if not re.search(r"[\u064b-\u0652]", word)]
        assert [word for word in words if word not in shown] == []
    else:
        lines = [unicodedata.normalize("NFKC", line) for line in written(language)]
        assert [line for line in lines if line not in squeezed(shown)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_html_and_akoma_ntoso_hold_the_same_words(language: str) -> None:
    html = printed(language, "html").decode()
    assert_whole_and_inert(html, language=language, direction="rtl" if language == "ar" else "ltr")
    file = docx.Document(io.BytesIO(printed(language, "docx")))
    assert (file.sections[0]._sectPr.find(qn("w:bidi")) is not None) == (language == "ar")
    root = valid_akn(printed(language, "xml"))
    body = root.find(f".//{{{AKN}}}mainBody")
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    found = [shown_in(html), "\n".join([*(each.text for each in file.paragraphs), *cells]), "".join(body.itertext())]
    for words in map(squeezed, found):
        assert [line for line in written(language) if line not in words] == []
        assert squeezed(NO_ANSWER[language]) in words
        assert NO_ANSWER[language] == NO_ANSWER["en"] or "Noanswer" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_portal_is_left_in_english(language: str) -> None:
    with translation.override(language):
        here = sheet(language, is_draft=True)
    with translation.override("en"):
        english = sheet("en", is_draft=True)
    said = [{*each.facts_of_document, each.title, each.watermark} for each in (here, english)]
    labels = [{fact.label for fact in each.facts} for each in (here, english)]
    assert said[0] & said[1] == (said[1] if language == "en" else set())
    assert labels[0] & labels[1] <= {"en": labels[1], "fr": {"Instruments", "Questionnaire"}}.get(language, set())


def test_a_draft_says_so_in_every_form() -> None:
    assert "Draft – not cleared" in shown_in(printed("en", "html", is_draft=True).decode())
    stage = valid_akn(printed("en", "xml", is_draft=True)).find(f".//{{{AKN}}}docStage")
    assert stage.text == "Draft – not cleared"
    file = docx.Document(io.BytesIO(printed("en", "docx", is_draft=True)))
    assert "Draft – not cleared" in file.sections[0].first_page_header._element.xml
