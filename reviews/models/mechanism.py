from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.enums import AdherenceKind


class Mechanism(BaseModel):
    """A review mechanism: the root of all rule data. A second mechanism is new rows, not new code."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=100)

    class Meta:
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.short_name


class Instrument(BaseModel):
    """A treaty or protocol. ``mechanism`` is empty for one that is not reviewed but whose membership matters."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, null=True, blank=True, related_name="instruments", verbose_name=_("mechanism")
    )
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.short_name


class Article(BaseModel):
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="articles", verbose_name=_("instrument"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["instrument", "number"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="one_article_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Adherence(BaseModel):
    """A State is bound by an instrument since the deposit of its act."""

    state_party = models.ForeignKey(StateParty, models.CASCADE, related_name="adherences", verbose_name=_("State"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="adherences", verbose_name=_("instrument"))
    kind = models.CharField(_("act"), max_length=20, choices=AdherenceKind)
    deposited_on = models.DateField(_("deposited on"))
    is_verified = models.BooleanField(_("date read in a source"), default=False)

    class Meta:
        verbose_name = _("adherence")
        verbose_name_plural = _("adherences")
        ordering = ["state_party", "instrument"]
        constraints = [
            models.UniqueConstraint(fields=["state_party", "instrument"], name="one_adherence_an_instrument")
        ]

    def __str__(self) -> str:
        return f"{self.state_party}: {self.instrument}"
