"""What the States of a review say below an objection."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from observations.texts.models import Objection


class ObjectionReply(BaseModel):
    """One State's word below an objection, by its focal point, before all who read the text. Append-only."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="replies", verbose_name=_("objection"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    focal_point = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("focal point")
    )
    text = models.TextField(_("reply"))

    audit_name = "observations.objectionreply"

    class Meta:
        verbose_name = _("reply to an objection")
        verbose_name_plural = _("replies to objections")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.objection}: {self.state_party}"
