"""Publications and tools that the secretariat offers to experts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.programme.enums import EVIDENCE_WORDS, EvidenceMark
from reviews.programme.models import Cluster, Instrument, Mechanism
from reviews.reading.enums import ReadingKind


class ReadingItem(BaseModel):
    """One work in one language; the same work in another language is another entry. Public, and nothing of a review.

    ``instrument`` and ``cluster`` say for which reviews it matters; empty is for all of the mechanism. The evidence is
    there for what came with the reference data. Written only by ``reviews.reading.services``, which take nothing out:
    what is withdrawn can be put back; and by the loader, which takes out what it brought and the files no longer have.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="reading", verbose_name=_("mechanism"))
    kind = models.CharField(_("kind"), max_length=20, choices=ReadingKind)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    link = models.URLField(_("address"), max_length=1000, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    order = models.PositiveSmallIntegerField(_("place in the list"))
    evidence_mark = models.CharField(_("evidence"), max_length=1, choices=EvidenceMark, blank=True)
    evidence_note = models.TextField(_("note on the evidence"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    audit_name = "reviews.readingitem"

    class Meta:
        verbose_name = _("publication or tool")
        verbose_name_plural = _("publications and tools")
        ordering = ["mechanism", "order", "title"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "language", "title"], name="a_work_once_a_language"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_evidence_mark_display(self) -> str:  # type: ignore[no-redef]
        return str(EVIDENCE_WORDS.get(self.evidence_mark, ""))
