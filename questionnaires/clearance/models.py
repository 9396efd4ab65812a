"""What a second person of the State says of answers before they are sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.responses.models import Response
from reviews.cases.models import ConfidentialModel


class SecondReading(ConfidentialModel):
    """An expert has read the draft as it stood (``sha256``, of what would be sent); append-only.

    ``is_fine``: nothing to add. Otherwise ``word`` says at what the focal point should look again.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="second_readings", verbose_name=_("response"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    is_fine = models.BooleanField(_("nothing to add"))
    word = models.TextField(_("at what to look again"), blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))

    audit_name = "questionnaires.secondreading"

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["response", "created_at"]

    def __str__(self) -> str:
        return f"{self.response_id} {self.sha256[:8]}"
