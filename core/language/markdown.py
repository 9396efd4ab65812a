"""Markdown to safe HTML: raw HTML is off in the parser, the result is cleaned once more, and its size has a bound.

Some hundred characters can ask for a million cells, or for the same long address a thousand times. So the *output* has
a budget, counted while it is made: a text beyond it is refused when it is saved (``text.clean_markdown``), and one
that was stored before is shown as plain text with a word why.
"""

import functools
import re
from collections.abc import Iterator
from typing import SupportsIndex

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core.state_core import StateCore
from markdown_it.token import Token

from core.language.pasted import as_markdown
from core.language.unseen import NO_TEXT, with_signs

_BLOCK_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "code", "pre", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_INLINE_TAGS = {"em", "strong", "br"}

# Fifty thousand characters of official text, with lists and tables, have some three thousand tokens (what opens, holds
# and closes a paragraph, a cell, a link), and hardly more characters than were typed.
MOST_TOKENS = 20_000
MOST_CHARACTERS = 300_000
_MOST_BRACKETS, _MOST_EMPHASIS = 1_000, 4_000
_EMPHASIS = re.compile(r"[*_]+")
_DEEPEST = 19  # one less than the parser's own limit, at which it goes on behind
_SCHEMES = {"http", "https", "mailto"}


class TooMuchError(Exception):
    """A text would become more than a page can show."""


class _Counted(list[Token]):
    """Tokens, which the parser stops making at the end of the budget."""

    def append(self, token: Token) -> None:
        if len(self) >= MOST_TOKENS:
            raise TooMuchError
        super().append(token)

    def insert(self, place: SupportsIndex, token: Token) -> None:
        if len(self) >= MOST_TOKENS:
            raise TooMuchError
        super().insert(place, token)


