"""Word files with real styles: A4, six languages, both directions; knows nothing of reviews."""

import io
from typing import Any

import docx
from django.utils import timezone
from django.utils.text import Truncator
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from core.documents.word_numbers import Numbers
from core.documents.word_styles import COLUMN, shape_styles
from core.documents.word_xml import add_link, pieces, set_direction
from core.language.i18n import language as describe_language

# A language in Word: the attribute of w:lang for its script, and its code.
LANGUAGES = {
    "ar": ("bidi", "ar-SA"),
    "en": ("val", "en-GB"),
    "es": ("val", "es-ES"),
    "fr": ("val", "fr-FR"),
    "ru": ("val", "ru-RU"),
    "zh-hans": ("eastAsia", "zh-CN"),
}
_WITHOUT_ITALICS = {"ar", "zh-hans"}  # bold takes their place
_LEFT_TO_RIGHT = "\u200e"


class WordFile:
    """A new file in one language. Text is added in runs of one direction each, as Word wants it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.is_rtl = describe_language(language).direction == "rtl"
        self.docx: Document = docx.Document()
        _drop_thumbnail(self.docx)
        shape_styles(self.docx, has_italics=language not in _WITHOUT_ITALICS)
        self.numbers = Numbers(self.docx, COLUMN)
        self._set_language()
        self._set_page()

    def _set_language(self) -> None:
        kind, code = LANGUAGES[self.language]
        codes = {"val": "en-GB", "eastAsia": "zh-CN", "bidi": "ar-SA", kind: code}
        defaults = self.docx.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
        for element in (defaults, self.docx.settings.element.find(qn("w:themeFontLang"))):
            for name, value in codes.items():
                element.set(qn(f"w:{name}"), value)
        if self.is_rtl:
            set_direction(self.docx.styles["Normal"].element.get_or_add_pPr(), is_rtl=True)

    def _set_page(self) -> None:
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.bottom_margin = Mm(25)
        section.top_margin = Mm(27)
        section.header_distance = section.footer_distance = Mm(14)
        section.different_first_page_header_footer = True
        if self.is_rtl:
            section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")

    def describe(self, *, title: str, author: str, subject: str, keywords: str) -> None:
        properties = self.docx.core_properties
        properties.title, properties.author, properties.subject = map(_as_property, (title, author, subject))
        properties.keywords, properties.language = keywords, LANGUAGES[self.language][1]
        properties.comments = properties.last_modified_by = ""
        properties.created = properties.modified = timezone.now()

    def paragraph(self, style: str, text: str = "", *, is_rtl: bool | None = None, **marks: Any) -> Paragraph:
        """Add a paragraph at the end; ``is_rtl`` where its direction may be another than the file's."""
        paragraph = self.docx.add_paragraph(style=style)
        self.turn(paragraph, is_rtl)
        self.text(paragraph, text, is_rtl=is_rtl, **marks)
        return paragraph

    def numbered(self, style: str, marker: str, *, level: int = 0, is_rtl: bool | None = None) -> Paragraph:
        """Add a paragraph that begins with a number: one that Word counts, or typed where Word has no such number."""
        paragraph = self.paragraph(style, is_rtl=is_rtl)
        if marker and not self.numbers.number(paragraph, marker, level):
            self.text(paragraph, f"{marker}\t", is_rtl=is_rtl)
        elif not marker:
            self.text(paragraph, "\t", is_rtl=is_rtl)
        return paragraph

    def turn(self, paragraph: Paragraph, is_rtl: bool | None) -> None:
        """Give a paragraph a direction of its own where it is another than the file's."""
        if is_rtl is not None and is_rtl != self.is_rtl:
            set_direction(paragraph._p.get_or_add_pPr(), is_rtl=is_rtl)

    def text(
        self,
        paragraph: Paragraph,
        text: str,
        *,
        is_rtl: bool | None = None,
        language: str = "",
        link: str = "",
        bold: bool = False,
        italic: bool = False,
        font: str = "",
    ) -> None:
        """Add text to a paragraph that runs ``is_rtl``; ``language`` where it is another than the file's."""
        holder = add_link(paragraph, link) if link else paragraph._p
        for piece, runs_rtl in pieces(text, self.is_rtl if is_rtl is None else is_rtl):
            run = Run(holder.add_r(), paragraph)
            run.text = piece
            if link:
                run.style = "Hyperlink"
            if font:
                run.font.name = font
            is_upright = runs_rtl or self.language in _WITHOUT_ITALICS
            if bold or (italic and is_upright):
                run.font.bold = run.font.cs_bold = True
            if italic and not is_upright:
                run.font.italic = run.font.cs_italic = True
            if runs_rtl:
                run.font.rtl = True
            if language and language != self.language:
                kind, code = LANGUAGES[language]
                run._r.get_or_add_rPr().append(OxmlElement("w:lang", attrs={qn(f"w:{kind}"): code}))

    def figures(self, paragraph: Paragraph, text: str, *, is_rtl: bool | None = None, bold: bool = False) -> None:
        """Add a symbol, a number or a checksum: its signs keep their order, whichever way the paragraph runs."""
        runs_rtl = self.is_rtl if is_rtl is None else is_rtl
        kept = f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}" if runs_rtl else text
        self.text(paragraph, kept, is_rtl=is_rtl, bold=bold)

    def as_bytes(self) -> bytes:
        file = io.BytesIO()
        self.docx.save(file)
        return file.getvalue()


def _as_property(text: str) -> str:
    """Word shows no more than 255 characters of a property."""
    return Truncator(text).chars(255)


def _drop_thumbnail(file: Document) -> None:
    """The template brings a picture of itself."""
    relations = file.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
