"""What the printed forms of an output of a review have in common: the words around the text, and the text's lines.

The words of the text are frozen and printed as they stand; those around them are worded here, in the document's
language: the catalogues have them in all six.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _, ngettext, pgettext

from core.language.i18n import UN_LANGUAGES, in_own_order, list_of
from core.language.text import is_web_address
from observations.texts.enums import TextKind
from observations.wording import Block, Document, PrintedBringing, PrintedStatus, split_marker
from reviews.programme import question_number


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One block as it is set, its number or letter apart from its words; ``grounds`` say what it rests on."""

    kind: str
    level: int
    marker: str
    text: str
    is_written: bool = False
    link: str = ""
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """Who cleared what, for the States of the review only: it names the focal points.

    ``has_checksums``: the last column holds them.
    """

    title: str
    heading: str
    introduction: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    how_to_check: str
    record: str = ""
    has_checksums: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """All that is printed beside title and note. ``language`` is that of the words around the text.

    ``symbol`` stands in the masthead and over the pages; ``facts`` are the lines of the masthead, in their order.
    """

    language: str
    kind: str
    symbol: str
    facts: tuple[str, ...]
    status: str
    watermark: str
    lines: tuple[PrintedLine, ...]
    annex: Annex | None
    checksum: str


def layout_of(document: Document, status: PrintedStatus) -> Layout:
    """Lay out a document. Raises ValueError where it is to be public and still holds what outsiders must not read."""
    if status.is_public:
        _refuse_what_is_not_public(document, status)
    with translation.override(document.language):
        return Layout(
            language=document.language,
            kind=str(TextKind(document.kind).label),
            symbol=status.symbol.symbol if status.symbol else document.symbol,
            facts=_facts(document, status),
            status=_status_words(status),
            watermark="" if status.is_agreed else _("Draft – not agreed"),
            lines=tuple(_line(block) for block in document.blocks),
            annex=_annex(status),
            checksum=_checksum_words(status),
        )


def _facts(document: Document, status: PrintedStatus) -> tuple[str, ...]:
    """What the masthead says below the symbol; with an official one first what such documents say."""
    public = pgettext("distribution of a document", "Public")
    readers = status.readers or (public if status.is_public else _("Restricted to the States of the review"))
    own = (status.copy,) if status.copy and not status.is_public else ()
    if status.symbol is None:
        original = _("Original: %(language)s") % {"language": dict(UN_LANGUAGES)[status.original or document.language]}
        return readers, _status_words(status), original, *own
    is_for_all = status.is_public and not status.readers
    official = status.symbol.lines(document.language, is_public=is_for_all)
    return (*official, *([] if is_for_all else [readers]), _status_words(status), *own)


def _refuse_what_is_not_public(document: Document, status: PrintedStatus) -> None:
    if not status.is_agreed:
        raise ValueError("a draft is not public")
    if any(block.public_text or block.grounds for block in document.blocks):
        raise ValueError("a public document begins as public_version() or without_grounds()")


def _status_words(status: PrintedStatus) -> str:
    facts = {"number": status.version, "date": status.agreed_on}
    if status.brought_in:
        return _("Agreed on %(date)s in another place, and brought in") % facts
    if status.is_agreed:
        return _("Version %(number)s, agreed on %(date)s") % facts
    if status.version:
        return _("Draft – not agreed: version %(number)s") % facts
    return _("Draft – not agreed")


def _checksum_words(status: PrintedStatus) -> str:
    """What a public document says in place of the annex."""
    if not status.is_public:
        return ""
    if status.original and not status.is_agreed_here:
        return _("Checksum (SHA-256) of the confirmed translation:")
    return _("Checksum (SHA-256) of the agreed version:")


def _annex(status: PrintedStatus) -> Annex | None:
    if status.is_public or not status.version or status.original:  # what was cleared is the original
        return None
    if status.brought_in:
        return _annex_of_bringing(status, status.brought_in)
    return Annex(
        title=pgettext("of a document", "Annex"),
        heading=_("Clearances of version %(number)s") % {"number": status.version},
        introduction=_(
            "Each State agrees by the act of its focal point, who clears this version as a whole. What was cleared is "
            "identified by its checksum."
        )
        if status.clearances
        else _("No State has cleared this version yet."),
        columns=(
            pgettext("column", "State"),
            pgettext("column", "Focal point"),
            pgettext("column", "Cleared at"),
            _("Checksum (SHA-256)"),
        ),
        rows=tuple((row.state, row.focal_point, row.cleared_at, row.sha256) for row in status.clearances),
        how_to_check=_(
            "To check a clearance, compare its checksum with that of this version, printed below: they are the same "
            "only if every character is. The checksum is the SHA-256 hash of the frozen text as canonical JSON (keys "
            "in order, no white space, UTF-8), not of this file."
        ),
        record=_(
            "The record of acts of this review, as it stood when this version was agreed: its last act and the "
            "checksum of that, which the program that checks the record takes."
        ),
    )


def _annex_of_bringing(status: PrintedStatus, brought_in: PrintedBringing) -> Annex:
    """In place of clearances."""
    introduction = _(
        "This text was agreed in another place. %(person)s brought it in and %(other)s checked it; no State has "
        "cleared it in the portal. The SHA-256 of the file that was brought in is %(sha256)s."
    )
    facts = {
        "person": brought_in.brought_by,
        "other": brought_in.checked_by,
        "sha256": in_own_order(brought_in.file_sha256),
    }
    return Annex(
        title=pgettext("of a document", "Annex"),
        heading=_("What the States say of this text, which was brought in"),
        introduction=introduction % facts,
        columns=(
            pgettext("column", "State"),
            _("Word of the State"),
            pgettext("column", "Focal point"),
            pgettext("column", "Said at"),
        ),
        rows=tuple((row.state, row.word, row.person, row.said_at) for row in brought_in.words),
        how_to_check=_(
            "The checksum printed below is the SHA-256 hash of the frozen text as canonical JSON (keys in order, no "
            "white space, UTF-8), not of this file."
        ),
        has_checksums=False,
    )


def _line(block: Block) -> PrintedLine:
    marker, text = _split(block)
    # Where something that is no web address was given as a link, it is printed as words.
    link = block.link if is_web_address(block.link) else ""
    if block.link and not link:
        text = f"{text} ({block.link})"
    return PrintedLine(block.kind, block.level, marker, text, block.is_written, link, _grounds_words(block.grounds))


def paragraph_marker(number: int) -> str:
    """What stands before a paragraph in the active language: "7.", in Arabic "7-"."""
    return pgettext("number of a paragraph", "%(number)s.") % {"number": number}


def _split(block: Block) -> tuple[str, str]:
    if block.kind == "paragraph":
        return paragraph_marker(block.number), block.text
    return split_marker(block.text) if block.kind == "heading" else ("", block.text)


def _grounds_words(grounds: tuple[str, ...]) -> str:
    if not grounds:
        return ""
    words = ngettext("Rests on question %(codes)s", "Rests on questions %(codes)s", len(grounds))
    return words % {"codes": list_of([in_own_order(question_number(code)) for code in grounds])}
