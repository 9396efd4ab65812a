"""The words around an output of a review, and its blocks as they are set."""

import datetime as dt
from dataclasses import replace

import pytest

from observations.documents.layout import Layout, PrintedLine, layout_of
from observations.texts.enums import TextKind
from observations.wording.blueprint import Block
from observations.wording.printed_status import PrintedBringing, PrintedWord
from reviews.symbols.enums import Distribution
from reviews.symbols.printed import PrintedSymbol
from tests.observations.documents.agreed_samples import (
    FOCAL_POINT,
    LANGUAGES,
    SHA256,
    agreed,
    draft,
    public,
    sample,
    squeezed,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "marker", "words"),
    [
        ("I. Introduction", "I.", "Introduction"),
        ("XIII. Process", "XIII.", "Process"),
        ("(a) Best practices", "(a)", "Best practices"),
        ("B. Best practices", "B.", "Best practices"),
        ("أولا- مقدمة", "أولا-", "مقدمة"),
        ("(أ) الثغرات", "(أ)", "الثغرات"),
        ("一、导言", "一、", "导言"),
        ("Article 5", "", "Article 5"),
        ("Articles 3 and 5", "", "Articles 3 and 5"),
        ("Cross-border operations", "", "Cross-border operations"),
        ("第3条和第5条", "", "第3条和第5条"),
    ],
)
def test_the_mark_of_a_heading_stands_before_its_words(text: str, marker: str, words: str) -> None:
    document = replace(sample(), blocks=(Block("heading", text, level=1),))
    assert layout_of(document, draft()).lines == (PrintedLine("heading", 1, marker, words),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_added_or_lost(language: str) -> None:
    document = sample(language)
    lines = layout_of(document, draft(language)).lines
    assert len(lines) == len(document.blocks)
    for line, block in zip(lines, document.blocks, strict=True):
        if block.number:
            assert (line.text, str(block.number) in line.marker) == (block.text, True)
        else:
            assert squeezed(line.marker, line.text) == squeezed(block.text)


def test_grounds_are_named_by_their_numbers() -> None:
    blocks = tuple(
        Block("paragraph", "Words", number=number, is_written=True, grounds=grounds)
        for number, grounds in enumerate(((), ("I.tip.3",), ("I.tip.3", "I.tip.5.a")), start=1)
    )
    lines = layout_of(replace(sample(), blocks=blocks), draft()).lines
    assert [(line.marker, line.grounds) for line in lines] == [
        ("1.", ""),
        ("2.", "Rests on question 3"),
        ("3.", "Rests on questions 3 and 5 (a)"),
    ]


def test_the_words_around_say_how_the_text_stands() -> None:
    none = layout_of(sample(), replace(draft(), version=0, sha256="", clearances=()))
    assert (none.status, none.watermark, none.annex) == ("Draft – not agreed", "Draft – not agreed", None)
    proposed = layout_of(sample(), replace(draft(), clearances=()))
    assert (proposed.status, proposed.watermark) == ("Draft – not agreed: version 2", "Draft – not agreed")
    assert proposed.annex is not None
    assert (proposed.annex.introduction, proposed.annex.rows) == ("No State has cleared this version yet.", ())
    done = layout_of(sample(), agreed())
    assert (done.status, done.watermark) == ("Version 2, agreed on 4 March 2022", "")
    assert done.annex is not None
    assert done.annex.rows == (("Veskaria", FOCAL_POINT, "3 Mar 2022, 14:02", SHA256),)
    assert (done.kind, done.facts[0]) == ("List of observations", "Restricted to the States of the review")
    outside = layout_of(*public())
    assert (outside.facts[0], outside.annex) == ("Public", None)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_words_around_are_in_the_language_of_the_text(language: str) -> None:
    """Not one of them is left in English, however the text stands."""
    symbol = PrintedSymbol("CTOC/COP/WG.10/2026/CRP.1", Distribution.GENERAL, dt.date(2026, 3, 4), "ru")
    words = PrintedWord("", "", "", "")
    brought = PrintedBringing("A", "B", SHA256, (words,))
    for changes in (
        {"symbol": symbol},
        {"is_agreed": True},
        {"version": 0, "clearances": ()},
        {"clearances": (), "record_head": "1"},
        {"is_agreed": True, "brought_in": brought},
    ):
        here, english = (layout_of(sample(code), replace(draft(), **changes)) for code in (language, "en"))
        assert here.language == language
        same = set(_around(here)) & set(_around(english))
        assert same <= {sample().symbol, symbol.symbol, *sample(language).symbol.split()}


def _around(layout: Layout) -> list[str]:
    """The words of the masthead, the foot, the grounds and the annex."""
    annex = layout.annex
    own = [annex.title, annex.heading, annex.introduction, *annex.columns, annex.how_to_check] if annex else []
    grounds = [line.grounds for line in layout.lines]
    return list(filter(None, [layout.kind, *layout.facts, layout.status, layout.watermark, *grounds, *own]))


OFFICIAL = PrintedSymbol("CTOC/COP/WG.10/2026/CRP.1", Distribution.GENERAL, dt.date(2026, 3, 4), "fr")


def test_an_official_symbol_stands_in_the_masthead_as_in_such_documents() -> None:
    """And a file that only the States of the review may read says so, whatever was chosen for the document."""
    inside = layout_of(sample(), replace(agreed(), symbol=OFFICIAL))
    assert (inside.symbol, inside.facts) == (
        OFFICIAL.symbol,
        (
            "Distr.: Restricted",
            "4 March 2026",
            "Original: French",
            "Restricted to the States of the review",
            "Version 2, agreed on 4 March 2022",
        ),
    )
    document, status = public()
    outside = layout_of(document, replace(status, symbol=OFFICIAL))
    assert outside.facts == ("Distr.: General", "4 March 2026", "Original: French", "Version 2, agreed on 4 March 2022")
    assert layout_of(sample("ar"), replace(agreed("ar"), symbol=OFFICIAL)).facts[1] == "4 آذار/مارس 2026"


def test_a_summary_is_called_one() -> None:
    assert layout_of(replace(sample(), kind=TextKind.SUMMARY), draft()).kind == "Summary"
