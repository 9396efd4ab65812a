"""Which version of a text somebody has seen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from observations.texts.models import AgreedText, TextVersion


class VersionReading(BaseModel):
    """The last version of a text that a person has seen, so that the page shows what changed since."""

    agreed_text = models.ForeignKey(AgreedText, models.CASCADE, related_name="readings", verbose_name=_("text"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="+", verbose_name=_("version"))
    compared_with = models.ForeignKey(
        TextVersion, models.CASCADE, null=True, related_name="+", verbose_name=_("version seen before")
    )

    audit_name = "reviews.versionreading"

    class Meta:
        db_table = "reviews_versionreading"
        verbose_name = _("reading of a text")
        verbose_name_plural = _("readings of texts")
        constraints = [models.UniqueConstraint(fields=["agreed_text", "user"], name="one_reading_a_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"
