"""Those parts of a Word file that python-docx has no words for: directions, rules, fields, notes, a watermark.

The schemas are sequences, so that each element names what may follow it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph

_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_RULES = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", *_AFTER_BIDI,
)  # fmt: skip
_AFTER_TABLE_DIRECTION = (
    "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders",
    "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook",
)  # fmt: skip
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOTE_ID = 1  # those of the two separators are smaller
_SPACE = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
_BOUNDARIES = {"\u2066", "\u2067", "\u2068", "\u2069"}  # isolates: Word has none, its runs take their part


def pieces(text: str, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """Cut text into runs of one direction: what is neither (spaces, signs, digits) goes with both its neighbours.

    Where these differ, it goes with the paragraph (after the Unicode bidirectional algorithm, rules N1 and N2).
    """
    directions: list[bool | None] = [_direction(sign, is_rtl) for sign in text]
    before, following = is_rtl, [is_rtl] * (len(text) + 1)
    for place in reversed(range(len(text))):
        known = directions[place]
        following[place] = following[place + 1] if known is None else known
    resolved = []
    for place, known in enumerate(directions):
        before = before if known is None else known
        resolved.append(before if before == following[place] else is_rtl)
    for runs_rtl, group in groupby(zip(text, resolved, strict=True), key=lambda pair: pair[1]):
        piece = "".join(sign for sign, _resolved in group if sign not in _BOUNDARIES)
        if piece:
            yield piece, runs_rtl


def _direction(sign: str, is_rtl: bool) -> bool | None:
    if sign in _BOUNDARIES:
        return is_rtl
    return {"L": False, "R": True, "AL": True}.get(unicodedata.bidirectional(sign))


def set_direction(properties: Any, *, is_rtl: bool) -> None:
    """The direction of a paragraph or of a style of paragraphs."""
    mark = OxmlElement("w:bidi", attrs={qn("w:val"): "1" if is_rtl else "0"})
    properties.insert_element_before(mark, *_AFTER_BIDI)


def set_rule(properties: Any, side: str, eighths: int) -> None:
    """A line above or below a paragraph, ``eighths`` of a point thick."""
    rule = f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{eighths}" w:space="4" w:color="auto"/></w:pBdr>'
    properties.insert_element_before(parse_xml(rule), *_AFTER_RULES)


def set_table(table: Table, widths: Sequence[Length], *, is_rtl: bool) -> None:
    """The widths of the columns, the first of which is where the words of the table begin."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    if is_rtl:
        table._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), *_AFTER_TABLE_DIRECTION)


def set_data_table(table: Table, indent: Length) -> None:
    """Rules between the rows only, no row across pages, and a first row that heads the columns on each page."""
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in ("top", "bottom", "insideH"))
    properties = table._tbl.tblPr
    after = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"), *after)
    place = OxmlElement("w:tblInd", attrs={qn("w:w"): str(indent.twips), qn("w:type"): "dxa"})
    properties.insert_element_before(place, "w:tblBorders", *after)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def add_link(paragraph: Paragraph, address: str) -> Any:
    """An element whose runs lead to an address."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Something that Word works out, as the number of the page ("PAGE")."""
    field = f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def add_footnote(file: Document, paragraph: Paragraph, mark: str, text: str, *, is_rtl: bool) -> None:
    """The file's one footnote, with a mark of its own instead of a number."""
    reference = (
        f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f'<w:footnoteReference w:customMarkFollows="1" w:id="{_NOTE_ID}"/><w:t>{mark}</w:t></w:r>'
    )
    paragraph._p.append(parse_xml(reference))
    runs = "".join(
        f'<w:r>{"<w:rPr><w:rtl/></w:rPr>" if runs_rtl else ""}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece, runs_rtl in pieces(text, is_rtl)
    )
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    marked = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{mark}</w:t></w:r>'
    words = f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{marked}{_SPACE}{runs}</w:p>'
    note = f'<w:footnote w:id="{_NOTE_ID}">{words}</w:footnote>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    content = f"{head}<w:footnotes {nsdecls('w')}>{separators}{note}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, content.encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    listed = f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    file.settings.element.insert_element_before(parse_xml(listed), "w:endnotePr", "w:compat")


def add_watermark(paragraph: Paragraph, words: str, number: int) -> None:
    """Words across the page behind the text, as Word writes its own watermarks; the paragraph is in a header."""
    shape = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        "<w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt={quoteattr(words)} style="position:absolute;width:500pt;height:72pt;rotation:305;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#dde2e7" stroked="f">'
        f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" '
        f"string={quoteattr(words)}/></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(shape))
