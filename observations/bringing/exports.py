"""A file with the headings below which a text is written, as Word or Markdown: those of its blueprint."""

from collections.abc import Iterator

from core.documents.blocks import typed_within
from core.documents.word import WordFile
from dialogue.exchange import articles_under_review
from observations.texts import headings_of
from observations.texts.enums import ObservationKind
from observations.texts.models import AgreedText
from observations.wording import Document, Passage, document_with


def text_template_as_word(text: AgreedText) -> bytes:
    """In the language of the text. Headings that stay empty say nothing."""
    document = _document(text)
    word = WordFile(text.language)
    word.describe(title=document.title, author="", subject=str(text.get_kind_display()), keywords=document.symbol)
    word.paragraph("Title", document.title)
    for level, words in _headings(document):
        word.paragraph(f"Heading {level}", words)
    return word.as_bytes()


def text_template_as_markdown(text: AgreedText) -> bytes:
    """The same; the title is the one heading of the first level."""
    document = _document(text)
    lines = [f"# {typed_within(document.title)}"]
    lines += [f"{'#' * (level + 1)} {typed_within(words)}" for level, words in _headings(document)]
    return ("\n\n".join(lines) + "\n").encode()


def _document(text: AgreedText) -> Document:
    """With a place for each article below each heading."""
    numbers = list(articles_under_review(text.review, text.instrument).values_list("number", flat=True))
    kinds = [ObservationKind(row.kind) for row in headings_of(text.review)]
    return document_with(text, [Passage(kind, (number,), "") for number in numbers for kind in kinds])


def _headings(document: Document) -> Iterator[tuple[int, str]]:
    return ((block.level, block.text) for block in document.blocks if block.kind == "heading")
