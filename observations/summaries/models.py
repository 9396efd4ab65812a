"""What the passages of summaries said before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from observations.texts.models import SummaryPassage


class PassageRevision(BaseModel):
    """What a passage said after one save of it; empty words are left out of the summary. Append-only.

    ``saved_by`` and ``saved_for`` are empty where the portal drew the words from observations, or brought them in.
    """

    passage = models.ForeignKey(
        SummaryPassage, models.CASCADE, related_name="revisions", verbose_name=_("passage of a summary")
    )
    number = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("text"), blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("saved for"))

    audit_name = "observations.passagerevision"

    class Meta:
        verbose_name = _("revision of a passage")
        verbose_name_plural = _("revisions of passages")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["passage", "number"], name="one_passage_a_revision")]

    def __str__(self) -> str:
        return f"{self.passage}: {self.number}"
