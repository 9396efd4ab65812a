"""A frozen document in segments: what is translated, what a translation makes of it, and what is carried over; pure.

A segment is known by its words: its key is made of their hash, what it is, and how many of the same stand before it.
Whatever else changes in a later version, the same words have the same key, and so keep their translation.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from observations.wording import Block, Document

# What is stored of a segment: its text in the other language and where that comes from; of one whose source has
# changed, what it said before and how that was translated.
Words = Mapping[str, Mapping[str, Any]]
HUMAN, MACHINE, BLUEPRINT, DRAFT = "human", "machine", "blueprint", "draft"
UNREAD = frozenset({MACHINE, DRAFT})  # a person has to read it: a machine's, or one that a file calls not final
_KEY_SIGNS = 16  # of the hash, in hexadecimal


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a document. ``kind``: title, note, public (the wording without names) or that of its block.

    ``number``: of the paragraph that it is or stands in for, 0 for others. ``is_written``: it is Markdown.
    """

    key: str
    kind: str
    source: str
    number: int = 0
    is_written: bool = False


class _Place(NamedTuple):
    """Where in a document a segment stands: the place of its block, -1 for its head, and the column."""

    block: int
    column: str


def segments_of(document: Document) -> list[Segment]:
    """In the order of the document; what says nothing is no segment."""
    return [segment for _place, segment in _placed(document)]


def translation_of(document: Document, words: Words, language: str) -> Document:
    """The document in another language; a segment without a translation says what the original says."""
    head: dict[str, Any] = {}
    blocks = list(document.blocks)
    for place, segment in _placed(document):
        text = text_of(words, segment.key)
        if not text:
            continue
        if place.block < 0:
            head[place.column] = text
        else:
            blocks[place.block] = _with_text(blocks[place.block], place.column, text)
    return replace(document, language=language, blocks=tuple(blocks), **head)


def _with_text(block: Block, column: str, text: str) -> Block:
    return replace(block, public_text=text) if column == "public_text" else replace(block, text=text)


def text_of(words: Words, key: str) -> str:
    """The translation of a segment; empty where there is none."""
    return str(words.get(key, {}).get("text", ""))


def mark_of(text: str) -> str:
    """By which a text is known again that a page has shown in a box; browsers end lines otherwise."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:_KEY_SIGNS]


def carried_over(before: Sequence[Segment], words: Words, now: Sequence[Segment]) -> dict[str, dict[str, Any]]:
    """What a translation of an earlier version is worth for a later one.

    A segment whose words are the same keeps its translation. One that stands in the place of another, and is of the
    same kind, has none, and remembers (``was``) what that said and how it was translated.
    """
    kept = {segment.key: dict(words[segment.key]) for segment in now if segment.key in words}
    old, new = [segment.key for segment in before], [segment.key for segment in now]
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "replace":
            for earlier, later in zip(before[first:last], now[start:end], strict=False):
                if earlier.kind == later.kind and later.key not in kept and (was := _what_was(earlier, words)):
                    kept[later.key] = {"text": "", "was": was}
    return kept


def _what_was(segment: Segment, words: Words) -> Mapping[str, str]:
    text = text_of(words, segment.key)
    if text:
        return {"source": segment.source, "text": text}
    was: Mapping[str, str] = words.get(segment.key, {}).get("was", {})
    return was


def words_of_blueprint(document: Document, regenerated: Document, other: Document) -> dict[str, dict[str, Any]]:
    """Of the segments that are the blueprint's own words: what it says in the other language.

    ``regenerated`` and ``other`` are the text as the blueprint words it now, in the language of ``document`` and in
    the other one. Where the first does not say what the document says, nothing is taken from the second.
    """
    if [_shape(block) for block in regenerated.blocks] != [_shape(block) for block in other.blocks]:
        return {}
    said = {segment.key: place for place, segment in _placed(regenerated)}
    found = {}
    for segment in segments_of(document):
        place = said.get(segment.key)
        if place is None or segment.is_written or segment.kind == "item":  # items hold what experts wrote
            continue
        row: Document | Block = other if place.block < 0 else other.blocks[place.block]
        if text := str(getattr(row, place.column)):
            found[segment.key] = {"text": text, "by": BLUEPRINT}
    return found


def _shape(block: Block) -> tuple[str, int, int, bool]:
    return block.kind, block.level, block.number, block.is_written


def _placed(document: Document) -> Iterator[tuple[_Place, Segment]]:
    before: Counter[str] = Counter()
    for place, kind, source, block in _sources(document):
        if not source.strip():
            continue
        digest = hashlib.sha256(f"{kind}\n{source}".encode()).hexdigest()[:_KEY_SIGNS]
        before[digest] += 1
        number, is_written = (block.number, block.is_written) if block else (0, False)
        yield place, Segment(f"s{digest}-{before[digest]}", kind, source, number, is_written)


def _sources(document: Document) -> Iterator[tuple[_Place, str, str, Block | None]]:
    yield _Place(-1, "title"), "title", document.title, None
    yield _Place(-1, "note"), "note", document.note, None
    for place, block in enumerate(document.blocks):
        yield _Place(place, "text"), block.kind, block.text, block
        if block.public_text:
            yield _Place(place, "public_text"), "public", block.public_text, block
