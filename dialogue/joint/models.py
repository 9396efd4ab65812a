"""Which reviewing State has cleared a joint feedback, as it stood."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from dialogue.exchange.models import WrittenFeedback


class JointClearance(BaseModel):
    """A reviewing State has cleared a joint feedback as it stood (``sha256``), for its sending of that ``number``.

    It is sent when each State has. A change of the text undoes it: when, and by whom, once.
    """

    feedback = models.ForeignKey(
        WrittenFeedback, models.CASCADE, related_name="joint_clearances", verbose_name=_("written feedback")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("reviewing State"))
    focal_point = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("focal point")
    )
    number = models.PositiveSmallIntegerField(_("sending"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    cleared_at = models.DateTimeField(_("cleared at"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    audit_name = "dialogue.jointclearance"

    class Meta:
        verbose_name = _("clearance of a joint feedback")
        verbose_name_plural = _("clearances of joint feedback")
        ordering = ["cleared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "state_party", "number"], condition=Q(undone_at=None), name="one_joint_clearance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_party_id} {self.sha256[:8]}"
