"""Markdown to safe HTML: raw HTML is off in the parser, and the result is cleaned once more."""

import functools
import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_BLOCK_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "code", "pre", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_INLINE_TAGS = {"em", "strong", "br"}


_MOST_BRACKETS, _MOST_EMPHASIS = 1_000, 4_000
_EMPHASIS = re.compile(r"[*_]+")
_SCHEMES = {"http", "https", "mailto"}


def _whole_addresses(_tag: str, attribute: str, value: str) -> str | None:
    """A link of a person's text leads to the web or to an address for mail, not to our pages or ``//elsewhere``."""
    if attribute != "href":
        return value
    scheme, colon, _rest = value.partition(":")
    return value if colon and scheme.lower() in _SCHEMES else None


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


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


def to_html(text: str) -> SafeString:
    # A page's own headings end at level three, so that those of the text begin below.
    html = _parser().render(_bounded(text))
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


def tokens(text: str) -> list[Token]:
    """The parsed text, for what writes it in another form than HTML; links and pictures are in it as typed."""
    return _parser().parse(_bounded(text))


def to_text(text: str) -> str:
    """What a reader of Markdown sees, without marks, addresses of links and numbers of lists; a line a paragraph."""
    return "\n".join(_shown(token) for token in tokens(text) if token.content)


def _shown(block: Token) -> str:
    """The words of a paragraph, of a heading or cell, or of code, which has no marks inside. Pictures are not shown."""
    if block.children is None:
        return block.content
    breaks = {"softbreak", "hardbreak"}
    return "".join("\n" if part.type in breaks else part.content for part in block.children if part.type != "image")
