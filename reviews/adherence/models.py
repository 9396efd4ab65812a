"""What a State has said about an instrument that it has joined."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.adherence.enums import StatementKind
from reviews.programme.models import Adherence


class AdherenceStatement(BaseModel):
    """A reservation, declaration or notification as the depositary has circulated it; public, and nothing of a review.

    Written only by ``reviews.adherence.services``.
    """

    adherence = models.ForeignKey(Adherence, models.CASCADE, related_name="statements", verbose_name=_("adherence"))
    kind = models.CharField(_("kind"), max_length=20, choices=StatementKind)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    language = models.CharField(_("language of the text"), max_length=10, choices=UN_LANGUAGES)
    text = models.TextField(_("text"))
    link = models.URLField(_("link"), max_length=500, blank=True)

    audit_name = "reviews.adherencestatement"

    class Meta:
        verbose_name = _("statement on an instrument")
        verbose_name_plural = _("statements on instruments")
        ordering = ["adherence", "made_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.adherence}"
