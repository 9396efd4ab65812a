"""A questionnaire as a Word document, in one language or in two side by side; pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT

from core.documents.word import WordFile
from core.documents.word_tables import add_table
from core.documents.word_xml import add_field
from core.language.i18n import UN_LANGUAGES, direction_of
from core.language.text import one_line
from questionnaires.definitions import Footnote, Item, PartDefinition, QuestionnaireDefinition, SectionDefinition
from questionnaires.definitions.enums import QuestionKind
from questionnaires.editing.comparison import citation_words
from questionnaires.editing.exports import XlsformRows
from questionnaires.editing.word.layout import (
    COLUMNS,
    NOTES,
    ROWS,
    SETTINGS,
    code_of_part,
    code_of_section,
    names_of_options,
)
from questionnaires.wording import condition_words, full_number

_WIDTHS = {1: (3, 5, 12), 2: (3, 4, 8, 8)}  # by the number of languages; of codes, of settings, then of each language
_Row = tuple[str, ...]


def word_of(definition: QuestionnaireDefinition, stand: str, languages: Sequence[str]) -> bytes:
    """The document, its names of settings in the active language.

    ``stand``: what it is made of, as its reader compares it (``selectors.stand_of``). ``languages``: of the columns,
    one or two. In the first, official words stand where one is not translated.
    """
    return _Writer(definition, stand, languages).written()


class _Writer:
    def __init__(self, definition: QuestionnaireDefinition, stand: str, languages: Sequence[str]) -> None:
        self.definition, self.stand, self.languages = definition, stand, languages
        self.items = {item.code: item for item in definition.items()}
        self.exact = XlsformRows(definition, [definition.language])
        self.word = WordFile(languages[0])
        names = {code: str(name) for code, name in UN_LANGUAGES}
        columns = [f"{names[code]} ({code})" for code in languages]
        self.head = [*map(str, COLUMNS.values()), *columns]

    def written(self) -> bytes:
        title = self.said(self.definition.title, self.languages[0])
        self.word.describe(title=title, author="", subject=self.definition.source, keywords=self.stand)
        page: Any = self.word.docx.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
        for foot in (page.footer, page.first_page_footer):
            add_field(foot.paragraphs[0], "PAGE")
        self._paragraph("Title", title)
        for note in NOTES.values():
            self.word.paragraph("Normal", str(note))
        self._table([self._head_row(), *self._guidance(self.definition.cluster, self.definition.guidance)])
        for part in self.definition.parts:
            self._part(part)
        return self.word.as_bytes()

    def said(self, text: str, language: str) -> str:
        """In one line, as each text stands here: its reader knows it again (``reading``)."""
        official = self.definition.language
        if language == official:
            return one_line(text)
        said = self.definition.translations.get(language, {}).get(text, "")
        stands_in = text if language == self.languages[0] else ""
        return one_line(said or stands_in)

    def _paragraph(self, style: str, text: str) -> None:
        self.word.paragraph(style, text, is_rtl=direction_of(text) == "rtl")

    def _table(self, rows: Sequence[_Row], shaded: Iterable[int] = (0,)) -> None:
        languages = [None, self.word.language, *self.languages]
        widths = _WIDTHS[len(self.languages)]
        add_table(self.word, self.head, rows, widths=widths, languages=languages, shaded=frozenset(shaded))

    def _row(self, code: str, settings: Iterable[str], lines: Callable[[str], Iterable[str]]) -> _Row:
        """``lines``: what stands in the cell of a language."""
        return code, "\n".join(settings), *("\n".join(lines(language)).rstrip() for language in self.languages)

    def _text(self, code: str, settings: Iterable[str], text: str, footnotes: Sequence[Footnote] = ()) -> _Row:
        return self._row(
            code, settings, lambda language: [self.said(text, language), *self._footnotes(footnotes, language)]
        )

    def _footnotes(self, footnotes: Sequence[Footnote], language: str) -> Iterator[str]:
        for each in footnotes:
            yield f"[{each.mark}] {self.said(each.text, language)}".rstrip()

    def _guidance(self, code: str, paragraphs: Sequence[str]) -> list[_Row]:
        return [
            self._text(code, [setting(ROWS["guidance"], str(number))], text)
            for number, text in enumerate(paragraphs, start=1)
        ]

    def _head_row(self) -> _Row:
        definition = self.definition
        values = {
            "mechanism": definition.mechanism,
            "slug": definition.slug,
            "language": definition.language,
            "source": definition.source,
            "stand": self.stand,
        }
        lines = [setting(SETTINGS[key], value) for key, value in values.items()]
        return self._text(definition.cluster, [str(ROWS["questionnaire"]), *lines], definition.title)

    def _part(self, part: PartDefinition) -> None:
        code = code_of_part(self.definition.cluster, part)
        self._paragraph("Heading 1", self.said(part.title, self.languages[0]))
        rows = [
            self._text(code, [str(ROWS["part"])], part.title),
            self._text(code, [str(ROWS["cluster_title"])], part.cluster_title),
            *self._guidance(code, part.guidance),
        ]
        self._table(rows)
        for section in part.sections:
            self._section(part, section)

    def _section(self, part: PartDefinition, section: SectionDefinition) -> None:
        code = code_of_section(self.definition.cluster, part, section)
        self._paragraph("Heading 2", self.said(section.heading, self.languages[0]))
        settings = [str(ROWS["section"])]
        if section.articles:
            settings.append(setting(SETTINGS["articles"], ", ".join(section.articles)))
        if section.applicability:
            settings.append(setting(SETTINGS["applicability"], section.applicability))
        rows = [self._text(code, settings, section.heading, section.footnotes)]
        if section.parent_heading:
            rows.append(self._text(code, [str(ROWS["parent_heading"])], section.parent_heading))
        rows += self._guidance(code, section.guidance)
        self._table([*rows, *map(self._item, section.items)])

    def _item(self, item: Item) -> _Row:
        def lines(language: str) -> Iterator[str]:
            yield self.said(item.text, language)
            for name, option in names_of_options(item).items():
                star = "*" if option in item.free_text_options else ""
                yield f"{name}{star} {self.said(option, language)}".rstrip()
            yield from self._footnotes(item.footnotes, language)

        return self._row(f"{item.code}\n{full_number(item)}", self._settings(item), lines)

    def _settings(self, item: Item) -> Iterator[str]:
        yield setting(SETTINGS["kind"], f"{item.kind} ({QuestionKind(item.kind).label})")
        if item.voluntary:
            yield str(SETTINGS["voluntary"])
        if item.self_assessed:
            yield str(SETTINGS["self_assessed"])
        for cited in item.articles:
            yield setting(SETTINGS["citation"], one_line(citation_words(cited)))
        if item.condition:
            yield setting(SETTINGS["condition"], self.exact.relevant(item.condition))
            words = condition_words(item.condition, lambda code: full_number(self.items[code]))
            yield setting(SETTINGS["words"], one_line(words))
        if item.deviation:
            yield setting(SETTINGS["deviation"], one_line(item.deviation))


def setting(name: Any, value: str) -> str:
    """One line of the column of settings; its reader parts it at the colon."""
    return f"{name}: {value}"
