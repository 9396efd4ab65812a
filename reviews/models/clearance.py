from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.models.review import Review


class Clearance(BaseModel):
    """A focal point certified for a State that exactly these bytes (``sha256``) are agreeable to it. Append-only."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="clearances", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    focal_point = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("focal point")
    )
    document_type = models.CharField(_("kind of document"), max_length=100)
    document_id = models.UUIDField(_("document"))
    version = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    cleared_at = models.DateTimeField(_("cleared at"), default=timezone.now)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["cleared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_id", "version", "state_party"], name="one_clearance_a_version_and_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_type} v{self.version}, {self.state_party}"
