"""What a second person of the State says of answers before they are sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.responses.models import Response
from reviews.cases.models import ConfidentialModel
from reviews.drafts.models import DraftReading


class SecondReading(ConfidentialModel, DraftReading):
    """That of an expert, of the answers."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="second_readings", verbose_name=_("response"))

    audit_name = "questionnaires.secondreading"

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["response", "created_at"]

    def __str__(self) -> str:
        return f"{self.response_id} {self.sha256[:8]}"
