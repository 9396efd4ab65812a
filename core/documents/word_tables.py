"""Tables of hundreds of rows in a Word file: written as XML at once, since cell by cell takes minutes."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from core.documents.word import WordFile
from core.documents.word_xml import pieces

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_table(word: WordFile, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> None:
    """At the end of the file, across its page; ``widths`` in parts of that. Cells that a row does not have are empty.

    The first row heads the columns on each page. A line of a cell is a paragraph.
    """
    section = word.docx.sections[0]
    across = Length((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)).twips
    columns = [across * width // sum(widths) for width in widths]
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="auto"/>' for edge in _EDGES)
    direction = "<w:bidiVisual/>" if word.is_rtl else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    body = "".join(_row(word, cells, columns) for cells in rows)
    table = (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{direction}<w:tblBorders>{lines}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(word, head, columns, is_head=True)}{body}</w:tbl>"
    )
    word.docx.element.body.insert_element_before(parse_xml(table), "w:sectPr")
    word.paragraph("Normal")


def _row(word: WordFile, cells: Sequence[str], columns: Sequence[int], *, is_head: bool = False) -> str:
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraphs(word, cell, is_head)}</w:tc>'
        for cell, width in zip(filled, columns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{written}</w:tr>"


def _paragraphs(word: WordFile, cell: str, is_head: bool) -> str:
    bold = "<w:b/><w:bCs/>" if is_head else ""
    return "".join(
        "<w:p>"
        + "".join(
            f'<w:r><w:rPr>{bold}<w:sz w:val="16"/><w:szCs w:val="16"/>{"<w:rtl/>" if runs_rtl else ""}</w:rPr>'
            f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
            for piece, runs_rtl in pieces(line, word.is_rtl)
        )
        + "</w:p>"
        for line in cell.split("\n")
    )
