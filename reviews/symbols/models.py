"""The official symbol of a document of a review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.documents.symbols import LONGEST
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.cases.models import Review
from reviews.programme.models import Instrument
from reviews.symbols.enums import Distribution, DocumentKind


class DocumentSymbol(BaseModel):
    """Under which symbol a document of a review is circulated, how, of which day and out of which language.

    It stands around the text and is no part of what States clear. ``instrument`` is empty for documents of the whole
    review. Written only by ``reviews.symbols.services``.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="symbols", verbose_name=_("review"))
    kind = models.CharField(_("document"), max_length=30, choices=DocumentKind)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    symbol = models.CharField(_("symbol"), max_length=LONGEST, unique=True)
    distribution = models.CharField(_("distribution"), max_length=10, choices=Distribution)
    dated_on = models.DateField(_("date"))
    original = models.CharField(_("original language"), max_length=10, choices=UN_LANGUAGES)

    audit_name = "reviews.documentsymbol"

    class Meta:
        verbose_name = _("symbol of a document")
        verbose_name_plural = _("symbols of documents")
        ordering = ["review", "kind", "instrument"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "kind", "instrument"], name="one_symbol_a_document", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.symbol
