"""Segments of a frozen document: known by their words, carried over, put together again."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from observations.translations.segments import (
    carried_over,
    segments_of,
    text_of,
    translation_of,
    words_of_blueprint,
)
from observations.translations.terms import terms_in
from observations.wording import Block, Document

pytestmark = pytest.mark.unit
_WORDS = st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["C", "Z"]), min_size=1, max_size=12)
_BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(["heading", "paragraph", "remark", "item"]),
    text=_WORDS,
    number=st.integers(0, 9),
    is_written=st.booleans(),
    public_text=st.one_of(st.just(""), _WORDS),
)


def _document(title: str, blocks: list[Block]) -> Document:
    head = {"kind": "summary", "mechanism": "untoc", "review": "1-XVE", "instrument": "untoc", "language": "en"}
    return Document(**head, symbol="1-XVE/UNTOC/S", title=title, note="", blocks=tuple(blocks))


_DOCUMENTS = st.builds(_document, title=_WORDS, blocks=st.lists(_BLOCKS, max_size=8))


@given(_DOCUMENTS)
def test_a_translation_has_each_segment_in_its_place_and_nothing_else_changed(document: Document) -> None:
    segments = segments_of(document)
    assert len({segment.key for segment in segments}) == len(segments)
    words = {segment.key: {"text": f"<{segment.source}>"} for segment in segments}
    translated = translation_of(document, words, "fr")
    assert translated.language == "fr"
    assert translated.title == f"<{document.title}>"
    for block, other in zip(document.blocks, translated.blocks, strict=True):
        public = f"<{block.public_text}>" if block.public_text else ""
        assert other == replace(block, text=f"<{block.text}>", public_text=public)
    assert translation_of(document, {}, "en") == document


@given(_DOCUMENTS, st.data())
def test_what_says_the_same_keeps_its_translation_and_nothing_else_has_one(
    document: Document, data: st.DataObject
) -> None:
    """Whatever was taken out, moved, put in or worded otherwise meanwhile."""
    blocks = data.draw(st.permutations(document.blocks))
    later = _document(
        document.title, [*blocks[: data.draw(st.integers(0, 8))], *data.draw(st.lists(_BLOCKS, max_size=3))]
    )
    before, now = segments_of(document), segments_of(later)
    words = {segment.key: {"text": f"<{segment.source}>", "by": "human"} for segment in before}
    carried = carried_over(before, words, now)
    old = {segment.key: segment for segment in before}
    for segment in now:
        assert text_of(carried, segment.key) == (f"<{segment.source}>" if segment.key in old else "")
        was = carried.get(segment.key, {}).get("was")
        assert was is None or was["text"] == f"<{was['source']}>"
    assert {segment.key for segment in now} >= carried.keys()


def test_what_stands_in_the_place_of_another_remembers_it() -> None:
    before = _document(
        "List", [Block("paragraph", "The law is old.", number=1), Block("paragraph", "So be it.", number=2)]
    )
    later = _document(
        "List", [Block("paragraph", "The law is new.", number=1), Block("paragraph", "So be it.", number=2)]
    )
    words = {each.key: {"text": each.source.upper(), "by": "human"} for each in segments_of(before)}
    carried = carried_over(segments_of(before), words, segments_of(later))
    changed = next(each.key for each in segments_of(later) if each.source == "The law is new.")
    assert carried[changed] == {"text": "", "was": {"source": "The law is old.", "text": "THE LAW IS OLD."}}


def test_the_blueprint_words_in_the_other_language_what_it_worded_in_this_one() -> None:
    fixed, ours = Block("heading", "Introduction", level=1), Block("paragraph", "Ours.", number=1, is_written=True)
    frozen = _document("List", [fixed, ours, Block("remark", "Nothing was observed.")])
    regenerated = replace(frozen, blocks=(fixed, ours, Block("remark", "There is nothing.")))
    french = [Block("heading", "Introduction (fr)", level=1), ours, Block("remark", "Il n’y a rien.")]
    other = replace(_document("Liste", french), language="fr")
    words = words_of_blueprint(frozen, regenerated, other)
    said = {each.source: text_of(words, each.key) for each in segments_of(frozen)}
    assert said == {"List": "Liste", "Introduction": "Introduction (fr)", "Ours.": "", "Nothing was observed.": ""}
    assert words_of_blueprint(frozen, replace(regenerated, blocks=(ours,)), other) == {}, "the two do not fit"


@pytest.mark.parametrize(
    ("source", "language", "found"),
    [
        (
            "Organized criminal groups launder Proceeds of crime.",
            "en",
            ["organized criminal group", "proceeds of crime"],
        ),
        ("A disorganized criminal group.", "en", ["criminal group"]),
        ("关于犯罪所得的没收", "zh-hans", ["犯罪所得"]),
        ("مصادرة العائدات الإجرامية", "ar", ["مصادرة"]),
    ],
)
def test_a_term_is_found_at_the_beginning_of_a_word_with_any_ending(
    source: str, language: str, found: list[str]
) -> None:
    terms = ["criminal group", "organized criminal group", "proceeds of crime", "犯罪所得", "所得", "مصادرة"]
    assert [term for term, _other in terms_in(source, [(term, "…") for term in terms], language)] == found
