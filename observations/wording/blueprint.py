"""The two outputs of a review as text: the blueprint's fixed words filled from facts, with what the experts wrote.

The fixed words are rows of the mechanism (``BlueprintText``); this module only puts them in order and numbers the
paragraphs that there are. It is pure: the same input gives the same document, whose bytes (canonical
JSON) are what focal points clear. Names and lists are worded in the active language.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import count, groupby
from operator import attrgetter
from typing import Any

from core.language.i18n import list_of
from core.language.rendering import written_in
from observations.texts.enums import ObservationKind, TextKind
from reviews.meetings.enums import MeetingMeans

FORMAT_VERSION = 1
# Names of the places that a fixed text may hold, as in "{state}".
PLACES = frozenset(
    {
        "state", "reviewing_states", "participating_states", "articles", "cluster", "phase", "instrument",
        "instrument_short", "years", "means", "tools", "experts", "numbers", "first", "last", "date", "title",
        "pages", "type", "provisions", "source",
    }
)  # fmt: skip
# Arabic has a dual; where there are more, or no such text, it is "many".
_FORMS = {1: "one", 2: "two"}
_articles_of = attrgetter("articles")
# The keys of the fixed paragraphs of a list; a blueprint has those that it has.
_INTRODUCTION, _PROCESS, _BEFORE_LIST = [f"paragraph_{number}" for number in range(1, 5)], "paragraph_5", "paragraph_6"

# What stands before the words of a heading: "I.", "B.", "(a)", "أولا-", "一、". Not the first word of "Article 5".
_MARKER = re.compile(
    r"(?P<marker>[IVXLC]{1,5}\.|\w\.|\(\w{1,3}\)|\w{1,6}\s?[-–](?=\s)|\w{1,3}、)\s*(?P<words>.+)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SupplementSource:
    """One piece of supplementary information: a title, its pages (as written), and where it is found."""

    title: str
    pages: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the blueprint's headings: ``text`` in full as the list prints it, ``name`` in short for the summary."""

    kind: ObservationKind
    letter: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class WordedNeed:
    """A technical assistance need: ``type`` in the words of the document, the numbers of articles, and codes."""

    type: str
    articles: tuple[int, ...]
    priority: str = ""
    received: str = ""
    received_from: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the experts wrote under one heading on one set of articles; ``grounds`` are codes of questions."""

    heading: ObservationKind
    articles: tuple[int, ...]
    text: str
    grounds: tuple[str, ...] = ()
    needs: tuple[WordedNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that the fixed words are filled with. ``years`` are the first and the last; ``date`` is worded."""

    mechanism: str
    review: str
    instrument: str
    language: str
    state: str
    reviewing_states: tuple[str, ...]
    instrument_name: str
    instrument_short_name: str
    articles: tuple[int, ...]
    cluster: int
    phase: int
    years: tuple[int, int]
    act: str = ""
    date: str = ""
    experts: tuple[tuple[str, str], ...] = ()
    means: tuple[str, ...] = ()
    sources: tuple[SupplementSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 4), a numbered paragraph or an item of a list.

    ``is_written`` marks the experts' own words (Markdown). ``public_text`` takes the place of ``text`` in the public
    version where that leaves out the names of experts.
    """

    kind: str
    text: str
    level: int = 0
    number: int = 0
    is_written: bool = False
    public_text: str = ""
    link: str = ""
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """``brought_in``: of one that was agreed elsewhere the SHA-256 of the file that it came out of, and the day."""

    kind: str
    mechanism: str
    review: str
    instrument: str
    language: str
    symbol: str
    title: str
    note: str
    blocks: tuple[Block, ...] = field(default=())
    brought_in: Mapping[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """The frozen form; ``document_from`` reads it back."""
        fields = json.loads(json.dumps(asdict(self)))
        if self.brought_in is None:
            del fields["brought_in"]
        return {"format_version": FORMAT_VERSION, **fields}


def document_from(data: Mapping[str, Any], rendered: Mapping[str, str] | None = None) -> Document:
    """Read a frozen document. ``rendered`` is what is kept of how the experts' words in it look."""
    blocks = tuple(_block_from(block, rendered or {}) for block in data["blocks"])
    fields = {name: value for name, value in data.items() if name not in {"format_version", "blocks"}}
    return Document(**fields, blocks=blocks)


