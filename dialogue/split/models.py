"""Who of a reviewing State is on a section of the desk, and which State leads on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.cases.models import ConfidentialModel, Participation


class SectionKeeper(ConfidentialModel):
    """A section was taken by or given to somebody of a reviewing State; no other State learns of it.

    It lies in the room of the State, also where the reviewing States share their rooms. ``section``: its instrument and
    its short name, as in its address. Who does not take part any more is on nothing.
    """

    section = models.CharField(_("section"), max_length=140)
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+", verbose_name=_("person"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))

    audit_name = "dialogue.sectionkeeper"

    class Meta:
        verbose_name = _("keeper of a section")
        verbose_name_plural = _("keepers of sections")
        constraints = [
            models.CheckConstraint(name="keeper_lies_in_a_room", condition=Q(room__isnull=False)),
            models.UniqueConstraint(fields=["review", "room", "section"], name="one_keeper_a_section"),
        ]

    def __str__(self) -> str:
        return self.section


class SectionLead(ConfidentialModel):
    """A reviewing State has told the other one that it leads on a section.

    The reviewing States read it, and nobody else: not the State under review.
    """

    section = models.CharField(_("section"), max_length=140)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))

    audit_name = "dialogue.sectionlead"

    class Meta:
        verbose_name = _("lead on a section")
        verbose_name_plural = _("leads on sections")
        constraints = [
            models.CheckConstraint(name="lead_is_of_a_state", condition=Q(room__isnull=False)),
            models.UniqueConstraint(fields=["review", "room", "section"], name="one_lead_a_section"),
        ]

    def __str__(self) -> str:
        return self.section
