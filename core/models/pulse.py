from django.db import models
from django.utils.translation import gettext_lazy as _


class Pulse(models.Model):
    """When a part of the portal last showed that it works: ``beat``, ``worker``, ``web`` … (``core.health``)."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("at"))

    audit_name = "core.pulse"

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return self.name
