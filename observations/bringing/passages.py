"""An agreed text as a file of words: headings name its parts, and below stand the paragraphs on which States agreed.

What a file of the portal prints around the text (its masthead, and the annex with the clearances) is told apart: it is
not of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.blocks import WrittenBlock, joined
from core.errors import ServiceError
from core.language.markdown import to_text
from core.language.text import clean_markdown
from observations.bringing.places import KnownText, unknown_heading
from observations.texts.enums import TextKind
from observations.wording import Document, key_of

COLUMNS: Mapping[str, str | Promise] = {"heading": gettext_lazy("Heading"), "text": gettext_lazy("Text")}
TITLE, AROUND = "title", "around"
_AROUND_STYLES = frozenset({"Masthead", "Masthead Top", "Organization"})
_GROUNDS_STYLE = "Grounds"
# "7. ", "7 – "; Chinese puts no blank behind.
_NUMBER = re.compile(
    r"(\d{1,4})(?:(?:\\?[.)]|[ \u00a0]?\\?[-–])[ \t\u00a0]+(?=\S)"
    r"|(?:\\?[.)]|[、．）])[ \t\u00a0]*(?=[\u3400-\u4dbf\u4e00-\u9fff“《（]))"
)
_MOST_FIRST = 999
_MAXIMUM = 20_000  # characters of a paragraph with what belongs to it


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A paragraph of the text with what belongs to it: an observation, or in one of the parts before these.

    ``line`` and ``cell``: where it stands in the file, and words by which it is known again; ``problems`` by column.
    ``section``: the part, ``TITLE``, or ``AROUND`` for what is left out; empty for an observation, which has a heading
    and articles. ``number``: as the file counts, 0 where it does not; ``grounds``: codes of questions.
    """

    line: int
    cell: str
    section: str = ""
    heading: str = ""
    articles: tuple[int, ...] = ()
    text: str = ""
    number: int = 0
    grounds: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_observation(self) -> bool:
        return not self.section


def passages_of(blocks: Iterable[WrittenBlock], known: KnownText) -> list[TextPassage]:
    """What a file says, and what cannot be carried over, by its paragraph.

    Raises ServiceError (field ``file``) where there is no observation in it.
    """
    found = checked(_TextReader(known).read(blocks), known)
    if not any(each.is_observation or each.problems for each in found):
        message = _("There is no observation in this file: below its headings stands nothing.")
        raise ServiceError(message, field="file")
    return found


