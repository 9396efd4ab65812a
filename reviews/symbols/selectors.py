"""The symbols of a review: those that were given, and where none is."""

from dataclasses import dataclass

from core.errors import found
from reviews.cases.models import Review
from reviews.programme.models import Instrument
from reviews.symbols.documents import ReviewDocument, documents_of_review
from reviews.symbols.enums import Distribution, DocumentKind
from reviews.symbols.models import DocumentSymbol
from reviews.symbols.printed import PrintedSymbol


@dataclass(frozen=True, slots=True)
class SymbolLine:
    """A document and its symbol, None as long as it has none."""

    document: ReviewDocument
    row: DocumentSymbol | None


def symbols_of(review: Review) -> list[SymbolLine]:
    """Every document of the review with its symbol; those without come too.

    Behind them those that had one and are no longer documents of the review, so that it can be taken off.
    """
    found = DocumentSymbol.objects.filter(review=review).select_related("instrument")
    rows = {(row.kind, row.instrument_id): row for row in found}
    lines = [SymbolLine(document, rows.pop(document.key, None)) for document in documents_of_review(review)]
    return [*lines, *(SymbolLine(ReviewDocument(DocumentKind(row.kind), row.instrument), row) for row in rows.values())]


def get_symbol_line(review: Review, kind: str, instrument: str = "") -> SymbolLine:
    """Raises Http404 where the review has no such document."""
    wanted = [kind, *filter(None, [instrument])]
    return found(next((line for line in symbols_of(review) if line.document.address == wanted), None))


def printed_symbol(review: Review, kind: DocumentKind, instrument: Instrument | None = None) -> PrintedSymbol | None:
    """What is printed in the masthead of a document; None where it has no official symbol."""
    row = DocumentSymbol.objects.filter(review=review, kind=kind, instrument=instrument).first()
    return PrintedSymbol(row.symbol, Distribution(row.distribution), row.dated_on, row.original) if row else None
