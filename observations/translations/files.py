"""A translation as a file of translators' tools, and what a file that came back would change; nothing is saved here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from core.documents.xliff import ENDING, XliffFile, XliffUnit, read_xliff, write_xliff
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, code_in_files
from observations.translations.models import TranslationOrder
from observations.translations.segments import Segment
from observations.translations.selectors import TranslatedSegment, segments_beside

_ORDER, _HASH, _ABOUT, _REMARK = "order", "sha256", "description", "remark"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a file says of one segment where that is something else; ``is_draft``: the file calls it no final text."""

    beside: TranslatedSegment
    text: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class FileReading:
    """``changes`` in the order of the document; how many segments are the same, and how many the file leaves empty."""

    changes: Sequence[FileChange]
    same: int
    empty: int

    @property
    def texts(self) -> dict[str, str]:
        return {change.beside.segment.key: change.text for change in self.changes}

    @property
    def drafts(self) -> list[str]:
        return [change.beside.segment.key for change in self.changes if change.is_draft]


def kind_words(segment: Segment) -> str:
    """What a segment is, for people: "Paragraph 3"."""
    match segment.kind:
        case "paragraph":
            return _("Paragraph %(number)s") % {"number": segment.number}
        case "public":
            return _("Paragraph %(number)s, as the public reads it") % {"number": segment.number}
        case "title":
            return pgettext("of a document", "Title")
        case "note":
            return _("Note to the title")
        case "heading":
            return pgettext("of a document", "Heading")
        case "item":
            return _("Item of a list")
    return pgettext("of a document", "Remark")


def name_of_file(order: TranslationOrder, ending: str = ENDING) -> str:
    words = [order.symbol, f"v{order.version.number}", code_in_files(order.language)]
    return "-".join(words).replace("/", "-").replace(" ", "-") + ending


def as_file(order: TranslationOrder) -> bytes:
    """With all that says of what it is, in the words of the original's language codes and of the active language."""
    about = _("Translation of %(symbol)s, version %(number)s. The text in %(language)s is the authentic one.")
    facts = {
        "symbol": order.symbol,
        "number": order.version.number,
        "language": order.original_language,
    }
    notes = [(_ORDER, str(order.pk)), (_HASH, order.sha256), (_ABOUT, about % facts)]
    units = [
        XliffUnit(each.segment.key, each.segment.source, each.text, kind_words(each.segment), not each.is_unread)
        for each in segments_beside(order)
    ]
    original = f"{order.symbol} v{order.version.number}"
    notes += [(_REMARK, order.remark)] if order.remark else []
    return write_xliff(XliffFile(str(order.pk), original, order.document["language"], order.language, notes, units))


def read_file(order: TranslationOrder, content: bytes) -> FileReading:
    """What a file would change. Raises ServiceError, by the field ``file``, for one that is not of this order.

    Nothing of a file that does not fit is taken: of another text, version or language, with segments that this
    document has not, or with other words in the original.
    """
    file = read_xliff(content)
    if _ORDER not in dict(file.notes) and not file.key:
        raise _refused(_("This file does not say of which order it is. Use the file that this page gives."))
    if file.fact(_HASH) and file.fact(_HASH) != order.sha256:
        raise _refused(
            _("This file is of another text, or of another version of it. Use the file that this page gives.")
        )
    if (file.fact(_ORDER) or file.key) != str(order.pk):
        raise _refused(_("This file is of another order. Use the file that this page gives."))
    if file.target_language != code_in_files(order.language) and file.target_language != order.language:
        language = dict(UN_LANGUAGES).get(file.target_language, file.target_language or "?")
        message = _("This file is a translation into another language (%(language)s), or does not say into which.")
        raise _refused(message % {"language": language})
    beside = {each.segment.key: each for each in segments_beside(order)}
    units = {unit.key: unit for unit in file.units}
    if unknown := sorted(units.keys() - beside.keys()):
        message = _("This file holds segments that the document has not: %(keys)s.")
        raise _refused(message % {"keys": ", ".join(unknown[:3]) + (" …" if len(unknown) > 3 else "")})
    for key, unit in units.items():
        if _words(unit.source) != _words(beside[key].segment.source):
            message = _("In this file the original of %(segment)s says something else. Nothing of it was taken.")
            raise _refused(message % {"segment": kind_words(beside[key].segment)})
    return _reading([(each, units.get(key)) for key, each in beside.items()])


def _words(text: str) -> list[str]:
    """Tools break lines otherwise."""
    return text.split()


def _reading(rows: Sequence[tuple[TranslatedSegment, XliffUnit | None]]) -> FileReading:
    changes, same, empty = [], 0, 0
    for beside, unit in rows:
        if unit is None or not unit.target.strip():
            empty += 1
        elif unit.target.strip() == beside.text and not (unit.is_final and beside.is_unread):
            same += 1
        else:
            changes.append(FileChange(beside, unit.target.strip(), not unit.is_final))
    return FileReading(changes, same, empty)


def _refused(message: str) -> ServiceError:
    return ServiceError(message, field="file")