class _TextReader:
    """Goes along the blocks. ``here``: where the last heading leads; ``open``: the passage that is being read."""

    def __init__(self, known: KnownText) -> None:
        self.known = known
        self.here = TextPassage(0, "")
        self.levels = {"heading": 0, "articles": 0}  # of the headings by which ``here`` has these
        self.sections: dict[str, int] = {}  # the line at which each part begins
        self.is_headed = False
        self.counts = False  # whether paragraphs below the heading are numbered
        self.last = 0  # the number of the paragraph that was numbered last; 0 before the first one
        self.indent = 0  # by which what belongs to a numbered paragraph may stand within it
        self.open: TextPassage | None = None
        self.blocks: list[WrittenBlock] = []
        self.is_annex = False

    def read(self, blocks: Iterable[WrittenBlock]) -> list[TextPassage]:
        found = [passage for block in blocks for passage in self._take(block)]
        return sorted([*found, *self._closed()], key=lambda passage: passage.line)

    def _take(self, block: WrittenBlock) -> Iterator[TextPassage]:
        if block.level and key_of(block.text) in self.known.annex:
            self.is_annex = True
            yield from self._closed()
        if self.is_annex or block.style in _AROUND_STYLES:
            yield TextPassage(block.line, _begin(block.text), AROUND)
        elif block.level:
            yield from self._closed()
            yield from self._head(block)
        elif block.style == _GROUNDS_STYLE and self.open is not None:
            yield from self._rest_on(block)
        elif block.problem:
            yield TextPassage(block.line, _begin(block.text), problems={"text": block.problem})
        elif not self._is_silent(block):
            yield from self._below(block)

    def _is_silent(self, block: WrittenBlock) -> bool:
        """Whether it says nothing of its own; a number that it has is counted."""
        found = _NUMBER.match(block.text)
        if key_of(to_text(block.text[found.end() :] if found else block.text)) not in self.known.silent:
            return False
        if found and self._follows(int(found[1])):
            self.last = int(found[1])
        return True

    def _head(self, block: WrittenBlock) -> Iterator[TextPassage]:
        """The place that a heading names; below an unknown one stands nothing that could be placed."""
        words, known = " ".join(block.text.split()), self.known
        key, place = key_of(words), TextPassage(block.line, words)
        articles, problem = known.articles_in(words)
        is_title = block.level == 1 and not self.is_headed and not self.sections
        self.is_headed, self.counts = True, False
        if block.problem:
            problem = block.problem
        elif section := known.sections.get(key, ""):
            place, problem = replace(place, section=section), self._twice(section, block.line)
        elif kind := known.headings.get(key, ""):
            place = replace(place, heading=kind, articles=self.here.articles if self._stays("articles", block) else ())
        elif key in known.silent:
            place = replace(self.here, line=block.line, cell=words)
        elif articles:
            heading = self.here.heading if self._stays("heading", block) else ""
            place = replace(place, heading=heading, articles=articles)
        elif is_title:
            place, self.is_headed = replace(place, section=TITLE), False
            self._twice(TITLE, block.line)
            yield replace(place, text=words)
        else:
            problem = unknown_heading(words)
        if problem:
            yield replace(place, problems={"heading": problem})
        self.here = replace(place, problems={"heading": problem} if problem else {})

    def _stays(self, name: str, block: WrittenBlock) -> bool:
        """Whether a heading of the other sort stands over this one: it is larger, or comes first in the blueprint."""
        other = "articles" if name == "heading" else "heading"
        is_first = (name == "heading") == (self.known.kind == TextKind.LIST_OF_OBSERVATIONS)
        stays = self.levels[name] < block.level + is_first
        self.levels[other] = block.level
        return stays

    def _twice(self, section: str, line: int) -> str:
        """What is wrong where a part begins that there is already; empty for the first."""
        first = self.sections.setdefault(section, line)
        if first == line:
            return ""
        return _("The same part as in line or paragraph %(line)d. Put both below one heading.") % {"line": first}

    def _below(self, block: WrittenBlock) -> Iterator[TextPassage]:
        if self.here.problems:
            return  # the heading is named
        if problem := self._misplaced():
            yield TextPassage(block.line, _begin(block.text), problems={"text": problem})
            return
        for number, part in _parts(block):
            follows = self._follows(number)
            if self.open is None or (self.counts and follows):
                yield from self._closed()
                self.counts, self.last = follows, number if follows else self.last
                self.open = replace(self.here, line=part.line, cell=_begin(part.text), number=number if follows else 0)
                self.blocks = [_unnumbered(part) if follows else part]
                self.indent = len(part.text) - len(_NUMBER.sub("", part.text, count=1)) if follows else 0
            else:
                self.blocks.append(self._within(part))

    def _follows(self, number: int) -> bool:
        """Whether a number counts paragraphs of the file: the first one, which is no year, the one that comes next, or
        a 1 right below a heading, where they are counted anew. Any other is of the text."""
        if self.open is None and number == 1:
            return True
        return number == self.last + 1 if self.last else 0 < number <= _MOST_FIRST

    def _within(self, block: WrittenBlock) -> WrittenBlock:
        """What goes on with a passage. Whose number was that of a list, what stood within that stands alone now."""
        if len(block.text) - len(block.text.lstrip(" ")) < self.indent:
            self.indent = 0
        text = "\n".join(_moved(line, self.indent) for line in block.text.split("\n"))
        is_second = self.counts and len(self.blocks) == 1
        return replace(block, text=text, goes_on=block.goes_on and not is_second)

    def _misplaced(self) -> str:
        """Why no text can stand here; empty where it can."""
        here, is_list = self.here, self.known.kind == TextKind.LIST_OF_OBSERVATIONS
        if not self.is_headed:
            return _("Above this stands no heading that says what it is about.")
        if here.section or (here.heading and here.articles):
            return ""
        if here.heading or not (is_list or here.articles):
            return _("Name the articles in a heading above this one, as “Article 5”.")
        return _("Name one of the headings of observations in a heading above this one, as “Best practices”.")

    def _rest_on(self, block: WrittenBlock) -> Iterator[TextPassage]:
        codes = self.known.questions_in(block.text)
        if codes is None or self.open is None:
            message = _("A question that was not asked of the State under review, or whose answer is not here.")
            yield TextPassage(block.line, _begin(block.text), problems={"text": message})
        else:
            self.open = replace(self.open, grounds=(*self.open.grounds, *codes))

    def _closed(self) -> Iterator[TextPassage]:
        if self.open is not None:
            yield replace(self.open, text=joined(self.blocks).strip("\n"))
        self.open, self.blocks = None, []


