"""A mechanism that somebody wants in the portal, until it is there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState
from core.models import BaseModel
from portal.mechanisms.enums import ChoiceStatus, MechanismWay

_PERSON = settings.AUTH_USER_MODEL


class MechanismChoice(BaseModel):
    """``files`` is what a worker loads, text by name in the folder of a mechanism; empty for one that is shipped.

    It takes two where there are two: one chooses it, another member of the secretariat confirms it; out of a file it
    always does, and an empty one it never does. Only the status and who
    decided change, by ``portal.mechanisms.services``.
    """

    way = models.CharField(_("way"), max_length=10, choices=MechanismWay)
    slug = models.SlugField(_("short name in addresses"))
    short_name = models.CharField(_("short name"), max_length=100)
    files = models.JSONField(_("files"), default=dict, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=ChoiceStatus)
    chosen_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("chosen by"))
    decided_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    audit_name = "portal.mechanismchoice"

    class Meta:
        verbose_name = _("mechanism chosen")
        verbose_name_plural = _("mechanisms chosen")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="two_bring_in_a_mechanism",
                condition=~Q(way=MechanismWay.FILE)
                | ~Q(status__in=[ChoiceStatus.CONFIRMED, ChoiceStatus.LOADED])
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("chosen_by")),
            ),
        ]

    @property
    def work_state(self) -> WorkState | None:
        return ChoiceStatus(self.status).work_state

    def __str__(self) -> str:
        return self.short_name
