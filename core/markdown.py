"""Markdown to safe HTML: raw HTML is off in the parser, and the result is cleaned once more."""

import functools

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_BLOCK_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h4", "h5", "h6", "code", "pre", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_INLINE_TAGS = {"em", "strong", "br"}


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def to_html(text: str) -> SafeString:
    # A page's own headings end at level three, so that those of the text begin below.
    html = _parser().render(text)
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 3}>").replace(f"</h{level}>", f"</h{level + 3}>")
    clean = nh3.clean(
        html, tags=_BLOCK_TAGS, attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer nofollow",
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 above


@functools.lru_cache(maxsize=4096)
def to_html_inline(text: str) -> SafeString:
    """One line of official text; the same few thousand lines are shown again and again."""
    clean = nh3.clean(_parser().renderInline(text), tags=_INLINE_TAGS, attributes={"*": set()})
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 above


def tokens(text: str) -> list[Token]:
    """The parsed text, for what writes it in another form than HTML; links and pictures are in it as typed."""
    return _parser().parse(text)


def to_text(text: str) -> str:
    """What a reader of Markdown sees, without marks, addresses of links and numbers of lists; a line a paragraph."""
    return "\n".join(_shown(token) for token in tokens(text) if token.content)


def _shown(block: Token) -> str:
    """The words of a paragraph, of a heading or cell, or of code, which has no marks inside. Pictures are not shown."""
    if block.children is None:
        return block.content
    breaks = {"softbreak", "hardbreak"}
    return "".join("\n" if part.type in breaks else part.content for part in block.children if part.type != "image")
