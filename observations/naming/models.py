"""What experts say of their names in what is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import Participation


class NamingAnswer(BaseModel):
    """The last word of an expert on whether the own name may be published; without one it may not.

    Written only by ``observations.naming.services``; the record of acts has each word with its time.
    """

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="naming_answer", verbose_name=_("expert")
    )
    agrees = models.BooleanField(_("agrees"))
    answered_at = models.DateTimeField(_("answered at"))

    audit_name = "observations.naminganswer"

    class Meta:
        verbose_name = _("word on the own name")
        verbose_name_plural = _("words on the own name")

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.agrees}"
