"""When somebody last looked at a self-assessment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from questionnaires.responses.models import Response


class ResponseReading(BaseModel):
    """When a person had the page before him or her, so that it shows what changed since; read by that person alone.

    ``seen_at`` is of the last look; ``before_at`` of the last one of the visit before, and empty on the first.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="readings", verbose_name=_("response"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    seen_at = models.DateTimeField(_("seen at"))
    before_at = models.DateTimeField(_("seen before at"), null=True)

    audit_name = "questionnaires.responsereading"

    class Meta:
        verbose_name = _("reading of a self-assessment")
        verbose_name_plural = _("readings of self-assessments")
        constraints = [models.UniqueConstraint(fields=["response", "user"], name="one_reading_a_response")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.response_id}"
