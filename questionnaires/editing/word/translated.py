"""What a document says in other languages than the official one; the questionnaire stays what it is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from questionnaires.definitions import Item, QuestionnaireDefinition
from questionnaires.editing.word.layout import CellWords, code_of_part, code_of_section, names_of_options
from questionnaires.editing.word.rows import DocumentRow, QuestionnaireDocument
from questionnaires.editing.word.sayings import Sayings


@dataclass(frozen=True, slots=True)
class RowTexts:
    """What stands in the place of a row: the text, options by their names, footnotes by their marks."""

    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)


def standing_of(item: Item) -> RowTexts:
    return RowTexts(item.text, names_of_options(item), {each.mark: each.text for each in item.footnotes})


class TranslationsReader:
    """Reads translations alone; the questionnaire stays what it is."""

    def __init__(self, document: QuestionnaireDocument, base: QuestionnaireDefinition) -> None:
        self.document, self.base = document, base
        self.known = {item.code: item for item in base.items()}
        self.parts = {code_of_part(base.cluster, part): part for part in base.parts}
        self.sections = {
            code_of_section(base.cluster, part, section): section for part in base.parts for section in part.sections
        }
        self.others = [language for language in document.languages if language != base.language]
        first = document.languages[0]
        self.sayings = Sayings(document, base, first if first != base.language else "")

    def read(self, head: DocumentRow) -> QuestionnaireDefinition:
        self.document.not_taken(
            head, _("The official language is not in this document: only translations are read, and no settings.")
        )
        for row in self.document.rows:
            if standing := self._standing(row):
                self.take(row, CellWords(standing.text, standing.options, frozenset(), standing.footnotes), standing)
            elif row.code or any(not row.cells[language].is_empty for language in self.others):
                self.document.problem(row, _("Nothing that stands has this code: it needs the official language."))
        return replace(self.base, translations=self.sayings.translations())

    def take(self, row: DocumentRow, official: CellWords, standing: RowTexts) -> None:
        """Note what a row says in other languages; ``official``: its official words, as they are from now on."""
        for language in self.others:
            known = self.sayings.known(language, official.text)
            said = self.document.said(row, language, [*official.footnotes], known or official.text)
            if said is None:
                continue
            pairs = ((official.options, said.options), (official.footnotes, said.footnotes))
            for name in (name for own, other in pairs for name in other if name not in own):
                words = _("“%(words)s” has no official words beside it.")
                self.document.problem(row, words % {"words": name})
            self.sayings.say(row, language, official.text, said.text, standing.text)
            for name, option in official.options.items():
                self.sayings.say(row, language, option, said.options.get(name, ""), standing.options.get(name, ""))
            for mark, text in official.footnotes.items():
                self.sayings.say(row, language, text, said.footnotes.get(mark, ""), standing.footnotes.get(mark, ""))

    def _standing(self, row: DocumentRow) -> RowTexts | None:
        part, section = self.parts.get(row.code), self.sections.get(row.code)
        match row.kind:
            case "questionnaire":
                return RowTexts(self.base.title)  # whose code it is, was looked at
            case "part" if part:
                return RowTexts(part.title)
            case "cluster_title" if part:
                return RowTexts(part.cluster_title)
            case "section" if section:
                return RowTexts(section.heading, {}, {each.mark: each.text for each in section.footnotes})
            case "parent_heading" if section and section.parent_heading:
                return RowTexts(section.parent_heading)
            case "guidance":
                paragraphs = self.guidance_of(row.code)
                return RowTexts(paragraphs[row.count - 1]) if 1 <= row.count <= len(paragraphs) else None
            case "" if row.code in self.known:
                return standing_of(self.known[row.code])
        return None

    def guidance_of(self, code: str) -> tuple[str, ...]:
        owner = self.base if code == self.base.cluster else self.parts.get(code) or self.sections.get(code)
        return owner.guidance if owner else ()
