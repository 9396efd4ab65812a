from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from core.time.time_zones import is_zone


def saturday_and_sunday() -> list[int]:
    """Numbers of ISO 8601: 1 is Monday."""
    return [6, 7]


def _check_zone(name: str) -> None:
    if not is_zone(name):
        raise ValidationError(_("There is no such time zone."))


class RegionalGroup(BaseModel):
    """A regional group of the United Nations."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    audit_name = "accounts.regionalgroup"

    class Meta:
        verbose_name = _("regional group")
        verbose_name_plural = _("regional groups")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class StateParty(BaseModel):
    """A State, or a regional economic integration organization (``is_reio``), that can be party to an instrument.

    Fictional States (``is_fictional``, codes XAA to XZZ) are for demonstration and training: they are left out of
    the draws and counts of real mechanisms. ``time_zone`` is where its dates end at midnight (that of the capital where
    there are several), empty for that of the portal; ``weekend`` holds numbers of ISO 8601.
    """

    iso3 = models.CharField(
        _("code"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters."))]
    )
    iso2 = models.CharField(_("two-letter code"), max_length=2, blank=True)
    name = models.CharField(_("name"), max_length=120)
    regional_group = models.ForeignKey(
        RegionalGroup, models.PROTECT, null=True, blank=True, related_name="states", verbose_name=_("regional group")
    )
    legal_system = models.CharField(_("legal system (unverified)"), max_length=60, blank=True)
    un_language = models.CharField(
        _("language mostly used with the United Nations (unverified)"), max_length=10, choices=UN_LANGUAGES, blank=True
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[_check_zone])
    weekend = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]),
        default=saturday_and_sunday,
        blank=True,
        verbose_name=_("weekend (1 is Monday, 7 is Sunday)"),
    )
    is_reio = models.BooleanField(_("is a regional organization"), default=False)
    is_fictional = models.BooleanField(_("is fictional"), default=False)

    audit_name = "accounts.stateparty"

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["iso3"]
        constraints = [
            models.CheckConstraint(
                name="fictional_codes_begin_with_x",
                condition=models.Q(is_fictional=models.Q(iso3__startswith="X")),
                violation_error_message=_("Only fictional States have codes that begin with X."),
            )
        ]

    def __str__(self) -> str:
        return self.name
