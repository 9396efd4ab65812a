"""Tables of two columns in a Word file, which people fill in and send back: what is asked, and what is given.

Boxes and lines stand in content controls that name them; only the words of the first column are read, so that a program
that drops the controls does no harm. A text stands in none: LibreOffice takes the marks within a control away. A choice
is a line with a box, which can be ticked on paper as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from core.documents.word import WordFile
from core.documents.word_reading import WordCell, rows_of_word
from core.documents.word_tables import EDGES, SHADE, Script, across, script_of
from core.documents.word_xml import pieces
from core.documents.written import PassageWriter

EMPTY_BOX, TICKED_BOX = "\u2610", "\u2612"
_TICKS = frozenset({TICKED_BOX, "\u2611", "\u2714", "\u2713"})
_BOXES = _TICKS | {EMPTY_BOX}
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_LONGEST_TAG = 64  # characters, as Word has it
_FIRST, _SECOND = 2, 8  # parts of the width


@dataclass(frozen=True, slots=True)
class FormRow:
    """``label`` says what the row is, ``words`` are a line a paragraph; ``text`` is Markdown instead, shown as such.

    ``boxes``: choices, and whether each is ticked. ``tag``: the name of the control of a line that is given.
    ``language``: of the words, where it is another than the file's. ``is_head``: the row that names what is asked.
    """

    label: str
    words: str = ""
    text: str | None = None
    boxes: Sequence[tuple[str, bool]] = ()
    tag: str = ""
    language: str = ""
    is_head: bool = False


def add_form(word: WordFile, rows: Sequence[FormRow]) -> None:
    """One table at the end of the file."""
    whole = across(word)
    widths = [whole * part // (_FIRST + _SECOND) for part in (_FIRST, _SECOND)]
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="auto"/>' for edge in EDGES)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")} xmlns:w14="{_W14}"><w:tblPr>{"<w:bidiVisual/>" if word.is_rtl else ""}'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(word, row, widths) for row in rows)}</w:tbl>"
    )
    for row, element in zip(rows, table.iter(qn("w:tr")), strict=True):
        if row.text:
            _put_text(word, list(element.iter(qn("w:tc")))[-1], row.text)
    word.docx.element.body.insert_element_before(table, "w:sectPr")
    word.paragraph("Table Text")  # without it, two tables would be one


def _row(word: WordFile, row: FormRow, widths: Sequence[int]) -> str:
    shade = SHADE if row.is_head else ""
    own = Script(word.is_rtl)
    script = script_of(row.language) if row.language else own
    given = "".join(_box(word, words, ticked, script) for words, ticked in row.boxes) or "".join(
        _paragraph(word, line, script, is_bold=row.is_head, tag=row.tag) for line in row.words.split("\n")
    )
    cell = _cell(given, widths[1], shade)
    label = _cell(_paragraph(word, row.label, own, is_kept=True), widths[0], shade)
    return f"<w:tr>{label}{cell}</w:tr>"


def _cell(content: str, width: int, shade: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _paragraph(
    word: WordFile, line: str, script: Script, *, is_bold: bool = False, is_kept: bool = False, tag: str = ""
) -> str:
    runs = _runs(line, script, is_bold)
    if tag:
        name = quoteattr(tag[-_LONGEST_TAG:])
        runs = (
            f'<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:lock w:val="sdtLocked"/></w:sdtPr>'
            f"<w:sdtContent>{runs or '<w:r><w:t></w:t></w:r>'}</w:sdtContent></w:sdt>"
        )
    return f"<w:p>{_properties(word, script, is_kept)}{runs}</w:p>"


def _properties(word: WordFile, script: Script, is_kept: bool = False) -> str:
    kept = "<w:keepNext/>" if is_kept else ""
    turned = f'<w:bidi w:val="{int(script.is_rtl)}"/>' if script.is_rtl != word.is_rtl else ""
    return f'<w:pPr><w:pStyle w:val="TableText"/>{kept}{turned}</w:pPr>'


def _runs(line: str, script: Script, is_bold: bool) -> str:
    bold = "<w:b/><w:bCs/>" if is_bold else ""
    return "".join(
        f"<w:r><w:rPr>{bold}{'<w:rtl/>' if runs_rtl else ''}{script.marks}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece, runs_rtl in pieces(line, script.is_rtl)
    )


def _box(word: WordFile, words: str, is_ticked: bool, script: Script) -> str:
    sign = TICKED_BOX if is_ticked else EMPTY_BOX
    font = "MS Gothic"
    states = "".join(
        f'<w14:{name} w14:val="{ord(each):04X}" w14:font="{font}"/>'
        for name, each in (("checkedState", TICKED_BOX), ("uncheckedState", EMPTY_BOX))
    )
    control = (
        f'<w:sdt><w:sdtPr><w:lock w:val="sdtLocked"/><w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/>{states}'
        f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{sign}</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
    return f"<w:p>{_properties(word, script)}{control}{_runs(f' {words}', script, is_bold=False)}</w:p>"


def _put_text(word: WordFile, cell: Any, text: str) -> None:
    """Set as any passage is, at the end of the file, and taken into the cell from there."""
    body = word.docx.element.body
    before = len(body)
    PassageWriter(word, text, "")
    written = list(body)[before - 1 : -1]  # before the properties of the section, which stand last
    for paragraph in cell.findall(qn("w:p")):
        cell.remove(paragraph)
    for element in written:
        cell.append(element)
        for indent in element.iter(qn("w:pStyle")):
            if indent.get(qn("w:val")) == "WrittenText":
                indent.set(qn("w:val"), "TableText")


@dataclass(frozen=True, slots=True)
class Ticked:
    """The choices of a cell before which a box is ticked, and what stands beside the lines with boxes."""

    ticked: Sequence[str]
    beside: Sequence[str]


def ticked(words: str) -> Ticked | None:
    """None where no line has a box."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if not any(line[0] in _BOXES for line in lines):
        return None
    chosen = [line[1:].strip() for line in lines if line[0] in _TICKS]
    return Ticked(chosen, [line for line in lines if line[0] not in _BOXES])


def read_back(texts: Iterable[str]) -> dict[str, WordCell]:
    """By text: what of it comes back out of a form that nobody has touched."""
    known = list(dict.fromkeys(filter(None, texts)))
    if not known:
        return {}
    word = WordFile("en")
    add_form(word, [FormRow("-", text=text) for text in known])
    return dict(zip(known, (row[-1] for row in rows_of_word(word.as_bytes())), strict=True))
