"""The masthead, running heads and feet of a Word file, after the look of United Nations documents."""

from dataclasses import dataclass

from docx.shared import Mm
from docx.text.paragraph import Paragraph

from core.documents.word import WordFile
from core.documents.word_xml import add_field, add_watermark, set_rule, set_table

THIN, THICK = 4, 18  # eighths of a point
_MASTHEAD_WIDTHS = (Mm(105), Mm(55))


@dataclass(frozen=True, slots=True)
class WordFrame:
    """What stands around a document. ``language`` is that of these words, which may be another than the file's.

    ``facts`` are the lines below the symbol; ``running`` stands over every page but the first, ``status`` below all.
    """

    language: str
    kind: str
    symbol: str
    organization: str
    facts: tuple[str, ...]
    running: str
    status: str
    watermark: str = ""

    def add_to(self, word: WordFile) -> None:
        """To a file without content; what is written after it stands below the masthead."""
        self._running_heads(word)
        self._masthead(word)

    def _running_heads(self, word: WordFile) -> None:
        section = word.docx.sections[0]
        head = section.header.paragraphs[0]
        word.figures(head, self.symbol, bold=True)
        word.text(head, f"\t{self.running}")
        set_rule(head._p.get_or_add_pPr(), "bottom", THIN)
        for footer in (section.first_page_footer, section.footer):
            footer.paragraphs[0].style = "Footer"
            self._foot(word, footer.paragraphs[0])
        if self.watermark:
            first_head = section.first_page_header.paragraphs[0]
            for number, paragraph in enumerate((first_head, head), start=1):
                add_watermark(paragraph, self.watermark, number)

    def _foot(self, word: WordFile, paragraph: Paragraph) -> None:
        """Runs to the right in every language: elsewhere programs turn the fields of "1/3" around."""
        word.turn(paragraph, False)
        status = [self.status, "\t"]
        for words in [] if word.is_rtl else status:
            word.text(paragraph, words, language=self.language)
        add_field(paragraph, "PAGE")
        word.text(paragraph, "/", is_rtl=False)
        add_field(paragraph, "NUMPAGES")
        for words in reversed(status) if word.is_rtl else []:
            word.text(paragraph, words, language=self.language)

    def _masthead(self, word: WordFile) -> None:
        top = word.paragraph("Masthead Top", f"{self.kind}\t", language=self.language)
        word.figures(top, self.symbol, bold=True)
        set_rule(top._p.get_or_add_pPr(), "bottom", THIN)
        table = word.docx.add_table(1, 2)
        set_table(table, _MASTHEAD_WIDTHS, is_rtl=word.is_rtl)
        organization, facts = table.rows[0].cells
        organization.paragraphs[0].style = "Organization"
        word.text(organization.paragraphs[0], self.organization)
        for place, words in enumerate(self.facts):
            paragraph = facts.add_paragraph() if place else facts.paragraphs[0]
            paragraph.style = "Masthead"
            word.text(paragraph, words, language=self.language)
        set_rule(word.paragraph("Masthead")._p.get_or_add_pPr(), "bottom", THICK)
