"""A text that was agreed elsewhere: its own words in place of the blueprint's, and how it may call its parts; pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, repeat

from core.language.i18n import list_of
from core.language.markdown import to_text
from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import Block, Document, DocumentFacts, Heading, Words, split_marker

# The parts before the observations in their order, each below a heading of the first level.
SECTIONS: Mapping[str, Sequence[str]] = {
    TextKind.LIST_OF_OBSERVATIONS: ("introduction", "process", "list"),
    TextKind.SUMMARY: ("act", "implementation"),
}
_LETTER = re.compile(r"\A\w{1,3}\)\s+")  # "a)", as some blueprints count headings
_PROCESS = "process"
_LEFT_OUT = "[…]"  # what is put in the public version where experts may be named in words that nobody here knows
_NUMBERS = ("one", "two", "many")


@dataclass(frozen=True, slots=True)
class FixedWords:
    """What a blueprint calls the parts of a text in one language. ``articles``: what stands around their numbers.

    ``between``: what stands between two numbers; ``silent``: headings and remarks that say nothing of their own.
    """

    sections: Sequence[tuple[str, str]]
    headings: Sequence[tuple[str, ObservationKind]]
    articles: Sequence[tuple[str, str]]
    between: frozenset[str]
    silent: Sequence[str]
    title: str
    note: str


def fixed_words(
    kind: TextKind, texts: Mapping[str, str], facts: DocumentFacts, headings: Sequence[Heading]
) -> FixedWords:
    """In the active language."""
    words = Words(texts, facts)
    keys = ["introduction", "process", "list"]
    if kind == TextKind.SUMMARY:
        keys = [key.removeprefix("section_") for key in texts if key.startswith("section_")]
    around = [texts[f"articles_heading_{form}"].partition("{numbers}") for form in _NUMBERS]
    return FixedWords(
        sections=[
            (words(f"section_{key}"), key if key in SECTIONS[kind] else "act")
            for key in keys
            if f"section_{key}" in texts
        ],
        headings=[(name, each.kind) for each in headings for name in (words.fill(each.text), each.name)],
        articles=[(before.strip(), after.strip()) for before, _numbers, after in around],
        between=frozenset(_between(["1", "2"]) | _between(["1", "2", "3"])),
        silent=[words(key) for key in ("observations", "nothing") if key in texts],
        title=words("title"),
        note=words("note"),
    )


def _between(numbers: list[str]) -> set[str]:
    listed = list_of(numbers)
    for number in numbers:
        listed = listed.replace(number, "\n", 1)
    return {part.strip() for part in listed.split("\n")} - {""}


def same_words(one: str, other: str) -> bool:
    """Whether two headings or texts say the same, without regard to spaces, letters' case and what counts headings."""
    return key_of(one) == key_of(other)


def key_of(words: str) -> str:
    """By which a heading or a text is known again."""
    return "".join(_LETTER.sub("", split_marker(words.strip())[1]).split()).casefold()


def with_own_words(document: Document, sections: Mapping[str, Sequence[str]], title: str = "") -> Document:
    """The document with a text's own paragraphs (Markdown) in the place of those of the blueprint, by part.

    A part that says what the blueprint says stays as it is, and so does one in which the text says nothing.
    """
    keys, blocks = iter(SECTIONS[document.kind]), list[Block]()
    for head, body in _parts(document.blocks):
        key = next(keys) if head.level == 1 else ""
        own = sections.get(key, ())
        blocks += [head, *(_own(own, body, hides=key == _PROCESS) if own else body)]
    own_title = title and not same_words(title, document.title)
    return replace(document, title=title if own_title else document.title, blocks=tuple(_numbered(blocks)))


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Each heading with what stands below it before the next one."""
    parts: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind == "heading":
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return iter(parts)


def _own(own: Sequence[str], body: list[Block], *, hides: bool) -> list[Block]:
    """Own paragraphs. ``hides``: they may name experts, whom the public version leaves out."""
    if same_words("".join(map(to_text, own)), "".join(map(_printed, body))):
        return body
    unnamed = next((block.public_text or block.text for block in body), "")
    says_more = [hides and not same_words(to_text(text), unnamed) for text in own]
    shown = chain([unnamed] if unnamed and all(says_more) else [], repeat(_LEFT_OUT))  # the blueprint's words once
    return [
        Block("paragraph", text, number=1, is_written=True, public_text=next(shown) if more else "")
        for text, more in zip(own, says_more, strict=True)
    ]


def _printed(block: Block) -> str:
    return f"{block.text}({block.link})" if block.link else block.text


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        yield replace(block, number=next(numbers)) if block.kind == "paragraph" else block
