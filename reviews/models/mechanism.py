from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.enums import AdherenceKind
from reviews.force import Clause
from reviews.models.evidence import Evidenced


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


class Instrument(Evidenced):
    """A treaty or protocol. ``mechanism`` is empty for one that is not reviewed but whose membership matters.

    The evidence is that of the rule by which it enters into force for a State.
    """

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, null=True, blank=True, related_name="instruments", verbose_name=_("mechanism")
    )
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"))
    in_force_on = models.DateField(_("entered into force on"), null=True, blank=True)
    days_to_force = models.PositiveSmallIntegerField(_("days from a deposit to the entry into force"), default=30)
    supplements = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("does not bind a State before"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def clause(self) -> Clause:
        """By which it enters into force for a State; instruments are named by their keys."""
        return Clause(self.days_to_force, self.in_force_on, self.supplements_id)


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
    """A State has deposited the act by which an instrument binds it; from when it does, ``reviews.force`` says."""

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
