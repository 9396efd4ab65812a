"""A list of observations or a summary as a Word file, after the look of United Nations documents."""

from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from core.documents.progress import Progress, unheard
from core.documents.word import WordFile
from core.documents.word_frame import THIN, WordFrame
from core.documents.word_xml import add_footnote, set_data_table, set_rule, set_table
from core.documents.written import PassageWriter
from core.language.i18n import direction_of
from observations.documents.layout import Annex, Layout, PrintedLine, layout_of
from observations.wording import Document, PrintedStatus

_CLEARANCE_WIDTHS = (Mm(30), Mm(36), Mm(30), Mm(64))


def render_text_docx(document: Document, status: PrintedStatus, *, progress: Progress = unheard) -> bytes:
    """Write a frozen document as it stands. ``progress`` is told per cent. Raises ValueError."""
    layout = layout_of(document, status)
    printer = _Printer(document, status, layout)
    progress(20)
    printer.write()
    progress(80)
    content = printer.word.as_bytes()
    progress(100)
    return content


class _Printer:
    def __init__(self, document: Document, status: PrintedStatus, layout: Layout) -> None:
        self.document, self.status, self.layout = document, status, layout
        self.word = WordFile(document.language)

    def write(self) -> None:
        self.word.describe(
            title=self.document.title,
            author=self.status.mechanism_name,
            subject=self.layout.kind,
            keywords=self.layout.symbol,
        )
        WordFrame(
            language=self.layout.language,
            kind=self.layout.kind,
            symbol=self.layout.symbol,
            organization=self.status.mechanism_name,
            facts=self.layout.facts,
            running=self.status.state,
            status=self.layout.status,
            watermark=self.layout.watermark,
        ).add_to(self.word)
        self._title()
        for line in self.layout.lines:
            self._line(line)
        if self.layout.annex:
            self._annex(self.layout.annex)
        if self.layout.checksum:
            self._seal()

    def _around(self, style: str, text: str) -> Paragraph:
        """Words around the text, which may be in another language than it."""
        return self.word.paragraph(style, text, language=self.layout.language)

    def _title(self) -> None:
        title = self.word.paragraph("Title", self.document.title)
        if self.document.note:
            add_footnote(self.word.docx, title, "*", self.document.note, is_rtl=self.word.is_rtl)

    def _line(self, line: PrintedLine) -> None:
        match line.kind:
            case "heading":
                self.word.text(self.word.numbered(f"Heading {line.level}", line.marker, level=line.level), line.text)
            case "item":
                self._source(line)
            case "paragraph" if line.is_written:
                PassageWriter(self.word, line.text, line.marker)
                if line.grounds:
                    self._around("Grounds", line.grounds)
            case "paragraph":
                self.word.text(self.word.numbered("Numbered Paragraph", line.marker), line.text)
            case _:
                self.word.paragraph("Written Text", line.text)

    def _source(self, line: PrintedLine) -> None:
        item = self.word.paragraph("List Bullet")
        self.word.text(item, line.text, is_rtl=direction_of(line.text) == "rtl")
        if line.link:
            self.word.text(item, " (")
            self.word.text(item, line.link, is_rtl=False, link=line.link)
            self.word.text(item, ")")

    def _annex(self, annex: Annex) -> None:
        self._around("Heading 1", annex.title).paragraph_format.page_break_before = True
        self._around("Heading 2", annex.heading)
        self._around("Normal", annex.introduction)
        if annex.rows:
            self._clearances(annex)
        self._around("Normal", annex.how_to_check).paragraph_format.space_before = Pt(12)
        self.word.figures(self.word.paragraph("Masthead"), self.status.sha256)
        if self.status.record_head and annex.record:
            self._around("Normal", annex.record).paragraph_format.space_before = Pt(12)
            self.word.figures(self.word.paragraph("Masthead"), self.status.record_head)

    def _clearances(self, annex: Annex) -> None:
        table = self.word.docx.add_table(1 + len(annex.rows), len(annex.columns))
        set_table(table, _CLEARANCE_WIDTHS, is_rtl=self.word.is_rtl)
        set_data_table(table, Mm(0))
        for row, cells in zip((annex.columns, *annex.rows), table.rows, strict=True):
            for value, cell in zip(row, cells.cells, strict=True):
                cell.paragraphs[0].style = "Table Text"
                self.word.text(cell.paragraphs[0], value, bold=row is annex.columns)

    def _seal(self) -> None:
        seal = self._around("Masthead", self.layout.status)
        set_rule(seal._p.get_or_add_pPr(), "top", THIN)
        checksum = self._around("Masthead", f"{self.layout.checksum} ")
        self.word.figures(checksum, self.status.sha256)
