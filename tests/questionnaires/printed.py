"""Rebuilds the printed text of a questionnaire from its data, to compare it with the official text.

The few places where the data differs from the print are undone here by hand, apart from the code that made
them.
"""

import re
import unicodedata
from collections.abc import Iterator

from questionnaires.definitions.definition import Item, QuestionnaireDefinition, SectionDefinition
from tests.questionnaires.official import FIXTURES

ANNEXES = {"I": "III", "II": "IV", "III": "V", "IV": "VI"}
PART_NUMERALS = ("I", "II", "III", "IV")
NOT_PRINTED_BOXES = {
    "I.untoc.12",
    "I.tip.42.b",
    "I.som.50.b",
    "II.som.55",
    "II.firearms.86.a",
    "IV.untoc.24",
}
LIST_CUT_AFTER_ELEVEN = {"I.tip.47", "II.tip.44", "III.tip.45", "IV.tip.65"}
LINE_BELOW_BOXES = {"II.firearms.78.b", "II.firearms.82.b"}
LINE = " Please explain, if needed."
# The third dash of I.75 is a hyphen in print; hyphens at the head of a line are only layout.
HYPHEN = "I.firearms.75.d3"

FOOTNOTE_LINE = re.compile(r"([⁰¹²³⁴-⁹]+) (.+)")
MARKS = re.compile(r"[⁰¹²³⁴-⁹]+")


def fold(words: str) -> list[str]:
    """The words: Unicode NFC, straight quotes, no emphasis, no footnote marks."""
    words = unicodedata.normalize("NFC", words)
    words = words.translate(str.maketrans("“”‘’", "\"\"''", "*"))
    return MARKS.sub("", words).split()


def source_lines(cluster: str) -> list[str]:
    """The lines of the annex, without empty ones and without the hyphens that begin list entries."""
    text = (FIXTURES / "source" / f"annex-{ANNEXES[cluster]}.txt").read_text(encoding="utf-8")
    lines = (line.strip().removeprefix("- ") for line in text.splitlines())
    return [line for line in lines if line and line != "--"]


def source_words(cluster: str) -> list[str]:
    """All words of the annex but those of its footnotes, which are printed wherever a page ends."""
    return [word for line in source_lines(cluster) if not FOOTNOTE_LINE.fullmatch(line) for word in fold(line)]


def source_footnotes(cluster: str) -> dict[str, list[str]]:
    """The words of each footnote by its mark in plain digits."""
    matches = [match for line in source_lines(cluster) if (match := FOOTNOTE_LINE.fullmatch(line))]
    return {unicodedata.normalize("NFKC", match[1]): fold(match[2]) for match in matches}


def printed_words(definition: QuestionnaireDefinition) -> list[str]:
    """The words that the print must have, from the data."""
    return [word for piece in _pieces(definition) for word in fold(piece)]


def _pieces(definition: QuestionnaireDefinition) -> Iterator[str]:
    yield f"Annex {ANNEXES[definition.cluster]}"
    yield definition.title
    yield "General guidance for replying to the questionnaire"
    yield from definition.guidance
    for numeral, part in zip(PART_NUMERALS, definition.parts, strict=False):
        yield f"{numeral}. {part.title}"
        yield part.cluster_title
        yield from part.guidance
        for section in part.sections:
            yield from _section(section)


def _section(section: SectionDefinition) -> Iterator[str]:
    if section.parent_heading:
        yield section.parent_heading
    yield section.heading
    yield from section.guidance
    cut_off: tuple[str, ...] = ()
    for item in section.items:
        boxes = () if item.code in NOT_PRINTED_BOXES else item.options
        if item.code.removesuffix(".b") in LIST_CUT_AFTER_ELEVEN and item.code.endswith(".b"):
            boxes = cut_off
        elif item.code.removesuffix(".a") in LIST_CUT_AFTER_ELEVEN and item.code.endswith(".a"):
            boxes, cut_off = boxes[:11], boxes[11:]
        yield from _item(item, boxes)


def _item(item: Item, boxes: tuple[str, ...]) -> Iterator[str]:
    yield _label(item)
    below = LINE if item.code in LINE_BELOW_BOXES else ""
    assert item.text.endswith(below)
    yield item.text.removesuffix(below)
    for box in boxes:
        yield f"☐ {box}"
    yield below


def _label(item: Item) -> str:
    if item.is_question:
        return f"{item.number[0]}."
    if item.number[-1].startswith("–"):
        return "" if item.code == HYPHEN else "–"
    return f"({item.number[-1]})"
