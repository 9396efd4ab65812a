"""Which types of technical assistance a mechanism knows, and the needs that an observation records."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from observations.needs.enums import NeedPriority, Received
from observations.texts.models import Observation
from reviews.programme.models import Evidenced, Instrument


class AssistanceType(Evidenced):
    """A type of technical assistance, as the questionnaires of an instrument list it. Rows of the mechanism.

    ``wordings``: how a questionnaire says it where that is not its name; by these and its name in English an option
    that a State has chosen is known to be this type.
    """

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="assistance_types", verbose_name=_("instrument")
    )
    key = models.SlugField(_("key"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=300)
    wordings = ArrayField(
        models.CharField(max_length=400), default=list, blank=True, verbose_name=_("other wordings in questionnaires")
    )

    audit_name = "observations.assistancetype"

    class Meta:
        verbose_name = _("type of technical assistance")
        verbose_name_plural = _("types of technical assistance")
        ordering = ["instrument__order", "order"]
        constraints = [models.UniqueConstraint(fields=["instrument", "key"], name="one_assistance_type_a_key")]

    def __str__(self) -> str:
        return self.name


class AssistanceNeed(BaseModel):
    """One need that an observation records. A part of the observation: saved, frozen and read with it.

    ``article_numbers``: of the articles of the observation those for which it is needed; none stands for all of them.
    """

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="needs", verbose_name=_("observation"))
    order = models.PositiveSmallIntegerField(_("order"))
    type = models.ForeignKey(
        AssistanceType, models.PROTECT, related_name="+", verbose_name=_("type of technical assistance")
    )
    article_numbers = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("articles")
    )
    priority = models.CharField(_("priority"), max_length=10, choices=NeedPriority, blank=True)
    received = models.CharField(_("already received"), max_length=10, choices=Received, blank=True)
    received_from = models.CharField(_("received from"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)

    audit_name = "observations.assistanceneed"

    class Meta:
        verbose_name = _("technical assistance need")
        verbose_name_plural = _("technical assistance needs")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["observation", "order"], name="one_need_a_place")]

    def __str__(self) -> str:
        return f"{self.observation_id}: {self.type}"
