"""What experts say of their names in what is published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import Review


class NamingAnswer(BaseModel):
    """The last word of an expert on whether the own name may be published of a review; without one it may not.

    It is the person's, who may have left the review since, or come back. ``refused_at``: the last no, which a later yes
    does not undo: what named the expert then is published anew or stays without names. Written only by
    ``observations.naming.services``.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("expert"))
    agrees = models.BooleanField(_("agrees"))
    answered_at = models.DateTimeField(_("answered at"))
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)

    audit_name = "observations.naminganswer"

    class Meta:
        verbose_name = _("word on the own name")
        verbose_name_plural = _("words on the own name")
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="one_word_on_a_name")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.agrees}"
