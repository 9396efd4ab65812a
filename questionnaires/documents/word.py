"""A completed questionnaire as a Word file: numbers that Word counts, headings, and each text in its own direction."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from core.documents.blocks import web_or_mail
from core.documents.progress import Progress, unheard
from core.documents.word import WordFile
from core.documents.word_frame import WordFrame
from core.documents.word_styles import COLUMN
from core.documents.word_xml import set_data_table, set_table
from core.documents.written import PassageWriter, write_line
from core.language.i18n import direction_of, language
from questionnaires.documents.layout import PrintedAnswers
from questionnaires.documents.pieces import PrintedPiece, heads_of_laws, pieces_beside, pieces_of, pieces_of_law
from questionnaires.progress import ItemState, ReadPart
from questionnaires.wording import own_number

_FACT_WIDTHS = (Mm(54), Mm(106))
_LAW_WIDTHS = (Mm(66), Mm(32), Mm(48))
_BETWEEN = "\u2003\u2003"  # options in one line


def answers_as_word(printed: PrintedAnswers, *, progress: Progress = unheard) -> bytes:
    """In the active language. ``progress`` is told per cent."""
    file = _CompletedFile(printed)
    file.head()
    for number, part in enumerate(printed.parts, start=1):
        file.part(part)
        progress(10 + 70 * number // len(printed.parts))
    file.laws()
    content = file.word.as_bytes()
    progress(100)
    return content


class _CompletedFile:
    def __init__(self, printed: PrintedAnswers) -> None:
        self.printed = printed
        self.word = WordFile(printed.words_language)
        self.official = printed.definition.language
        self.is_official_rtl = language(self.official).direction == "rtl"

    def head(self) -> None:
        """Masthead, title, the table of facts, and what was sent beside all answers."""
        word, printed = self.word, self.printed
        organization, state = printed.review.mechanism.name, str(printed.review.state_under_review)
        subject = printed.definition.title
        word.describe(title=printed.title, author=state, subject=subject, keywords=printed.symbol)
        WordFrame(
            language=printed.words_language,
            kind=printed.title,
            symbol=printed.symbol,
            organization=organization,
            facts=printed.facts_of_document,
            running=state,
            status=printed.status_words,
            watermark=printed.watermark,
        ).add_to(word)
        word.paragraph("Title", printed.title)
        self._official("Written Text", subject)
        self._facts()
        for sent in printed.beside.get("", ()):
            for piece in pieces_beside(sent):
                self._piece(piece)

    def _facts(self) -> None:
        word, facts = self.word, self.printed.facts
        table = word.docx.add_table(len(facts), 2)
        set_table(table, _FACT_WIDTHS, is_rtl=word.is_rtl)
        for fact, row in zip(facts, table.rows, strict=True):
            label, value = (cell.paragraphs[0] for cell in row.cells)
            label.style = value.style = "Table Text"
            word.text(label, fact.label, bold=True)
            if fact.is_hash:
                word.figures(value, str(fact.value))
            elif fact.is_official:
                word.turn(value, self.is_official_rtl)
                word.text(value, str(fact.value), is_rtl=self.is_official_rtl, language=self.official)
            else:
                word.text(value, str(fact.value))

    def part(self, part: ReadPart) -> None:
        self._official("Heading 1", part.part.title).paragraph_format.page_break_before = True
        self._official("Written Text", part.part.cluster_title)
        for section in part.sections:
            self._official("Heading 2", section.place.section.heading)
            for state in section.asked_items:
                self._item(state)

    def laws(self) -> None:
        """Those that were opened with the answers, each with what the library said of it."""
        if not self.printed.laws:
            return
        word = self.word
        word.paragraph("Heading 1", _("Laws cited")).paragraph_format.page_break_before = True
        for cited in self.printed.laws:
            word.paragraph("Heading 2", cited.law, is_rtl=direction_of(cited.law) == "rtl")
            for piece in pieces_of_law(cited, self.printed):
                self._piece(piece)

    def _official(self, style: str, text: str) -> Paragraph:
        paragraph = self.word.paragraph(style, is_rtl=self.is_official_rtl)
        if style.startswith("Heading"):  # no number stands in the column before it
            paragraph.paragraph_format.first_line_indent = Length(0)
        write_line(self.word, paragraph, text, language=self.official)
        return paragraph

    def _item(self, state: ItemState) -> None:
        """The deeper an item, the further in it begins; what is answered stands in one column below."""
        number, depth = own_number(state.item), state.depth
        asked = self.word.numbered("Question", number, is_rtl=self.is_official_rtl)
        if depth:
            asked.paragraph_format.left_indent = Length(COLUMN * (depth + 1))
        write_line(self.word, asked, state.item.text, language=self.official)
        for piece in pieces_of(state, self.printed):
            self._piece(piece)

    def _piece(self, piece: PrintedPiece) -> None:
        match piece.kind:
            case "note":
                write_line(self.word, self._own("Grounds", piece.language), piece.text, language=piece.language)
            case "options":
                self._options(piece)
            case "answer" | "request":
                PassageWriter(self.word, piece.text, "")
            case "source":
                self._source(piece)
            case "lines":
                for text in filter(str.strip, piece.text.splitlines()):
                    self.word.text(self._own("Written Text", piece.language), text, is_rtl=direction_of(text) == "rtl")
            case "laws":
                self._laws(piece.rows)
            case _:
                self.word.paragraph("Grounds", piece.text)

    def _own(self, style: str, code: str) -> Paragraph:
        """A paragraph that runs as its language does."""
        paragraph = self.word.paragraph(style, is_rtl=language(code).direction == "rtl")
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        return paragraph

    def _options(self, piece: PrintedPiece) -> None:
        paragraph = self._own("Written Text", piece.language)
        is_rtl, between = language(piece.language).direction == "rtl", _BETWEEN if piece.is_inline else "\n"
        for place, (option, is_chosen) in enumerate(piece.options):
            words = f"{between if place else ''}{'☒' if is_chosen else '☐'} {option}"
            self.word.text(paragraph, words, is_rtl=is_rtl, language=piece.language, bold=is_chosen)

    def _source(self, piece: PrintedPiece) -> None:
        paragraph = self._own("Written Text", piece.language)
        self.word.text(paragraph, piece.text, is_rtl=language(piece.language).direction == "rtl")
        self._link(paragraph, piece.link, before=" " if piece.text else "")

    def _link(self, paragraph: Paragraph, address: str, before: str = "") -> None:
        if address:
            self.word.text(paragraph, before)
            self.word.text(paragraph, address, is_rtl=False, link=web_or_mail(address))

    def _laws(self, rows: Sequence[tuple[str, str, str]]) -> None:
        table = self.word.docx.add_table(1 + len(rows), len(_LAW_WIDTHS))
        set_table(table, _LAW_WIDTHS, is_rtl=self.word.is_rtl)
        set_data_table(table, COLUMN)
        for place, (row, cells) in enumerate(zip((heads_of_laws(), *rows), table.rows, strict=True)):
            law, provision, link = (cell.paragraphs[0] for cell in cells.cells)
            for paragraph, words in ((law, row[0]), (provision, row[1])):
                paragraph.style = "Table Text"
                is_rtl = self.word.is_rtl if not place else direction_of(words) == "rtl"
                self.word.turn(paragraph, is_rtl)
                self.word.text(paragraph, words, is_rtl=is_rtl, bold=not place)
            link.style = "Table Text"
            if place:
                self.word.turn(link, False)
                self._link(link, row[2])
            else:
                self.word.text(link, row[2], bold=True)
        self.word.paragraph("Table Text")  # without it, two tables would be one
