"""A Word document read as a questionnaire, beside the one that stands; what is wrong in it by row and code.

Items are known by their codes, options by their names, footnotes by their marks. Words that read as those that stand
are those that stand, to the letter. Where the column of the official language is missing, only translations are read.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import ServiceError
from questionnaires.definitions import QuestionnaireDefinition
from questionnaires.editing.word.layout import NOTES, normal, words_in_every_language
from questionnaires.editing.word.rows import DocumentRow, QuestionnaireDocument
from questionnaires.editing.word.translated import TranslationsReader
from questionnaires.editing.word.whole import WholeReader
from questionnaires.files import texts_of

_SHOWN = 60  # characters that are said again


@dataclass
class WordReading:
    """``definition`` is None where there are ``problems``; ``unsaid``: what was not taken."""

    definition: QuestionnaireDefinition | None = None
    problems: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


def read_word(name: str, content: bytes, base: QuestionnaireDefinition, stand: str) -> WordReading:
    """``stand``: what ``base`` is (``selectors.stand_of``). Raises ServiceError (field ``file``) where the file is no
    such document, or one of another questionnaire."""
    document = QuestionnaireDocument(name, content)
    head = _head_of(document, base)
    if head.setting("stand") != stand:
        words = _(
            "The document was made from something else than what stands now: what colleagues have changed since "
            "then is among what it would change back."
        )
        document.unsaid.insert(0, words)
    reader = WholeReader(document, base) if base.language in document.languages else TranslationsReader(document, base)
    definition = reader.read(head)
    _look_outside(document, base)
    found = WordReading(problems=document.problems, unsaid=document.unsaid)
    if not found.problems:
        found.definition = definition
    return found


def _head_of(document: QuestionnaireDocument, base: QuestionnaireDefinition) -> DocumentRow:
    head = next((row for row in document.rows if row.kind == "questionnaire"), None)
    if head is None:
        raise ServiceError(_("This document does not say of which questionnaire it is. Download one."), field="file")
    own = {"mechanism": base.mechanism, "slug": base.slug, "language": base.language}
    said = {name: head.setting(name) or "" for name in own}
    if (head.code, said) != (base.cluster, own):
        message = _("This document is of another questionnaire: “%(said)s” stands there, and “%(own)s” is expected.")
        words = {"said": " ".join([head.code, *said.values()]), "own": " ".join([base.cluster, *own.values()])}
        raise ServiceError(message % words, field="file")
    return head


def _look_outside(document: QuestionnaireDocument, base: QuestionnaireDefinition) -> None:
    """Words beside the tables that the portal has not written there are named: they are not read."""
    known = {normal(text) for text in texts_of(base)}
    known |= {normal(said) for texts in base.translations.values() for said in texts.values()}
    known |= words_in_every_language(NOTES, [code for code, _name in settings.LANGUAGES])
    for number, words in document.outside:
        if normal(words) not in known:
            message = _("Paragraph %(number)s beside the tables is not read: “%(words)s”")
            document.unsaid.append(message % {"number": number, "words": words[:_SHOWN]})
