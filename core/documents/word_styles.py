"""The styles of a Word file after the look of United Nations documents: numbers stand in a column before the words."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TEXT_WIDTH, COLUMN, STEP = Mm(160), Mm(14), Mm(6)
LATIN, HAN = "Times New Roman", "SimSun"  # on every machine that has Word; the first has Arabic and Cyrillic too
ARABIC_LARGER = 2  # points: Arabic letters of the same size look smaller

_OF_OURS = (
    "Masthead", "Masthead Top", "Organization", "Numbered Paragraph", "Question", "Written Text", "Grounds",
    "Table Text",
)  # fmt: skip


def shape_styles(file: Document, *, has_italics: bool) -> None:
    _set_fonts(file)
    styles = file.styles
    for name in (*_OF_OURS, "Footnote Text"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in _OF_OURS)
        style.base_style = styles["Normal"]
    for name in ("Footnote Reference", "Hyperlink"):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
    styles["Footnote Reference"].font.superscript = True
    styles["Hyperlink"].font.underline = True
    styles["Hyperlink"].font.color.rgb = RGBColor(0x0B, 0x3D, 0x6B)
    _shape(styles["Normal"], 10.5, after=6)
    _shape(styles["Title"], 14, bold=True, before=12, after=16, indent=COLUMN)
    for level, (size, before) in enumerate(((12.5, 16), (11, 12), (10.5, 10), (10.5, 8)), start=1):
        heading = styles[f"Heading {level}"]
        _shape(
            heading,
            size,
            bold=True,
            italic=has_italics and level == 3,
            before=before,
            after=6,
            indent=COLUMN,
            hanging=COLUMN,
        )
        heading.paragraph_format.keep_with_next = True
    _shape(styles["Masthead"], 9, after=2)
    _shape(styles["Table Text"], 9, before=2, after=2)
    _shape(styles["Masthead Top"], 13, after=4)
    _add_end_tab(styles["Masthead Top"])
    _shape(styles["Organization"], 14, bold=True)
    _shape(styles["Numbered Paragraph"], 10.5, after=6, indent=COLUMN, hanging=COLUMN, is_justified=True)
    _shape(styles["Question"], 10.5, bold=True, before=8, after=4, indent=COLUMN, hanging=COLUMN)
    styles["Question"].paragraph_format.keep_with_next = True
    _shape(styles["Written Text"], 10.5, after=6, indent=COLUMN, is_justified=True)
    _shape(styles["Quote"], 10.5, after=6, indent=COLUMN + STEP, is_justified=True)
    _shape(styles["Grounds"], 8, after=6, indent=COLUMN)
    styles["Grounds"].font.color.rgb = RGBColor(0x4A, 0x58, 0x66)
    _shape(styles["Footnote Text"], 8.5, after=0)
    _shape_lists(file)
    for name in ("Header", "Footer"):
        _shape(styles[name], 9, after=0)
        _add_end_tab(styles[name])


def _shape_lists(file: Document) -> None:
    for level in range(1, 4):
        suffix = f" {level}" if level > 1 else ""
        for name, hanging in (("List Bullet", STEP), ("List Number", STEP), ("List Continue", 0)):
            _shape(file.styles[name + suffix], 10.5, after=3, indent=COLUMN + STEP * level, hanging=hanging)
        # The numbers of lists are part of the words that were agreed: they are typed, so that no program changes them.
        properties = file.styles["List Number" + suffix].element.pPr
        properties.remove(properties.numPr)


def _add_end_tab(style: ParagraphStyle) -> None:
    """One tab, to the end of the line."""
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _set_fonts(file: Document) -> None:
    fonts = file.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    fonts.attrib.clear()
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", HAN)):
        fonts.set(qn(f"w:{script}"), font)


def _shape(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    indent: int = 0,
    hanging: int = 0,
    is_justified: bool = False,
) -> None:
    """Sizes in points; what the template's style had (fonts of a theme, colours, rules) goes."""
    for properties in (style.element.rPr, style.element.pPr):
        for tag in ("w:rFonts", "w:color", "w:spacing", "w:kern", "w:pBdr", "w:contextualSpacing"):
            for element in properties.findall(qn(tag)) if properties is not None else ():
                properties.remove(element)
    font, form = style.font, style.paragraph_format
    font.size = Pt(size)
    font.bold = font.cs_bold = bold
    font.italic = font.cs_italic = italic
    for element in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(element)
    larger = OxmlElement("w:szCs", attrs={qn("w:val"): str(int((size + ARABIC_LARGER) * 2))})
    style.element.rPr.find(qn("w:sz")).addnext(larger)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.1
    form.left_indent, form.first_line_indent = Length(indent), Length(-hanging)
    if is_justified:
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
