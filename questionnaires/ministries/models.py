"""Whom a State has consulted for its answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.ministries.enums import BodyKind
from questionnaires.responses.models import Response
from reviews.cases.models import ConfidentialModel


class ConsultedBody(ConfidentialModel):
    """A body outside of government that the State has heard for its answers; a list of the State's own."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="consulted_bodies", verbose_name=_("response"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    consulted_on = models.DateField(_("consulted on"))
    about = models.TextField(_("on what"), blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))

    audit_name = "questionnaires.consultedbody"

    class Meta:
        verbose_name = _("consulted body")
        verbose_name_plural = _("consulted bodies")
        ordering = ["response", "consulted_on", "created_at"]

    def __str__(self) -> str:
        return self.name