def _block_from(data: Mapping[str, Any], rendered: Mapping[str, str]) -> Block:
    text = written_in(data["text"], rendered) if data["is_written"] else data["text"]
    return Block(**{**data, "text": text, "grounds": tuple(data["grounds"])})


def split_marker(heading: str) -> tuple[str, str]:
    """What stands before the words of a heading, and the words."""
    found = _MARKER.fullmatch(heading)
    return (found["marker"], found["words"]) if found else ("", heading)


def public_version(document: Document) -> Document:
    """What an outsider reads: the wording without the experts' names, and no references to the answers."""
    blocks = (replace(block, text=block.public_text or block.text) for block in document.blocks)
    return without_grounds(replace(document, blocks=tuple(blocks)))


def without_grounds(document: Document) -> Document:
    """What an outsider reads where the State lets the experts' names stand: no references to the answers."""
    blocks = tuple(replace(block, public_text="", grounds=()) for block in document.blocks)
    return replace(document, blocks=blocks)


def list_document(
    texts: Mapping[str, str], facts: DocumentFacts, headings: Sequence[Heading], passages: Iterable[Passage]
) -> Document:
    """The list of observations: fixed paragraphs, the process, and the observations under the headings."""
    words, numbers = Words(texts, facts), count(1)
    blocks = [*_introduction(words, numbers), *_process(words, facts, numbers)]
    blocks += [_section(words("section_list")), *_fixed(words, [_BEFORE_LIST], numbers)]
    written = list(passages)
    for heading in headings:
        blocks.append(Block("heading", f"{words.letter(heading.letter)} {words.fill(heading.text)}", level=2))
        under = [passage for passage in written if passage.heading == heading.kind]
        if not under:
            blocks.append(Block("remark", words("nothing")))
        blocks += _by_articles(under, words, numbers, level=3)
    return _document(TextKind.LIST_OF_OBSERVATIONS, words, facts, blocks, "LO")


def summary_document(
    texts: Mapping[str, str], facts: DocumentFacts, headings: Sequence[Heading], passages: Iterable[Passage]
) -> Document:
    """The summary: the act by which the State was bound, and the observations by set of articles."""
    words = Words(texts, facts)
    blocks = [_section(words(f"section_{facts.act}")), _paragraph(words(f"paragraph_{facts.act}"), 1)]
    blocks.append(_section(words("section_implementation")))
    numbers = count(2)
    for articles, of_articles in groupby(sorted(passages, key=_articles_of), key=_articles_of):
        group = list(of_articles)
        blocks.append(Block("heading", words.articles_heading(articles), level=2))
        blocks.append(Block("heading", words("observations"), level=3))
        for heading in headings:  # each keeps the blueprint's letter, also where the one before it has nothing
            under = [passage for passage in group if passage.heading == heading.kind]
            if under:
                blocks.append(Block("heading", f"{words.letter(heading.letter)} {heading.name}", level=4))
                blocks += [_written(passage, next(numbers)) for passage in under]
    return _document(TextKind.SUMMARY, words, facts, blocks, "S")