def _parts(block: WrittenBlock) -> Iterator[tuple[int, WrittenBlock]]:
    """A block, or each item of a numbered list, with its number; 0 for none."""
    lines = block.text.split("\n")
    starts = [place for place, line in enumerate(lines) if _NUMBER.match(line)]
    if not starts or starts[0]:
        yield 0, block
        return
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True)):
        found = _NUMBER.match(lines[start])
        goes_on = bool(lines[start - 1]) if place else block.goes_on  # no blank line stands between
        text = "\n".join(lines[start:end]).rstrip("\n")
        yield int(found[1]) if found else 0, replace(block, line=block.line + start, text=text, goes_on=goes_on)


def _unnumbered(block: WrittenBlock) -> WrittenBlock:
    """Without its number, and what belongs to it no longer within a list."""
    found = _NUMBER.match(block.text)
    width = len(found[0]) if found else 0
    first, *rest = block.text[width:].split("\n")
    return replace(block, text="\n".join([first, *(_moved(line, width) for line in rest)]), goes_on=False)


def _moved(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _begin(text: str) -> str:
    return " ".join(to_text(text[:2000]).split())[:200]


def checked(passages: Sequence[TextPassage], known: KnownText) -> list[TextPassage]:
    """The passages with what stands against them in the review as it is."""
    return [_checked(passage, known) for passage in passages]


def _checked(passage: TextPassage, known: KnownText) -> TextPassage:
    if passage.problems or passage.section == AROUND:
        return passage
    problems: dict[str, str] = {}
    if passage.section == TITLE and (stranger := known.stranger_in(passage.text)):
        message = _("%(state)s does not agree on this text; those that do are %(parties)s.")
        problems["heading"] = message % {"state": stranger, "parties": known.parties}
    elif problem := known.problem_of(passage.articles):
        problems["heading"] = problem
    try:
        text = str(clean_markdown(passage.text, maximum=_MAXIMUM))
    except ServiceError as error:
        return replace(passage, problems={**problems, "text": str(error)})
    return replace(passage, text=text, problems=problems)


def numbered_anew(passages: Sequence[TextPassage], document: Document) -> bool:
    """Whether a paragraph that has a number in the file gets another one. Several may have the same words."""
    numbers: dict[str, set[int]] = {}
    for block in document.blocks:
        if block.is_written:
            numbers.setdefault(block.text, set()).add(block.number)
    return any(each.number and each.number not in numbers.get(each.text, {each.number}) for each in passages)


def packed(passages: Sequence[TextPassage]) -> list[dict[str, Any]]:
    """Passages without fault, as a file of the portal keeps them."""
    names = [name for name in TextPassage.__slots__ if name != "problems"]
    return [{name: getattr(passage, name) for name in names} for passage in passages]


def unpacked(rows: Sequence[Mapping[str, Any]]) -> list[TextPassage]:
    return [
        TextPassage(**{**row, "articles": tuple(row["articles"]), "grounds": tuple(row["grounds"])}) for row in rows
    ]
