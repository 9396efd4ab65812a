from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import BaseModel


class Institution(BaseModel):
    """What the institution that runs this portal has made its own; there is one row, or none as long as it has not.

    Colours are "#rrggbb" or empty, for those with which the portal comes; ``logo`` is a PNG or JPEG whose SHA-256
    stands beside it. ``done`` are the keys of the steps of setting up that were looked at and saved
    (``portal.setup.steps``); ``is_set_up`` ends their being told. Written only by ``portal.setup.services``.
    """

    is_only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name of the portal"), max_length=100, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    logo = models.FileField(_("logo"), upload_to="institution/", blank=True)
    logo_name = models.CharField(_("file name of the logo"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256 of the logo"), max_length=64, blank=True)
    colour = models.CharField(_("main colour"), max_length=7, blank=True)
    accent = models.CharField(_("second colour"), max_length=7, blank=True)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True, verbose_name=_("languages"))
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    done = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("steps done"))
    is_set_up = models.BooleanField(_("set up"), default=False)

    audit_name = "core.institution"

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [models.CheckConstraint(condition=models.Q(is_only=True), name="there_is_one_institution")]

    def __str__(self) -> str:
        return self.name
