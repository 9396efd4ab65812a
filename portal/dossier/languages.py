"""The outcome in other languages: confirmed translations, and the languages in which versions are agreed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.language.i18n import list_of
from observations.documents import paragraph_marker
from observations.language_sets import sets_visible_to
from observations.texts.models import TextVersion
from observations.translations import confirmed_translations, document_in_translation
from observations.wording import Document, split_marker
from portal.dossier.enums import PieceKind
from portal.dossier.pieces import DossierPassage, DossierPiece, DossierReader, facts_said


def translations(reader: DossierReader) -> Iterator[DossierPiece]:
    """Each that a State has confirmed, as it was frozen by that; of a version that stands its words are printed."""
    for order in confirmed_translations(reader.user, reader.review):
        document, stands = document_in_translation(order), order.version.cancelled_at is None
        yield DossierPiece(
            kind=PieceKind.TRANSLATION,
            place=f"{_place(order.version)}-{order.language}-{str(order.pk)[:8]}",
            at=order.confirmed_at or order.updated_at,
            content=document.as_json(),
            frozen=order.confirmed_sha256,
            state=order.ordered_for,
            title=f"{_title(order.version)} – {order.get_language_display()}",
            facts=facts_said("" if stands else _("This version does not stand any more.")),
            passages=tuple(_passages(document)) if stands else (),
            cleared=(order.pk, order.revision),
            is_cancelled=not stands,
        )


def _passages(document: Document) -> Iterator[DossierPassage]:
    for block in document.blocks:
        marker, text = split_marker(block.text) if block.kind == "heading" else ("", block.text)
        marker = paragraph_marker(block.number) if block.number else marker
        level = block.level if block.kind == "heading" else 0
        yield DossierPassage(text, document.language, level=level, marker=marker, is_written=block.is_written)


def language_sets(reader: DossierReader) -> Iterator[DossierPiece]:
    """In which languages versions were proposed to be agreed, and are; one query."""
    for row in sets_visible_to(reader.user, reader.review):
        yield DossierPiece(
            kind=PieceKind.LANGUAGES,
            place=f"{_place(row.version)}-languages-{str(row.pk)[:8]}",
            at=row.created_at,
            content=row.content,
            frozen=row.sha256,
            state=row.proposed_for,
            title=_title(row.version),
            facts=facts_said(
                list_of(row.names) or _("The authentic text alone"),
                _("Agreed") if row.agreed_at else "",
                _("Others took their place later.") if row.replaced_at else "",
            ),
            cleared=(row.pk, row.version.number),
            is_cancelled=row.version.cancelled_at is not None,
        )


def _place(version: TextVersion) -> str:
    text = version.agreed_text
    return f"texts/{text.instrument.slug}-{text.kind.replace('_', '-')}-v{version.number}"


def _title(version: TextVersion) -> str:
    text = version.agreed_text
    number = _("Version %(number)d") % {"number": version.number}
    return f"{text.instrument.short_name} – {text.get_kind_display()} – {number}"
