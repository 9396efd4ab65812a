"""A document of the exchange as a Word file."""

from docx.shared import Mm

from core.documents.word import WordFile
from core.documents.word_frame import WordFrame
from core.documents.word_xml import set_data_table, set_table
from core.documents.written import PassageWriter
from portal.dossier.made import MadeDossier
from portal.dossier.printed import PrintedEntry, PrintedExchange

_WIDTHS = (Mm(34), Mm(24), Mm(28), Mm(26), Mm(48))


def write_exchange(made: MadeDossier, exchange: PrintedExchange) -> bytes:
    """In the active language, which is that of the job."""
    word, review = WordFile(made.job.language), made.review
    word.describe(title=exchange.title, author=review.mechanism.name, subject=exchange.kind, keywords=exchange.symbol)
    WordFrame(
        language=made.job.language,
        kind=exchange.kind,
        symbol=exchange.symbol,
        organization=review.mechanism.name,
        facts=exchange.facts,
        running=review.state_under_review.name,
        status=exchange.status,
        watermark=exchange.watermark,
    ).add_to(word)
    word.paragraph("Title", exchange.title)
    word.paragraph("Written Text", exchange.introduction)
    for entry in exchange.entries:
        _write(word, entry)
    if exchange.rows:
        _write_rows(word, exchange)
    elif not exchange.entries:
        word.paragraph("Written Text", exchange.nothing)
    return word.as_bytes()


def _write(word: WordFile, entry: PrintedEntry) -> None:
    piece = entry.piece
    heading = word.numbered("Heading 2", entry.number, level=0)
    word.text(heading, f"{piece.kind.label}: {piece.state}" if piece.state else str(piece.kind.label))
    word.paragraph("Grounds", " · ".join(filter(None, [entry.time, piece.title, *piece.facts])))
    if piece.frozen:
        word.figures(word.paragraph("Grounds"), piece.frozen)
    for passage in piece.passages:
        if passage.label:
            word.paragraph("Heading 3", passage.label)
        if passage.text:
            PassageWriter(word, passage.text, "")


def _write_rows(word: WordFile, exchange: PrintedExchange) -> None:
    table = word.docx.add_table(1 + len(exchange.rows), len(exchange.head))
    set_table(table, _WIDTHS, is_rtl=word.is_rtl)
    set_data_table(table, Mm(0))
    for row, cells in zip((exchange.head, *exchange.rows), table.rows, strict=True):
        for place, (value, cell) in enumerate(zip(row, cells.cells, strict=True), start=1):
            cell.paragraphs[0].style = "Table Text"
            if place == len(row) and row is not exchange.head:
                word.figures(cell.paragraphs[0], value)
            else:
                word.text(cell.paragraphs[0], value, bold=row is exchange.head)
