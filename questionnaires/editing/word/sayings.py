"""What a document says in other languages than the official one, put together: one translation for the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.language.text import one_line
from questionnaires.definitions import QuestionnaireDefinition
from questionnaires.editing.word.layout import normal
from questionnaires.editing.word.rows import DocumentRow, QuestionnaireDocument

_LONGEST = 60  # characters that are said again


@dataclass(frozen=True, slots=True)
class _Saying:
    row: DocumentRow
    words: str


@dataclass
class Sayings:
    """``fallback``: the language in whose cells official words stand where they are not translated."""

    document: QuestionnaireDocument
    base: QuestionnaireDefinition
    fallback: str
    found: dict[tuple[str, str], list[_Saying]] = field(default_factory=dict)

    def known(self, language: str, text: str) -> str:
        return self.base.translations.get(language, {}).get(text, "")

    def say(self, row: DocumentRow, language: str, text: str, words: str, standing: str) -> None:
        """``text``: the official words; ``standing``: those before, of which a translation that stayed would be one."""
        if not text:
            if words:
                problem = _("“%(words)s” has no official words beside it.")
                self.document.problem(row, problem % {"words": words[:_LONGEST]})
            return
        has_changed = bool(words and standing) and standing != text
        old, new = (normal(self.known(language, each)) for each in (standing, text))
        if has_changed and normal(words) == old != new:
            message = _("The official words changed and the translation beside them did not: it is not taken.")
            self.document.not_taken(row, message)
            return
        if has_changed and language == self.fallback and normal(words) == normal(standing):
            words = text  # they stood in for a translation, and still do
        self.found.setdefault((language, text), []).append(_Saying(row, words))

    def translations(self) -> dict[str, dict[str, str]]:
        """Those that stand with what the document says otherwise; an emptied cell takes a translation away where no
        other cell still has it. Several translations of the same words are a problem, by the row."""
        result = {code: dict(texts) for code, texts in self.base.translations.items()}
        for (language, text), sayings in self.found.items():
            known = self.known(language, text)
            others = self._others(language, text, known, sayings)
            if len(others) > 1:
                first, second = list(others.values())[:2]
                words = _("“%(text)s” is translated here in another way than in row %(row)s.")
                self.document.problem(second.row, words % {"text": text[:_LONGEST], "row": first.row.number})
            elif others:
                result.setdefault(language, {})[text] = one_line(next(iter(others.values())).words)
            elif known and not any(each.words for each in sayings):
                del result[language][text]
            elif known and not all(each.words for each in sayings):
                empty = next(each for each in sayings if not each.words)
                words = _("“%(text)s” stays translated, since its translation stands elsewhere in the document.")
                self.document.not_taken(empty.row, words % {"text": text[:_LONGEST]})
        return result

    def _others(self, language: str, text: str, known: str, sayings: Sequence[_Saying]) -> Mapping[str, _Saying]:
        """What is said otherwise than it stands, each once."""
        found: dict[str, _Saying] = {}
        for each in sayings:
            words = normal(each.words)
            stands_in = language == self.fallback and words == normal(text)
            if words and words != normal(known) and not stands_in:
                found.setdefault(words, each)
        return found