class Words:
    """The fixed texts with their places filled."""

    def __init__(self, texts: Mapping[str, str], facts: DocumentFacts) -> None:
        self.texts = texts
        self.filling: dict[str, str] = {}
        first, last = facts.years
        short = f"short_{facts.instrument}"  # as the blueprint calls an instrument, where it has a word for it
        self.filling = {
            "state": facts.state,
            "reviewing_states": list_of(list(facts.reviewing_states)),
            "participating_states": list_of([facts.state, *facts.reviewing_states]),
            "instrument": facts.instrument_name,
            "instrument_short": texts.get(short, facts.instrument_short_name),
            "cluster": self._number(facts.cluster),
            "phase": self._number(facts.phase),
            "years": self("years_one", first=str(first))
            if first == last
            else self("years_many", first=str(first), last=str(last)),
            "date": facts.date,
            "means": list_of(list(self._means(facts.means))),
        }
        self.filling["articles"] = self._articles("articles", facts.articles)

    def __call__(self, key: str, **more: str) -> str:
        return self.fill(self.texts[key], **more)

    def fill(self, text: str, **more: str) -> str:
        return text.format_map({**self.filling, **more})

    def articles_heading(self, articles: tuple[int, ...]) -> str:
        return self._articles("articles_heading", articles)

    def _articles(self, key: str, articles: tuple[int, ...]) -> str:
        form = _FORMS.get(len(articles), "many")
        if f"{key}_{form}" not in self.texts:
            form = "many"
        return self(f"{key}_{form}", numbers=list_of([str(article) for article in articles]))

    def need(self, need: WordedNeed) -> str:
        """A need in sentences, its description last; only its type and articles where the blueprint has no words."""
        if "need" not in self.texts:
            return f"{need.type} ({self._articles('articles', need.articles)})"
        said = [self("need", type=need.type, provisions=self._articles("articles", need.articles))]
        if need.priority:
            said.append(self(f"need_priority_{need.priority}"))
        if need.received_from:
            said.append(self("need_received_from", source=need.received_from))
        elif need.received:
            said.append(self("need_received" if need.received == "yes" else "need_not_received"))
        return " ".join([*said, need.description] if need.description else said)

    def letter(self, letter: str) -> str:
        """A letter as the language prints it before a heading: "(a)" in a list, "A." in a summary."""
        return self.texts.get(f"letter_{letter}", f"({letter})")

    def _means(self, used: Sequence[str]) -> Iterator[str]:
        """Nothing where the blueprint has no words for it."""
        if "means_module" not in self.texts:
            return
        yield self("means_module")
        tools = [self(f"tool_{means}") for means in used if means != MeetingMeans.IN_PERSON]
        if tools:
            yield self("means_tools", tools=list_of(tools))
        if MeetingMeans.IN_PERSON in used:  # no technological tool, so named beside them
            yield self("tool_in_person")

    def _number(self, number: int) -> str:
        return self.texts.get(f"number_{number}", str(number))


def _introduction(words: Words, numbers: Iterator[int]) -> Iterator[Block]:
    yield _section(words("section_introduction"))
    yield from _fixed(words, _INTRODUCTION, numbers)


def _fixed(words: Words, keys: Iterable[str], numbers: Iterator[int]) -> Iterator[Block]:
    for key in keys:
        if key in words.texts:
            yield _paragraph(words(key), next(numbers))


def _process(words: Words, facts: DocumentFacts, numbers: Iterator[int]) -> Iterator[Block]:
    yield _section(words("section_process"))
    unnamed = words(_PROCESS, experts=words("experts_unnamed"))
    if facts.experts:
        named = list_of([words("expert", experts=name, state=state) for name, state in facts.experts])
        yield Block("paragraph", words(_PROCESS, experts=named), number=next(numbers), public_text=unnamed)
    else:
        yield _paragraph(unnamed, next(numbers))
    if facts.sources:
        yield Block("remark", words("supplementary"))
        for source in facts.sources:
            yield Block("item", _source(words, source), link=source.link)
        yield Block("remark", words("supplementary_where"))


def _source(words: Words, source: SupplementSource) -> str:
    if source.title and source.pages:
        return words("source", title=source.title, pages=source.pages)
    return source.title or source.pages


def _by_articles(passages: Sequence[Passage], words: Words, numbers: Iterator[int], *, level: int) -> Iterator[Block]:
    for articles, group in groupby(sorted(passages, key=_articles_of), key=_articles_of):
        yield Block("heading", words.articles_heading(articles), level=level)
        for passage in group:
            yield _written(passage, next(numbers))
            # Items below the paragraph: a document without needs keeps its bytes.
            yield from (Block("item", words.need(need)) for need in passage.needs)


def _written(passage: Passage, number: int) -> Block:
    return Block("paragraph", passage.text, number=number, is_written=True, grounds=passage.grounds)


def _section(text: str) -> Block:
    return Block("heading", text, level=1)


def _paragraph(text: str, number: int) -> Block:
    return Block("paragraph", text, number=number)


def _document(kind: TextKind, words: Words, facts: DocumentFacts, blocks: list[Block], suffix: str) -> Document:
    return Document(
        kind=kind,
        mechanism=facts.mechanism,
        review=facts.review,
        instrument=facts.instrument,
        language=facts.language,
        symbol=f"{facts.review}/{facts.instrument.upper()}/{suffix}",
        title=words("title"),
        note=words("note"),
        blocks=tuple(blocks),
    )
