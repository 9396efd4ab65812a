from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.models.review import Review


class PartialTeam(BaseModel):
    """An officer recorded that the other States of a review go ahead without waiting for one that names nobody.

    Append-only. The State may join at any time: from then on it takes part like the others, and what had been proposed
    before is not held up for its word (``reviews.selectors.partial_teams``).
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="partial_teams", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    reason = models.TextField(_("reason for going ahead"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("start with a partial team")
        verbose_name_plural = _("starts with a partial team")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"
