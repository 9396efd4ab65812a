"""The record of a review to read: one PDF of the exchange in order of time, after the look of the other documents."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.documents.pdf import render_pdf
from core.language.i18n import in_own_order
from core.language.rendering import as_html
from core.time.dates import binding_moment, day_in_words, day_of, locale_here
from observations.documents import paragraph_marker
from portal.dossier.made import MadeDossier
from portal.dossier.pieces import DossierPassage, DossierPiece

TEMPLATE = "pdf/dossier.html"


def print_record(
    made: MadeDossier,
    pieces: Sequence[DossierPiece],
    made_at: dt.datetime,
    *,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """In the active language. Raises PdfError where this server cannot print."""
    return render_pdf(TEMPLATE, context_of(made, pieces, made_at), made.job.language, progress=progress)


def context_of(made: MadeDossier, pieces: Sequence[DossierPiece], made_at: dt.datetime) -> dict[str, Any]:
    """What the template prints."""
    review = made.review
    facts = {"person": made.job.requested_by.full_name, "date": binding_moment(made_at)}
    shown = [piece for piece in pieces if piece.is_printed]
    return {
        "title": _("Record of the review of %(state)s") % {"state": review.state_under_review},
        "kind": _("Record of the review"),
        "symbol": in_own_order(review.code),
        "review": review,
        "status_words": _("Confidential – fetched by %(person)s on %(date)s") % facts,
        "entries": [_entry(number, piece) for number, piece in enumerate(shown, start=1)],
    }


def _entry(number: int, piece: DossierPiece) -> dict[str, Any]:
    return {
        "number": paragraph_marker(number),
        "piece": piece,
        "time": day_in_words(day_of(piece.at), "long", locale_here()) if piece.is_day else binding_moment(piece.at),
        "passages": [
            (passage, passage.text if passage.level else _shown(passage)) for passage in piece.passages if passage.text
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
