"""Builds the tree of an annex (parts, sections, items) out of its typed lines.

Nothing is interpreted here: the items have their number, their words and their boxes as printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.questionnaires.lexer import DASH, MARK, AnnexLine, LineKind, plain_mark, read_lines

INSTRUMENTS = ("untoc", "tip", "som", "firearms")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class ParseError(ValueError):
    """The source has a line that fits nowhere; the message quotes it."""


@dataclass(slots=True)
class RawItem:
    """One item as printed. ``after_boxes`` holds unnumbered words printed below the item's boxes."""

    number: tuple[str, ...]
    words: list[str]
    options: list[str] = field(default_factory=list)
    after_boxes: list[str] = field(default_factory=list)
    hyphen: bool = False

    @property
    def text(self) -> str:
        """The item's words without footnote marks."""
        return strip_marks(" ".join(self.words + self.after_boxes))

    @property
    def marks(self) -> list[str]:
        """The footnote marks in the item's words, as plain digits."""
        return [plain_mark(mark) for mark in MARK.findall(" ".join(self.words + self.after_boxes))]


@dataclass(slots=True)
class RawSection:
    """A heading with what stands under it."""

    printed_heading: str
    guidance: list[str] = field(default_factory=list)
    items: list[RawItem] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading without footnote marks."""
        return strip_marks(self.printed_heading)

    @property
    def marks(self) -> list[str]:
        """The footnote marks in the heading, as plain digits."""
        return [plain_mark(mark) for mark in MARK.findall(self.printed_heading)]


@dataclass(slots=True)
class RawPart:
    """The share of one instrument."""

    instrument: str
    title: str
    cluster_title: str = ""
    sections: list[RawSection] = field(default_factory=list)


@dataclass(slots=True)
class RawAnnex:
    """A whole annex. ``footnotes`` maps a mark (plain digits) to its words."""

    annex: str
    title: str
    guidance: list[str]
    parts: list[RawPart]
    footnotes: dict[str, str]


def strip_marks(words: str) -> str:
    """The words without superscript footnote marks."""
    return MARK.sub("", words)


def parse_annex(source: str) -> RawAnnex:
    """Parse the text of one annex."""
    lines = list(read_lines(source))
    footnotes = {line.token: line.text for line in lines if line.kind is LineKind.FOOTNOTE}
    body = [line for line in lines if line.kind is not LineKind.FOOTNOTE]
    first_part = next(index for index, line in enumerate(body) if line.kind is LineKind.PART)
    annex, title, _guidance_heading, *guidance = body[:first_part]
    return RawAnnex(
        annex=annex.text.removeprefix("Annex "),
        title=title.text,
        guidance=_join_guidance(guidance),
        parts=_BodyParser().parse(body[first_part:]),
        footnotes=footnotes,
    )


def _join_guidance(lines: Iterable[AnnexLine]) -> list[str]:
    paragraphs: list[str] = []
    for line in lines:
        if line.kind is LineKind.BULLET:
            paragraphs.append(line.text)
        else:  # the second half of a paragraph cut by a page break
            paragraphs[-1] = f"{paragraphs[-1]} {line.text}"
    return paragraphs


class _BodyParser:
    """Walks through the lines of the parts and keeps the place reached."""

    def __init__(self) -> None:
        self.parts: list[RawPart] = []

    def parse(self, lines: Iterable[AnnexLine]) -> list[RawPart]:
        handlers = {
            LineKind.PART: self._part,
            LineKind.CLUSTER: self._cluster,
            LineKind.HEADING: self._heading,
            LineKind.QUESTION: self._question,
            LineKind.SUB_ITEM: self._sub_item,
            LineKind.DASH_ITEM: self._dash_item,
            LineKind.BOXES: self._boxes,
            LineKind.BULLET: self._hyphen_item,
            LineKind.TEXT: self._text,
        }
        for line in lines:
            handlers[line.kind](line)
        return self.parts

    @property
    def _section(self) -> RawSection:
        return self.parts[-1].sections[-1]

    @property
    def _item(self) -> RawItem:
        return self._section.items[-1]

    def _part(self, line: AnnexLine) -> None:
        self.parts.append(RawPart(INSTRUMENTS[len(self.parts)], line.text))

    def _cluster(self, line: AnnexLine) -> None:
        self.parts[-1].cluster_title = line.text

    def _heading(self, line: AnnexLine) -> None:
        self.parts[-1].sections.append(RawSection(line.text))

    def _add(self, number: tuple[str, ...], line: AnnexLine) -> None:
        self._section.items.append(RawItem(number, [line.text]))

    def _question(self, line: AnnexLine) -> None:
        self._add((line.token,), line)

    def _sub_item(self, line: AnnexLine) -> None:
        self._add(next_number(self._item.number, line.token), line)

    def _dash_item(self, line: AnnexLine) -> None:
        last = self._item.number
        if last[-1].startswith(DASH):
            number = (*last[:-1], f"{DASH}{int(last[-1][1:]) + 1}")
        else:
            number = (*last, f"{DASH}1")
        self._add(number, line)

    def _hyphen_item(self, line: AnnexLine) -> None:
        """A list led by dashes goes on with a hyphen once (I.75); elsewhere a lone bullet is an error."""
        if not self._item.number[-1].startswith(DASH):
            raise ParseError(f"bullet outside a list: {line.text!r}")
        self._dash_item(line)
        self._item.hyphen = True

    def _boxes(self, line: AnnexLine) -> None:
        self._item.options.extend(line.options)

    def _text(self, line: AnnexLine) -> None:
        """Unnumbered words: guidance under a heading, the rest of a cut paragraph, or a line below boxes."""
        if not self._section.items:
            self._section.guidance.append(line.text)
        elif self._item.options:
            self._item.after_boxes.append(line.text)
        else:
            self._item.words.append(line.text)


def next_number(last: tuple[str, ...], token: str) -> tuple[str, ...]:
    """The number of the sub-item printed ``(token)`` right after the item numbered ``last``.

    "(i)" is a letter after "(h)" (I.37, IV.38) and a roman numeral otherwise; IV.89 (i) stands right under
    its question, before (a).
    """
    question, *path = (part for part in last if not part.startswith(DASH))
    if not path:
        if token in ("a", ROMANS[0]):
            return (question, token)
        raise ParseError(f"({token}) cannot follow {' '.join(last)}")
    letter = path[0]
    if len(path) == 2 and token in ROMANS and ROMANS.index(token) == ROMANS.index(path[1]) + 1:
        return (question, letter, token)
    if token == chr(ord(letter) + 1) or (path, token) == ([ROMANS[0]], "a"):
        return (question, token)
    if len(path) == 1 and token == ROMANS[0]:
        return (question, letter, token)
    raise ParseError(f"({token}) cannot follow {' '.join(last)}")
