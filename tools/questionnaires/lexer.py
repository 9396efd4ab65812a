"""Splits the text of an annex into typed lines.

The source has one printed paragraph a line. Page breaks of the print cut some paragraphs in two; the
second half is then a ``TEXT`` line, which the parser joins to what stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

BOX = "☐"
DASH = "–"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARK = re.compile(f"[{SUPERSCRIPTS}]+")

# Headings that do not begin with "Article".
PLAIN_HEADINGS = frozenset(
    {
        "General information",
        "Criminalization: cases and judgments",
        "General requirements for the manufacturing of firearms, their parts and components, and ammunition",
        "Other measures to prevent the illicit manufacturing of and trafficking in firearms, their parts and "
        "components and ammunition",
        "Difficulties encountered",
        "Need for technical assistance",
    }
)

_ARTICLE_HEADING = re.compile(r"Article \d+[.,] [A-Z]")
_PART = re.compile(r"(?:I|II|III|IV)\. (?P<text>(?:United Nations Convention|Protocol) .+)")
_CLUSTER = re.compile(r"Cluster (?:I|II|III|IV): ")
_QUESTION = re.compile(r"(?P<token>\d+)\. (?P<text>.+)")
_SUB_ITEM = re.compile(r"\((?P<token>[a-z]+)\) (?P<text>.+)")
_FOOTNOTE = re.compile(rf"(?P<token>[{SUPERSCRIPTS}]+) (?P<text>.+)")


class LineKind(Enum):
    """What a line of the print is."""

    PART = auto()
    CLUSTER = auto()
    HEADING = auto()
    QUESTION = auto()
    SUB_ITEM = auto()
    DASH_ITEM = auto()
    BOXES = auto()
    FOOTNOTE = auto()
    BULLET = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One line: its kind, its words, and its token (number, letter, dash or footnote mark) if it has one."""

    kind: LineKind
    text: str
    token: str = ""
    options: tuple[str, ...] = ()


def plain_mark(mark: str) -> str:
    """The superscript mark "¹²" as the plain digits "12"."""
    return mark.translate(str.maketrans(SUPERSCRIPTS, "0123456789"))


def read_lines(source: str) -> Iterator[AnnexLine]:
    """Yield the typed lines of an annex, without blank lines and the rule "--" (a trace of a page break)."""
    for raw in source.splitlines():
        stripped = raw.strip()
        if stripped and stripped != "--":
            yield _classify(stripped)


def _classify(stripped: str) -> AnnexLine:
    bullet = stripped.startswith("- ")
    body = stripped.removeprefix("- ")
    if body.startswith(BOX):
        return AnnexLine(LineKind.BOXES, "", options=tuple(part.strip() for part in body.split(BOX)[1:]))
    if match := _FOOTNOTE.fullmatch(body):
        return AnnexLine(LineKind.FOOTNOTE, match["text"], plain_mark(match["token"]))
    if match := _PART.fullmatch(body):
        return AnnexLine(LineKind.PART, match["text"])
    if _CLUSTER.match(body):
        return AnnexLine(LineKind.CLUSTER, body)
    if _ARTICLE_HEADING.match(body) or body in PLAIN_HEADINGS:
        return AnnexLine(LineKind.BULLET if bullet else LineKind.HEADING, body)
    if match := _QUESTION.fullmatch(body):
        return AnnexLine(LineKind.QUESTION, match["text"], match["token"])
    if match := _SUB_ITEM.fullmatch(body):
        return AnnexLine(LineKind.SUB_ITEM, match["text"], match["token"])
    if body.startswith(f"{DASH} "):
        return AnnexLine(LineKind.DASH_ITEM, body.removeprefix(f"{DASH} "), DASH)
    return AnnexLine(LineKind.BULLET if bullet else LineKind.TEXT, body)
