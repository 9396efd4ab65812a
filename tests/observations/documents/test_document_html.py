"""An output of a review on a page: every word of the document, in order, in its own language."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.template.loader import render_to_string

from core.language.i18n import language
from core.language.markdown import to_text
from observations.documents.layout import layout_of
from observations.wording.blueprint import Block, Document
from tests.observations.documents.agreed_samples import GROUND, GROUND_PRINTED, LANGUAGES, draft, sample

pytestmark = pytest.mark.unit


def html_of(document: Document, **more: object) -> str:
    return render_to_string(
        "observations/wording/_document.html", {"document": document, "page_language": language("en"), **more}
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_stands_there_in_order(code: str) -> None:
    document = sample(code)
    html = html_of(document)
    assert f'<article class="app-document" lang="{code}" dir="{language(code).direction}"' in html
    shown = "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    texts = [to_text(block.text) if block.is_written else block.text for block in document.blocks]
    place = 0
    for line in [document.title, *(line for text in texts for line in text.splitlines()), document.note]:
        place = shown.index("".join(line.split()), place)


def test_headings_begin_below_the_title_and_paragraphs_can_be_referred_to() -> None:
    html = html_of(sample())
    assert re.findall(r"<h(\d) ", html) == ["2", "3", "3", "3", "4", "5", "4"]
    assert re.findall(r"<h(\d) ", html_of(sample(), top=1)) == ["1", "2", "2", "2", "3", "4", "3"]
    assert re.findall(r'id="(paragraph-\d+)"', html) == [f"paragraph-{number}" for number in range(1, 6)]
    assert f"Rests on questions {GROUND_PRINTED} and 5" in " ".join(html.split())
    assert GROUND not in html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example"])
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    html = html_of(replace(sample(), blocks=(Block("item", "A source", link=link),)))
    assert f'href="{link}"' not in html
    assert f"({link})" in html


@pytest.mark.parametrize("code", LANGUAGES)
def test_paragraphs_have_the_numbers_of_the_paper(code: str) -> None:
    document = sample(code)
    shown = re.findall(r'<span class="app-document__number">([^<]*)</span>', html_of(document))
    numbered = [line.marker for line in layout_of(document, draft(code)).lines if line.kind == "paragraph"]
    assert shown == numbered
    assert shown[0] == ("1-" if code == "ar" else "1.")
