"""When the items of a document are asked: the exact form of each condition, beside the one that stands. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from questionnaires.definitions import ConditionTree, Item, QuestionnaireDefinition, SectionDefinition
from questionnaires.editing.changes.conditions import with_words
from questionnaires.editing.exports import XlsformRows
from questionnaires.editing.relevance import RelevanceError, tree_of
from questionnaires.editing.word.layout import names_of_options, normal
from questionnaires.editing.word.rows import DocumentRow, QuestionnaireDocument
from questionnaires.wording import condition_words, full_number

# What a program for documents puts in the place of signs that were typed.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u2011": "-", "≥": ">=", "≠": "!="})
_MULTIPLE = "multiple"


class Conditions:
    """Options are known by the names that they have in the document; so a condition follows an option's new words."""

    def __init__(self, document: QuestionnaireDocument, base: QuestionnaireDefinition) -> None:
        self.document, self.base = document, base
        self.known = {item.code: item for item in base.items()}
        self.before = XlsformRows(base, [base.language])
        self.names = {code: names_of_options(item) for code, item in self.known.items()}
        self.multiple = [code for code, item in self.known.items() if item.kind == _MULTIPLE]
        self.rows: dict[str, DocumentRow] = {}
        # An item whose row is wrong keeps its options here, so that one fault is not named at every item below it.
        self.options: dict[str, Mapping[str, str]] = dict(self.names)

    def note(self, row: DocumentRow, item: Item, options: Mapping[str, str]) -> None:
        self.rows[item.code] = row
        self.options[item.code] = options

    def settle(self, section: SectionDefinition) -> SectionDefinition:
        """The section with what the rows of its items say of when they are asked."""
        multiple = [item.code for item in section.items if item.kind == _MULTIPLE]
        items = [replace(item, condition=self._condition(item, section, multiple)) for item in section.items]
        for item in items:
            self._look_at_words(item)
        return replace(section, items=tuple(items))

    def _condition(self, item: Item, section: SectionDefinition, multiple: list[str]) -> ConditionTree | None:
        row = self.rows[item.code]
        expression = row.setting("condition") or ""
        if not expression:
            return None
        try:
            tree = tree_of(expression.translate(_STRAIGHT), self.options, multiple)
        except (RelevanceError, ValueError):
            words = _("“%(condition)s” is no condition of a questionnaire.")
            self.document.problem(row, words % {"condition": expression[:80]})
            return None
        standing = self.known[item.code].condition if item.code in self.known else None
        if standing and tree_of(self.before.relevant(standing), self.names, self.multiple) == tree:
            return standing
        return with_words(tree, section, self.base.language)

    def _look_at_words(self, item: Item) -> None:
        """The words below a condition are those of its exact form: others, which somebody has written, are named."""
        row = self.rows[item.code]
        said = normal(row.setting("words") or "")
        standing = self.known[item.code].condition if item.code in self.known else None
        if not said or any(said == words for tree in (standing, item.condition) if tree for words in self._words(tree)):
            return
        message = _("The words of a condition follow from its exact form: what was changed in them is not taken.")
        self.document.not_taken(row, message)

    def _words(self, tree: ConditionTree) -> Iterator[str]:
        """In each language of the pages, as whoever downloads a document may have it."""
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                words = condition_words(tree, self._number_of)
            yield normal(words)

    def _number_of(self, code: str) -> str:
        return full_number(self.known[code]) if code in self.known else code
