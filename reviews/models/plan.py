from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.enums import DayRule, DurationUnit, StepOwner
from reviews.models.mechanism import Mechanism
from reviews.models.programme import Evidenced, Phase, Step


class StepPlanVersion(Evidenced):
    """An edition of a mechanism's step plan, for one phase or (``phase`` empty) for every phase.

    A review keeps the version it was opened with until the secretariat moves it to another one. Once published, a
    version is frozen: triggers refuse every change of it and of its milestones. The evidence is that of the day rule.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="plan_versions", verbose_name=_("mechanism"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="plan_versions", verbose_name=_("phase")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    day_rule = models.CharField(_("dates on a day off"), max_length=20, choices=DayRule, default=DayRule.KEEP)
    note = models.TextField(_("note"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    # Without a constraint: the plan is reference data, which stays whatever becomes of the accounts.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("published by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("version of the step plan")
        verbose_name_plural = _("versions of the step plan")
        ordering = ["mechanism", "number"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="one_plan_version_a_number")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class StepPlan(Evidenced):
    """One milestone of the plan: due ``amount`` of ``unit`` after the start, or after what another one reached.

    ``counted_from`` is empty for the review's start, otherwise the milestone whose actual date (its due date until
    it is reached) begins the time. ``clock_stops`` marks processing, during which nobody's time runs.
    """

    version = models.ForeignKey(
        StepPlanVersion, models.CASCADE, related_name="milestones", verbose_name=_("version of the step plan")
    )
    slug = models.SlugField(_("short name"))
    step = models.ForeignKey(Step, models.PROTECT, related_name="milestones", verbose_name=_("step"))
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"))
    amount = models.PositiveSmallIntegerField(_("duration"))
    unit = models.CharField(_("unit"), max_length=10, choices=DurationUnit)
    counted_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("counted from")
    )
    owed_by = models.CharField(_("owed by"), max_length=20, choices=StepOwner)
    clock_stops = models.BooleanField(_("the clock stops"), default=False)

    class Meta:
        verbose_name = _("milestone of the step plan")
        verbose_name_plural = _("step plan")
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="one_milestone_a_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def mechanism(self) -> Mechanism:
        return self.version.mechanism


class Holiday(Evidenced):
    """A day on which the secretariat does not work, besides its weekend."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="holidays", verbose_name=_("mechanism"))
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("official holiday")
        verbose_name_plural = _("official holidays")
        ordering = ["mechanism", "day"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "day"], name="one_holiday_a_day")]

    def __str__(self) -> str:
        return self.name
