"""Translations beside the official text: by text, so that the same words are translated once wherever they stand.

Where an official text changes it has no translation any more; that of its former words is shown as a help.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from questionnaires.definitions import QuestionnaireDefinition, SectionDefinition
from questionnaires.files import texts_of, texts_of_section


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many different texts there are, and how many of them have no translation."""

    texts: int
    missing: int

    @property
    def done(self) -> int:
        return self.texts - self.missing


def coverage(texts: Iterable[str], translations: Mapping[str, str]) -> Coverage:
    different = set(texts)
    return Coverage(len(different), sum(1 for text in different if not translations.get(text)))


def coverage_of(definition: QuestionnaireDefinition, language: str) -> Coverage:
    return coverage(texts_of(definition), definition.translations.get(language, {}))


def head_texts(definition: QuestionnaireDefinition) -> list[str]:
    """The texts that stand outside of the sections, each once."""
    texts = [definition.title, *definition.guidance]
    for part in definition.parts:
        texts += [part.title, part.cluster_title, *part.guidance]
    return list(dict.fromkeys(texts))


def section_texts(section: SectionDefinition) -> list[str]:
    """The texts of a section, each once."""
    return list(dict.fromkeys(texts_of_section(section)))


def with_translations(
    definition: QuestionnaireDefinition, language: str, given: Mapping[str, str]
) -> QuestionnaireDefinition:
    """``given``: by text, what it is in that language; an empty one takes a translation away."""
    known = {**definition.translations.get(language, {}), **given}
    kept = {text: said for text, said in known.items() if said}
    translations = {**definition.translations, language: kept}
    return replace(definition, translations={code: texts for code, texts in translations.items() if texts})


def only_of_its_texts(definition: QuestionnaireDefinition) -> QuestionnaireDefinition:
    """Without translations of words that are not in the questionnaire any more."""
    texts = set(texts_of(definition))
    kept = {
        code: {text: said for text, said in of.items() if text in texts and said}
        for code, of in definition.translations.items()
    }
    return replace(definition, translations={code: of for code, of in kept.items() if of})
