"""The record of a review to read: one PDF of the exchange in order of time, after the look of the other documents."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, pgettext

from core.documents.copies import copy_words
from core.documents.html import render_html_file
from core.documents.pdf import render_pdf
from core.documents.progress import Progress, unheard
from core.language.i18n import in_own_order
from core.language.rendering import as_html
from core.time.dates import binding_moment, day_in_words, day_of, locale_here
from observations.documents import paragraph_marker
from portal.dossier.circulated import INTRODUCTIONS, NOTHING_YET, TITLES, ClearanceLine, is_final
from portal.dossier.made import MadeDossier
from portal.dossier.pieces import DossierPassage, DossierPiece
from reviews.symbols import printed_symbol
from reviews.symbols.enums import DocumentKind

TEMPLATE, TEMPLATE_OF_ONE = "pdf/dossier.html", "pdf/exchange.html"


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """A piece with its number and its time in words."""

    number: str
    time: str
    piece: DossierPiece


@dataclass(frozen=True, slots=True)
class PrintedExchange:
    """One document of the exchange in the words of the active language, before it is set. ``status``: whose copy it is.

    ``head`` and ``rows``: of the table of clearances, where it is one of them. ``nothing``: what an empty one says.
    """

    title: str
    kind: str
    symbol: str
    facts: tuple[str, ...]
    status: str
    watermark: str
    introduction: str
    nothing: str
    entries: tuple[PrintedEntry, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def print_record(
    made: MadeDossier,
    pieces: Sequence[DossierPiece],
    made_at: dt.datetime,
    *,
    progress: Progress = unheard,
) -> bytes:
    """In the active language. Raises PdfError where this server cannot print."""
    return render_pdf(TEMPLATE, context_of(made, pieces, made_at), made.job.language, progress=progress)


def print_exchange(made: MadeDossier, exchange: PrintedExchange, *, progress: Progress = unheard) -> bytes:
    """One document of the exchange, in the active language. Raises PdfError where this server cannot print."""
    return render_pdf(TEMPLATE_OF_ONE, _context_of_one(made, exchange), made.job.language, progress=progress)


def exchange_as_html(made: MadeDossier, exchange: PrintedExchange) -> bytes:
    """The same page as one file of HTML."""
    return render_html_file(TEMPLATE_OF_ONE, _context_of_one(made, exchange), made.job.language)


def _context_of_one(made: MadeDossier, exchange: PrintedExchange) -> dict[str, Any]:
    return {"exchange": exchange, "review": made.review, "entries": [_entry(each) for each in exchange.entries]}


def context_of(made: MadeDossier, pieces: Sequence[DossierPiece], made_at: dt.datetime) -> dict[str, Any]:
    """What the template prints."""
    review = made.review
    return {
        "title": _("Record of the review of %(state)s") % {"state": review.state_under_review},
        "kind": _("Record of the review"),
        "symbol": in_own_order(review.code),
        "review": review,
        "status_words": copy_words(made.job.requested_by.full_name, made_at),
        "shows_paths": True,
        "entries": [_entry(each) for each in _numbered([piece for piece in pieces if piece.is_printed])],
    }


def exchange_of(
    made: MadeDossier,
    kind: DocumentKind,
    made_at: dt.datetime,
    *,
    pieces: Sequence[DossierPiece],
    clearances: Sequence[ClearanceLine],
) -> PrintedExchange:
    """A document of the exchange: its pieces, or in a protocol the clearances."""
    review, status = made.review, copy_words(made.job.requested_by.full_name, made_at)
    symbol = printed_symbol(review, kind)
    is_protocol = kind == DocumentKind.CLEARANCES
    return PrintedExchange(
        title=str(TITLES[kind]) % {"state": review.state_under_review},
        kind=str(kind.label),
        symbol=symbol.symbol if symbol else in_own_order(review.code),
        facts=(*(symbol.lines(made.job.language, is_public=False) if symbol else ()), status),
        status=status,
        watermark="" if is_final(kind, review) else pgettext("of a document", "Provisional"),
        introduction=str(INTRODUCTIONS[kind]),
        nothing=str(NOTHING_YET[kind]),
        entries=() if is_protocol else tuple(_numbered(pieces)),
        head=_head() if is_protocol else (),
        rows=tuple(map(_row, clearances)) if is_protocol else (),
    )


def _head() -> tuple[str, ...]:
    return (
        pgettext("column", "Document"),
        pgettext("column", "State"),
        pgettext("column", "Focal point"),
        pgettext("column", "Cleared at"),
        _("Checksum (SHA-256)"),
    )


def _row(line: ClearanceLine) -> tuple[str, ...]:
    row = line.clearance
    at = binding_moment(row.cleared_at)
    if line.taken_back_at is not None:
        at = _("%(time)s, taken back %(later)s") % {"time": at, "later": binding_moment(line.taken_back_at)}
    return line.document, str(row.state_party), row.focal_point.full_name, at, row.sha256


def _numbered(pieces: Sequence[DossierPiece]) -> list[PrintedEntry]:
    return [PrintedEntry(paragraph_marker(number), _time(piece), piece) for number, piece in enumerate(pieces, start=1)]


def _time(piece: DossierPiece) -> str:
    return day_in_words(day_of(piece.at), "long", locale_here()) if piece.is_day else binding_moment(piece.at)


def _entry(entry: PrintedEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "piece": entry.piece,
        "time": entry.time,
        "passages": [
            (passage, passage.text if passage.level else _shown(passage))
            for passage in entry.piece.passages
            if passage.text
        ],
    }


def _shown(passage: DossierPassage) -> SafeString:
    """With its number inside of the first paragraph, so that no line parts them."""
    html = as_html(passage.text) if passage.is_written else format_html("<p>{}</p>", passage.text)
    if not passage.marker:
        return html
    marker = format_html('<span class="number"><bdi>{}</bdi> </span>', passage.marker)
    numbered = html.replace("<p>", f"<p>{marker}", 1) if html.startswith("<p>") else f"<p>{marker}</p>{html}"
    return mark_safe(numbered)  # noqa: S308 - cleaned by core.language.markdown, or escaped here
