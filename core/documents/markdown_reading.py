"""A Markdown file as the pages read Markdown: there a line is a paragraph, while files break lines within one.

Lines of one paragraph are put together, and headings told from the text; all else stays as it was typed. Pure.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.documents.blocks import WrittenBlock

_TICKS = re.compile(r"`+")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\][(\[]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?: [^<>]{0,500})?/?>|<!--")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,50}\]")
_EMPHASIS = re.compile(r"\*+|`+|\\(?=[!-/:-@\[-`{-~])|(?<!\w)_+|(?<!_)_++(?!\w)")
_CHINESE = re.compile("[\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff65]")
_MARKS = re.compile(r"[^>\s]")


@functools.cache
def _parser() -> MarkdownIt:
    """What blocks a file has; what stands within one is not looked into."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def blocks_of_markdown(text: str) -> list[WrittenBlock]:
    """The headings of a file, and between them its paragraphs, lists and tables."""
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    lines, tokens = source.split("\n"), _parser().parse(source)
    return [block for within in _tops(tokens) if (block := _block(within, lines)).text]


def _tops(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    within: list[Token] = []
    for token in tokens:
        within.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield within
            within = []


def _block(within: Sequence[Token], lines: Sequence[str]) -> WrittenBlock:
    first = within[0]
    start, end = first.map or [0, 0]
    if first.type == "heading_open":
        return WrittenBlock(start + 1, int(first.tag[1]), " ".join(_EMPHASIS.sub("", within[1].content).split()))
    if first.type == "hr":
        return WrittenBlock(start + 1, 0, "")  # a mere line; it says nothing
    problem = _problem(first, within)
    return WrittenBlock(start + 1, 0, "\n".join(_unwrapped(within, lines, start, end)).strip("\n"), problem=problem)


def _unwrapped(within: Sequence[Token], lines: Sequence[str], start: int, end: int) -> Iterator[str]:
    """The lines of a block, each paragraph in one, but for the breaks that its writer asked for."""
    place = start
    for token in within:
        if token.type != "inline" or token.map is None or token.map[1] - token.map[0] < 2:
            continue
        yield from lines[place : token.map[0]]
        yield from _paragraph(lines[token.map[0]], token.content.split("\n"))
        place = token.map[1]
    yield from lines[place:end]


def _paragraph(line: str, parts: Sequence[str]) -> Iterator[str]:
    """``line``: the first one of the file; it may begin with marks of a list or a quotation."""
    before = line[: max(line.find(parts[0].rstrip(" \\")), 0)]
    below = _MARKS.sub(" ", before)
    words: list[str] = []
    for part in parts:
        bare = part.removesuffix("\\")
        words.append(bare.strip())
        if bare != part or part.endswith("  "):  # a break that the writer asked for
            yield f"{before}{_one_line(words)}\\"
            before, words = below, []
    if any(words):
        yield f"{before}{_one_line(words)}"


def _one_line(words: Sequence[str]) -> str:
    """A blank parts the last word of a line from the first of the next one, but for signs of Chinese."""
    blanks = ["" if _CHINESE.match(one[-1:]) and _CHINESE.match(next_[:1]) else " " for one, next_ in pairwise(words)]
    return "".join(f"{word}{blank}" for word, blank in zip(words, [*blanks, ""], strict=True)).strip()


def _without_code(words: str) -> str:
    """Words without code, which two runs of as many backticks enclose; in one pass, since a file is not trusted."""
    runs = [found.span() for found in _TICKS.finditer(words)]
    ends: list[int | None] = []  # of each run: the next one of its length
    later: dict[int, int] = {}
    for place, (start, end) in reversed([*enumerate(runs)]):
        ends.append(later.get(end - start))
        later[end - start] = place
    ends.reverse()
    kept, begun, place = [], 0, 0
    while place < len(runs):
        closing = ends[place]
        if closing is not None:
            kept.append(words[begun : runs[place][0]])
            begun, place = runs[closing][1], closing
        place += 1
    return "".join([*kept, words[begun:]])


def _problem(first: Token, within: Sequence[Token]) -> str:
    if any(token.type == "heading_open" for token in within):
        return _("A heading within a list or a quotation cannot be carried over. Write it as a paragraph.")
    words = "\n".join(token.content for token in within if token.type == "inline")
    words = _ESCAPED.sub("", _without_code(words))
    if _PICTURE.search(words):
        return _("A picture cannot be carried over. Say in words what it shows.")
    if _FOOTNOTE.search(words):
        return _("A footnote cannot be carried over. Write it into the text.")
    if first.type == "html_block" or _TAG.search(words):
        return _("HTML cannot be carried over. Write it as plain words, or with marks of Markdown.")
    return ""