def _whole_addresses(_tag: str, attribute: str, value: str) -> str | None:
    """A link of a person's text leads to the web or to an address for mail, not to our pages or ``//elsewhere``."""
    if attribute != "href":
        return value
    scheme, colon, _rest = value.partition(":")
    return value if colon and scheme.lower() in _SCHEMES else None


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark with tables, but without what takes words out of sight: all that was typed is read.

    References ("[1]: words") are shown by nothing, pictures keep their words for those who do not see them, and codes
    of characters ("&#8238;") would bring back what nobody sees. All three stay as typed.
    """
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.disable(["reference", "image", "entity"])
    parser.core.ruler.push("hidden_words", _show_hidden_words)
    return parser


def _show_hidden_words(state: StateCore) -> None:
    """The word after the marks of code, and the title of a link, which HTML would hide, among the words.

    Titles and the words of an address in brackets are decoded by the parser, and may hold what nobody typed.
    """
    for token in state.tokens:
        if token.type == "fence" and token.info.strip():
            token.content, token.info = f"{token.info.strip()}\n{token.content}", ""
        title, is_address, shown = "", False, []
        for part in token.children or ():
            shown.append(part)
            if part.type == "link_open":
                title, is_address = _seen(str(part.attrs.pop("title", ""))), part.info == "auto"
            elif part.type == "link_close":
                shown += [Token("text", "", 0, content=f" ({title})")] if title else []
                is_address = False
            elif is_address:
                part.content = _seen(part.content)
        if token.children:
            token.children = shown


def _seen(decoded: str) -> str:
    return with_signs(NO_TEXT.sub("\ufffd", decoded))


def _bounded(text: str) -> str:
    """The text; with so many marks that finding their partners would take minutes, the marks are mere characters.

    The parser looks for the partner of every bracket and of every run of stars in all that follows. Fifty pages of
    official text have fewer than a hundredth of each.
    """
    if text.count("[") > _MOST_BRACKETS:
        text = text.replace("[", "\\[")
    if len(_EMPHASIS.findall(text)) > _MOST_EMPHASIS:
        text = _EMPHASIS.sub(lambda run: "".join(f"\\{mark}" for mark in run[0]), text)
    return text


def parse(text: str) -> list[Token]:
    """What a text is made of. Raises TooMuchError where that is more, or nested deeper, than a page can show.

    Signs that nobody sees are shown by their codes, and lines are read as officials type them (``pasted``).
    """
    state = StateCore(_bounded(as_markdown(with_signs(text))), _parser(), {})
    state.tokens = _Counted()
    _parser().core.process(state)
    if _count(state.tokens) > MOST_TOKENS or _weight(state.tokens) > MOST_CHARACTERS:
        raise TooMuchError
    if any(_hides_cells(state.tokens, state.src.split("\n"))):
        raise TooMuchError
    if any(token.level >= _DEEPEST for token in state.tokens):  # the parser leaves out what lies deeper
        raise TooMuchError
    return state.tokens


def _hides_cells(tokens: list[Token], lines: list[str]) -> Iterator[bool]:
    """Whether each row of a table shows all of its line; a row with more cells than the head would lose words."""
    row: Token | None = None
    for token in tokens:
        if token.type == "tr_open":
            row, shown = token, ""
        elif token.type == "tr_close" and row is not None and row.map:
            yield len(_letters(shown)) < len(_letters(lines[row.map[0]]))
            row = None
        elif row is not None:
            shown += token.content


def _letters(words: str) -> list[str]:
    return [sign for sign in words if sign.isalpha()]


def _count(tokens: list[Token]) -> int:
    return len(tokens) + sum(len(token.children or ()) for token in tokens)


def _weight(tokens: list[Token]) -> int:
    """Characters of words and addresses: one address that is given once may be linked to a thousand times."""
    parts = [part for token in tokens for part in (token.children if token.children is not None else [token])]
    return sum(len(part.content) + sum(len(str(value)) for value in part.attrs.values()) for part in parts)


def tokens(text: str) -> list[Token]:
    """The parsed text, for what writes it in another form than HTML; links and pictures are in it as typed.

    One beyond the budget comes as it was typed, with a line before it that says so.
    """
    try:
        return parse(text)
    except TooMuchError:
        return [*_parser().parse(_why_plain()), _as_typed(text)]


def inline_tokens(text: str) -> list[Token]:
    """One line of official text, for what writes it in another form than HTML: emphasis and nothing else."""
    return _parser().parseInline(_bounded(text))


def _why_plain() -> str:
    return _("Shown as it was typed, because its tables, lists or links would become larger than a page can show:")


def _as_typed(text: str) -> Token:
    return Token("code_block", "code", 0, content=with_signs(text), block=True)


def to_html(text: str) -> SafeString:
    return _html_of(tokens(text))


def to_html_within_budget(text: str) -> SafeString:
    """Raises TooMuchError instead of showing a text as it was typed; for what is kept."""
    return _html_of(parse(text))


def _html_of(parsed: list[Token]) -> SafeString:
    # A page's own headings end at level three, so that those of the text begin below.
    html = _parser().renderer.render(parsed, _parser().options, {})
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 3}>").replace(f"</h{level}>", f"</h{level + 3}>")
    clean = nh3.clean(
        html, tags=_BLOCK_TAGS, attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow", attribute_filter=_whole_addresses,
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 above


@functools.lru_cache(maxsize=4096)
def to_html_inline(text: str) -> SafeString:
    """One line of official text; the same few thousand lines are shown again and again."""
    clean = nh3.clean(_parser().renderInline(_bounded(text)), tags=_INLINE_TAGS, attributes={"*": set()})
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 above


def to_text(text: str) -> str:
    """What a reader of Markdown sees, without marks, addresses of links and numbers of lists; a line a paragraph."""
    try:
        parsed = parse(text)
    except TooMuchError:
        return text
    return "\n".join(_shown(token) for token in parsed if token.content)


def _shown(block: Token) -> str:
    """The words of a paragraph, of a heading or cell, or of code, which has no marks inside. Pictures are not shown."""
    if block.children is None:
        return block.content
    breaks = {"softbreak", "hardbreak"}
    return "".join("\n" if part.type in breaks else part.content for part in block.children if part.type != "image")
