"""The outputs of a review as Akoma Ntoso: valid against the schema, word for word, and it says how the text stands."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from core.documents.akn import AKN
from core.language.markdown import to_text
from observations.documents.akn import render_text_akn
from observations.documents.layout import layout_of
from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import Block, Document, Passage, list_document, summary_document
from observations.wording.printed_status import PrintedParty, PrintedStatus
from reviews.symbols.enums import Distribution
from reviews.symbols.printed import PrintedSymbol
from tests.core.documents.akn_schema import valid_akn
from tests.observations.documents.agreed_samples import (
    EXPERT,
    FOCAL_POINT,
    GROUND_PRINTED,
    LANGUAGES,
    SHA256,
    agreed,
    draft,
    printed_words,
    public,
    sample,
    squeezed,
)
from tests.observations.wording import blueprints

pytestmark = pytest.mark.unit
NS = {"a": AKN, "p": "urn:country-review-portal"}
DEMO = Path(__file__).parents[3] / "fixtures" / "demo"


def read(document: Document, status: PrintedStatus) -> Any:
    return valid_akn(render_text_akn(document, status))


def one(root: Any, path: str) -> Any:
    found = root.xpath(path, namespaces=NS)
    assert len(found) == 1, path
    return found[0]


def words_of(root: Any, path: str) -> str:
    """With the numbers of ordered lists, which are attributes."""
    element = one(root, path)
    for item in element.iter(f"{{{AKN}}}li"):
        item.text = item.attrib.pop("value", "") + (item.text or "")
    return squeezed("".join(element.itertext()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_valid_and_holds_the_agreed_words_in_their_order(language: str) -> None:
    for document, status in (
        (sample(language), draft(language)),
        (sample(language), agreed(language)),
        public(language),
    ):
        root = read(document, status)
        _title, *words = printed_words(document, status)
        assert words_of(root, "//a:docTitle") == squeezed(document.title, document.note)
        assert words_of(root, "//a:mainBody") == squeezed(*words)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", list(TextKind))
def test_every_text_of_the_demo_is_valid(language: str, kind: TextKind) -> None:
    words = json.loads((DEMO / f"observations_{language}.json").read_text("utf-8"))
    for instrument, by_heading in words.items():
        passages = [
            Passage(ObservationKind(heading), tuple(row["articles"]), row["text"], tuple(row.get("grounds", ())))
            for heading, rows in by_heading.items()
            if heading in set(ObservationKind)
            for row in rows
        ]
        facts = replace(blueprints.FACTS, language=language, instrument=instrument)
        make = list_document if kind == TextKind.LIST_OF_OBSERVATIONS else summary_document
        document = make(blueprints.fixed_texts(kind, language), facts, blueprints.headings(language), passages)
        root = read(document, draft(language))
        paragraphs = root.xpath("//a:paragraph/@eId", namespaces=NS)
        assert paragraphs == [f"para_{block.number}" for block in document.blocks if block.kind == "paragraph"]


@pytest.mark.parametrize("language", list(blueprints.LANGUAGES))
@pytest.mark.parametrize("kind", list(TextKind))
def test_the_fixed_words_are_valid_in_six_languages(language: str, kind: TextKind) -> None:
    facts = replace(blueprints.FACTS, language=blueprints.LANGUAGES[language])
    make = list_document if kind == TextKind.LIST_OF_OBSERVATIONS else summary_document
    document = make(blueprints.fixed_texts(kind, language), facts, blueprints.headings(language), [])
    read(document, draft(blueprints.LANGUAGES[language]))


def test_it_says_what_it_is_and_of_whom_it_speaks() -> None:
    parties = (PrintedParty("XVE", "Veskaria"), PrintedParty("XLE", "Lestovia"))
    symbol = PrintedSymbol("CTOC/COP/WG.10/2026/CRP.1", Distribution.GENERAL, dt.date(2026, 3, 4), "fr")
    document, status = public()
    root = read(document, replace(status, parties=parties, symbol=symbol, day=dt.date(2022, 3, 4)))
    work = "/akn/un/doc/listOfObservations/2026-03-04/CTOC-COP-WG.10-2026-CRP.1"
    assert one(root, "//a:FRBRWork/a:FRBRuri").get("value") == work
    assert one(root, "//a:FRBRWork/a:FRBRcountry").get("value") == "un"
    assert one(root, "//a:FRBRWork/a:FRBRalias").get("value") == symbol.symbol
    expression = f"{work}/eng@2022-03-04:v2-{SHA256[:12]}"
    assert one(root, "//a:FRBRExpression/a:FRBRuri").get("value") == expression
    assert one(root, "//a:FRBRExpression/a:FRBRversionNumber").get("value") == SHA256
    assert one(root, "//a:FRBRExpression/a:FRBRauthoritative").get("value") == "false"  # the original is French
    assert one(root, "//a:FRBRManifestation/a:FRBRuri").get("value") == f"{expression}.akn.xml"
    states = root.xpath("//a:TLCOrganization[starts-with(@eId, 'state_')]", namespaces=NS)
    assert [(each.get("eId"), each.get("showAs")) for each in states] == [
        ("state_xve", "Veskaria"),
        ("state_xle", "Lestovia"),
    ]
    assert words_of(root, "//a:docNumber") == symbol.symbol


def test_a_draft_says_that_it_is_one() -> None:
    root = read(sample(), replace(draft(), version=0, sha256="", clearances=()))
    assert words_of(root, "//a:docStage") == squeezed("Draft – not agreed")
    assert words_of(root, "//p:status") == "draft"
    assert one(root, "//a:FRBRExpression/a:FRBRuri").get("value").endswith(":draft")
    assert words_of(read(sample(), draft()), "//p:status") == "proposed"
    done = read(sample(), agreed())
    assert words_of(done, "//p:status") == "agreed"
    assert done.xpath("//a:docStage", namespaces=NS) == []


def test_an_outsider_reads_no_names_and_no_grounds() -> None:
    inside, outside = render_text_akn(sample(), agreed()).decode(), render_text_akn(*public()).decode()
    for words in (EXPERT, FOCAL_POINT, GROUND_PRINTED, "Rests on"):
        assert words in inside
        assert words not in outside
    with pytest.raises(ValueError, match="public_version"):
        render_text_akn(sample(), public()[1])


_PARTS = [
    "- a", "1. b", "> q", "| x | y |\n|---|---|\n| 1 | 2 |", "    - c", "`d`", "**e** *f*", "[g](https://h.example)",
    "[i](javascript:j)", "# k", "```\nl\nm\n```", "\x0b\ufffe", "> - n\n>   > o",
    "[u](http://x.y 'v&#12;&#8238;w')", "<http://x.y/z%0c%EF%BF%BE>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=8))
def test_whatever_people_write_is_valid_and_whole(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    root = read(replace(sample(), blocks=(Block("paragraph", text, number=1, is_written=True),)), draft())
    shown = "".join(one(root, "//a:paragraph").itertext())
    assert set(re.findall("[a-z]", to_text(text))) <= set(shown)


def test_needs_are_not_called_sources() -> None:
    blocks = (
        Block("remark", "Supplementary information:"), Block("item", "A law"), Block("paragraph", "a", number=1),
        Block("item", "A source"), Block("paragraph", "b", number=2, is_written=True), Block("item", "A need"),
        Block("heading", "Next", level=1), Block("item", "Another source"),
    )  # fmt: skip
    root = read(replace(sample(), blocks=blocks), draft())
    lists = root.xpath("//a:hcontainer[.//a:li]", namespaces=NS)
    assert [(each.get("name"), "".join(each.itertext())) for each in lists] == [
        ("sources", "A law"),
        ("sources", "A source"),
        ("needs", "A need"),
        ("sources", "Another source"),
    ]


def test_every_paragraph_and_heading_has_an_id_of_its_own() -> None:
    document, status = sample(times=2), agreed()
    lines = layout_of(document, status).lines
    root = read(document, status)
    headings = root.xpath("//a:mainBody//a:heading", namespaces=NS)
    assert ["".join(each.itertext()) for each in headings] == [line.text for line in lines if line.kind == "heading"]
    keys = root.xpath("//a:mainBody//@eId", namespaces=NS)
    assert len(keys) == len(set(keys))
    paragraphs = [line for line in lines if line.kind == "paragraph"]
    assert [key for key in keys if key.startswith("para_")] == [f"para_{n}" for n in range(1, len(paragraphs) + 1)]
