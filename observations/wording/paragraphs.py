"""The numbered paragraphs of a document, and what each of them is on the shared table, by which it is found again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from observations.texts import observations_on_table, passages_of
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.wording.blueprint import Document

_FIRST_LEVEL = 1  # of the headings of sections; those below it say of what a paragraph is


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """``headings``: those over it, below that of its section. ``part``: the observation or passage; none of fixed
    words."""

    headings: tuple[str, ...]
    words: str
    is_written: bool
    part: UUID | None = None


def paragraphs_of(document: Document, parts: Mapping[int, UUID] | None = None) -> dict[int, NumberedParagraph]:
    """By their numbers, in their order."""
    found: dict[int, NumberedParagraph] = {}
    over: dict[int, str] = {}
    last = 0
    for block in document.blocks:
        if block.kind == "item" and last and found[last].is_written:  # a need: it belongs to its observation
            found[last] = replace(found[last], words=f"{found[last].words}\n\n{block.text}")
            continue
        last = block.number
        if block.kind == "heading":
            over = {level: words for level, words in over.items() if level < block.level} | {block.level: block.text}
        elif block.number:
            headings = tuple(words for level, words in over.items() if level > _FIRST_LEVEL)
            part = (parts or {}).get(block.number)
            found[block.number] = NumberedParagraph(headings, block.text, block.is_written, part)
    return found


def parts_of(text: AgreedText, document: Document, passages: Sequence[SummaryPassage] | None = None) -> dict[int, UUID]:
    """The key of the observation or passage that each written paragraph is, while the table holds what it says.

    So it does as long as a version stands: any change cancels it. ``passages``: those of a summary, where known.
    """
    left, found = _in_order(text, passages), {}
    for block in document.blocks:
        if block.is_written:
            row = next((row for row in left if row.text == block.text), None)
            if row is not None:
                left.remove(row)
                found[block.number] = row.pk
    return found


def _in_order(text: AgreedText, passages: Sequence[SummaryPassage] | None) -> list[Observation | SummaryPassage]:
    """As the document sets them; that matters where two have the same words."""
    if text.kind == TextKind.SUMMARY:
        return sorted(passages or passages_of(text), key=lambda row: (_articles(row), row.heading.order))
    return sorted(observations_on_table(text), key=lambda row: (row.heading.order, _articles(row)))


def _articles(row: Observation | SummaryPassage) -> list[int]:
    return sorted(article.number for article in row.articles.all())
