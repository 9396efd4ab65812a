from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.enums import EvidenceMark


class Evidenced(BaseModel):
    """A rule as a row: how well it is known, and from where."""

    evidence_mark = models.CharField(_("evidence"), max_length=1, choices=EvidenceMark)
    evidence_note = models.TextField(_("note on the evidence"), blank=True)

    class Meta:
        abstract = True
