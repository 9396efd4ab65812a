"""Tables of hundreds of rows in a Word file: written as XML at once, since cell by cell takes minutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from core.documents.word import LANGUAGES, WordFile
from core.documents.word_xml import pieces
from core.language.i18n import language as describe_language

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF2"/>'


def add_table(
    word: WordFile,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    languages: Sequence[str | None] = (),
    shaded: Collection[int] = (),
) -> None:
    """At the end of the file, across its page; ``widths`` in parts of that. Cells that a row does not have are empty.

    The first row heads the columns on each page. A line of a cell is a paragraph. ``languages``: of the words of each
    column, where it is another than the file's; None for codes, which run from left to right and are no words.
    ``shaded``: places of rows that stand out.
    """
    columns = [across(word) * width // sum(widths) for width in widths]
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="auto"/>' for edge in EDGES)
    direction = "<w:bidiVisual/>" if word.is_rtl else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    own = [Script(word.is_rtl)] * len(columns)
    scripts = [script_of(language) for language in languages] or own
    body = "".join(
        _row(word, cells, columns, scripts, shade=SHADE if place in shaded else "") for place, cells in enumerate(rows)
    )
    table = (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{direction}<w:tblBorders>{lines}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(word, head, columns, own, is_head=True)}{body}</w:tbl>"
    )
    word.docx.element.body.insert_element_before(parse_xml(table), "w:sectPr")
    word.paragraph("Normal")


def across(word: WordFile) -> int:
    """Twips between the margins of the first page."""
    section = word.docx.sections[0]
    return Length((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)).twips


@dataclass(frozen=True, slots=True)
class Script:
    """Which way the words of a column run; ``marks``: what their runs say of their language."""

    is_rtl: bool
    marks: str = ""


def script_of(language: str | None) -> Script:
    if language is None:
        return Script(is_rtl=False, marks="<w:noProof/>")
    kind, code = LANGUAGES[language]
    return Script(describe_language(language).direction == "rtl", f'<w:lang w:{kind}="{code}"/>')


def _row(
    word: WordFile,
    cells: Sequence[str],
    columns: Sequence[int],
    scripts: Sequence[Script],
    *,
    is_head: bool = False,
    shade: str = "",
) -> str:
    filled = [*cells, *[""] * (len(columns) - len(cells))]
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{_paragraphs(word, cell, script, is_head)}'
        "</w:tc>"
        for cell, width, script in zip(filled, columns, scripts, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{written}</w:tr>"


def _paragraphs(word: WordFile, cell: str, script: Script, is_head: bool) -> str:
    bold = "<w:b/><w:bCs/>" if is_head else ""
    turned = f'<w:pPr><w:bidi w:val="{int(script.is_rtl)}"/></w:pPr>' if script.is_rtl != word.is_rtl else ""
    before, after = (script.marks, "") if "noProof" in script.marks else ("", script.marks)  # as the schema orders them
    return "".join(
        f"<w:p>{turned}"
        + "".join(
            f'<w:r><w:rPr>{bold}{before}<w:sz w:val="16"/><w:szCs w:val="16"/>{"<w:rtl/>" if runs_rtl else ""}{after}'
            f'</w:rPr><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
            for piece, runs_rtl in pieces(line, script.is_rtl)
        )
        + "</w:p>"
        for line in cell.split("\n")
    )
