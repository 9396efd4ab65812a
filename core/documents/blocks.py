"""What a file of words is read into: headings and pieces of text, as the Markdown of the pages; pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_MARKS = re.compile(r"([\\`*\[<]|(?<![^\W_])_|_(?![^\W_]))")
_FIRST = re.compile(r"^([ \t]*)([#>+=~-])")
_NUMBER = re.compile(r"^([ \t]*\d{1,9})([.)])(?=[ \t]|$)")


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A heading, or a paragraph, an item of a list or a table.

    ``line`` is the number by which a person finds it: of the line of a Markdown file, of the paragraph of a Word file
    (empty ones and those within tables not counted). ``level``: that of a heading, 0 for text. ``goes_on``: an item of
    the list in which the block before it is. ``problem``: why it cannot be carried over as it stands. ``style``: the
    name of its style in Word, or of that of the first paragraph of a table.
    """

    line: int
    level: int
    text: str
    goes_on: bool = False
    problem: str = ""
    style: str = ""


def joined(blocks: Iterable[WrittenBlock]) -> str:
    """The text of blocks that belong together."""
    text = ""
    for block in blocks:
        between = "\n" if block.goes_on else "\n\n"
        text = f"{text}{between}{block.text}" if text else block.text
    return text


def web_or_mail(address: str) -> str:
    """The address of a link that leads to the web or to a mailbox; empty for any other, which is printed as words."""
    return address if urlsplit(address).scheme in {"http", "https", "mailto"} else ""


def typed_within(words: str) -> str:
    """Words in which nothing is a mark of Markdown: they are shown as they stand."""
    return _MARKS.sub(r"\\\1", words)


def typed_first(line: str) -> str:
    """The same of the signs and numbers with which a line begins, and which would make a list or a heading of it."""
    return _NUMBER.sub(r"\1\\\2", _FIRST.sub(r"\1\\\2", line, count=1), count=1)
