"""Documents of drafts and of versions, in the languages that somebody has chosen."""

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.utils import translation

from core.language.i18n import interface_language
from core.language.terminology import named, speaking
from questionnaires.definitions import QuestionnaireDefinition, index_of
from questionnaires.editing.word.writing import word_of


def document_of(definition: QuestionnaireDefinition, stand: str, languages: Sequence[str]) -> bytes:
    """Its names of settings are in the first of its languages, and in the words of its mechanism."""
    with translation.override(interface_language(languages[0])), speaking(named(definition.mechanism)):
        return word_of(definition, stand, languages)


@lru_cache(maxsize=256)  # more than the pairs of six languages of all that is published
def document_of_version(version_id: UUID, stand: str, languages: tuple[str, ...]) -> bytes:
    """A version never changes: its document is made once in a while, since everybody may ask for it."""
    return document_of(index_of(version_id).definition, stand, languages)
