"""Giving a document of a review its official symbol, and taking it off again."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.documents.symbols import LONGEST, fits, is_symbol
from core.errors import ServiceError
from core.language.text import one_line, require_text
from core.policy import require
from core.seen import require_unchanged
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from reviews.symbols.documents import ReviewDocument
from reviews.symbols.enums import Distribution, DocumentKind
from reviews.symbols.models import DocumentSymbol


@dataclass(frozen=True, slots=True)
class SymbolInput:
    """What an officer gives of a document."""

    symbol: str
    distribution: str
    dated_on: dt.date
    original: str


@transaction.atomic
def give_symbol(*, actor: User, review: Review, document: ReviewDocument, given: SymbolInput, seen: str) -> None:
    """Give the document its symbol, or change what it has.

    Raises ServiceError with the field: no symbol, one that is not written as symbols are or that the mechanism does
    not give out, or that another document has; and where a colleague has changed what was ``seen``.
    """
    require(actor, ReviewAction.GIVE_SYMBOLS, review)
    symbol = _checked(given.symbol, review)
    _wait_for_others()
    row = _standing(review, document)
    require_unchanged(row, seen)
    before = _facts(row) if row else None
    row = row or DocumentSymbol(review=review, kind=document.kind, instrument=document.instrument)
    _refuse_taken(symbol, row)
    row.symbol = symbol
    row.distribution, row.dated_on, row.original = Distribution(given.distribution), given.dated_on, given.original
    row.save()
    if before:
        audit.record(actor, "reviews.documentsymbol.changed", row, before=before, after=_facts(row))
    else:
        audit.record(actor, "reviews.documentsymbol.given", row, after=_facts(row))


@transaction.atomic
def take_symbol_off(*, actor: User, review: Review, document: ReviewDocument, seen: str) -> None:
    """The document has none any more, and another may have it.

    Raises ServiceError where it has none, or a colleague has changed it.
    """
    require(actor, ReviewAction.GIVE_SYMBOLS, review)
    _wait_for_others()
    row = _standing(review, document)
    require_unchanged(row, seen)
    if row is None:
        raise ServiceError(_("This document has no symbol."))
    audit.record(actor, "reviews.documentsymbol.taken_off", row, before=_facts(row))
    row.delete()


def _wait_for_others() -> None:
    """Symbols are unique in the portal: who gives one waits for whoever gives another."""
    list(Mechanism.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _standing(review: Review, document: ReviewDocument) -> DocumentSymbol | None:
    return DocumentSymbol.objects.filter(review=review, kind=document.kind, instrument=document.instrument).first()


def _checked(symbol: str, review: Review) -> str:
    """As it is kept. What rests on no other symbol, so that nobody waits for it."""
    text = require_text(symbol, _("Give the symbol of the document."), maximum=LONGEST, field="symbol")
    text = one_line(text)
    if not is_symbol(text):
        words = _("A symbol has Latin letters, digits and points between slashes, such as %(example)s.")
        raise ServiceError(words % {"example": "CTOC/COP/WG.10/2026/CRP.1"}, field="symbol")
    shapes = review.mechanism.symbol_shapes
    if not fits(text, shapes):
        words = _("This mechanism gives out symbols of these shapes (# is a number): %(shapes)s")
        raise ServiceError(words % {"shapes": ", ".join(shapes.split())}, field="symbol")
    return text


def _refuse_taken(text: str, row: DocumentSymbol) -> None:
    taken = DocumentSymbol.objects.filter(symbol__iexact=text).exclude(pk=row.pk).select_related("review").first()
    if taken is not None:
        words = _("Another document has this symbol: %(review)s, %(document)s.")
        named = ReviewDocument(DocumentKind(taken.kind), taken.instrument)
        raise ServiceError(words % {"review": taken.review, "document": named}, field="symbol")


def _facts(row: DocumentSymbol) -> dict[str, object]:
    return {
        "document": row.kind,
        "instrument": row.instrument.slug if row.instrument else "",
        "symbol": row.symbol,
        "distribution": row.distribution,
        "dated_on": row.dated_on.isoformat(),
        "original": row.original,
    }
