"""The rules of a mechanism as rows: treaties and articles, phases and groups, the step plan, limits."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from reviews.programme.enums import (
    EVIDENCE_WORDS,
    LIMIT_WORDS,
    UNIT_WORDS,
    AdherenceKind,
    DayRule,
    DurationUnit,
    EvidenceMark,
    MilestoneKind,
    StepKind,
    StepOwner,
)
from reviews.programme.force import Clause
from reviews.programme.own_words import OwnWords


class Evidenced(BaseModel):
    """A rule as a row: how well it is known, and from where."""

    evidence_mark = models.CharField(_("evidence"), max_length=1, choices=EvidenceMark)
    evidence_note = models.TextField(_("note on the evidence"), blank=True)

    class Meta:
        abstract = True

    def get_evidence_mark_display(self) -> str:  # type: ignore[no-redef]
        return str(EVIDENCE_WORDS.get(self.evidence_mark, ""))


class Mechanism(OwnWords, BaseModel):
    """A review mechanism: the root of all rule data. A second mechanism is new rows, not new code."""

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=100)

    audit_name = "reviews.mechanism"

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

    audit_name = "reviews.instrument"

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

    audit_name = "reviews.article"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["instrument", "number"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="one_article_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Adherence(BaseModel):
    """A State has deposited the act by which an instrument binds it; from when it does, ``programme.force`` says."""

    state_party = models.ForeignKey(StateParty, models.CASCADE, related_name="adherences", verbose_name=_("State"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="adherences", verbose_name=_("instrument"))
    kind = models.CharField(_("act"), max_length=20, choices=AdherenceKind)
    deposited_on = models.DateField(_("deposited on"))
    is_verified = models.BooleanField(_("date read in a source"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    audit_name = "reviews.adherence"

    class Meta:
        verbose_name = _("adherence")
        verbose_name_plural = _("adherences")
        ordering = ["state_party", "instrument"]
        constraints = [
            models.UniqueConstraint(fields=["state_party", "instrument"], name="one_adherence_an_instrument")
        ]

    def __str__(self) -> str:
        return f"{self.state_party}: {self.instrument}"


class Cluster(BaseModel):
    """A thematic set of articles: what is looked at. It may hold nothing for an instrument."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="clusters", verbose_name=_("mechanism"))
    number = models.PositiveSmallIntegerField(_("number"))
    roman = models.CharField(_("number as printed"), max_length=8)
    name = models.CharField(_("name"), max_length=200)
    articles = models.ManyToManyField(
        Article, through="ClusterArticle", related_name="clusters", verbose_name=_("articles")
    )

    audit_name = "reviews.cluster"

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["mechanism", "number"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="one_cluster_a_number")]

    def __str__(self) -> str:
        return f"{self.roman}. {self.name}"


class ClusterArticle(Evidenced):
    """An article that a cluster holds, and for whom: it may be reviewed only for States outside another treaty."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="rows", verbose_name=_("cluster"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("article"))
    unless_party_to = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("not reviewed for parties to"),
    )  # fmt: skip

    audit_name = "reviews.clusterarticle"

    class Meta:
        verbose_name = _("article of a cluster")
        verbose_name_plural = _("articles of clusters")
        ordering = ["cluster", "article"]
        constraints = [models.UniqueConstraint(fields=["cluster", "article"], name="an_article_once_a_cluster")]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.article}"


class Phase(Evidenced):
    """The time in which one cluster is reviewed; its dates, one period for each review group, are in PhasePeriod."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="phases", verbose_name=_("mechanism"))
    number = models.PositiveSmallIntegerField(_("number"))
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="phases", verbose_name=_("cluster"))

    audit_name = "reviews.phase"

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["mechanism", "number"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="one_phase_a_number")]

    def __str__(self) -> str:
        return str(self.number)


class ReviewGroup(Evidenced):
    """One of the groups drawn by lot, whose reviews start in consecutive years."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="review_groups", verbose_name=_("mechanism"))
    number = models.PositiveSmallIntegerField(_("number"))

    audit_name = "reviews.reviewgroup"

    class Meta:
        verbose_name = _("review group")
        verbose_name_plural = _("review groups")
        ordering = ["mechanism", "number"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="one_review_group_a_number")]

    def __str__(self) -> str:
        return str(self.number)


class PhasePeriod(Evidenced):
    """From when to when a phase runs for a review group; the periods of one group do not overlap."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="periods", verbose_name=_("phase"))
    review_group = models.ForeignKey(
        ReviewGroup, models.CASCADE, related_name="periods", verbose_name=_("review group")
    )
    period = DateRangeField(_("period"))

    audit_name = "reviews.phaseperiod"

    class Meta:
        verbose_name = _("period of a phase")
        verbose_name_plural = _("periods of phases")
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "review_group"], name="one_period_a_phase_and_group"),
            ExclusionConstraint(
                name="periods_of_a_group_do_not_overlap",
                expressions=[("review_group", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("This period overlaps another phase of the same group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} / {self.review_group}"


class Step(BaseModel):
    """A step of a mechanism's reviews; code knows only its kind."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="steps", verbose_name=_("mechanism"))
    slug = models.SlugField(_("short name"))
    kind = models.CharField(_("kind"), max_length=20, choices=StepKind)
    owner = models.CharField(_("who acts"), max_length=20, choices=StepOwner)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)

    audit_name = "reviews.step"

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["mechanism", "order"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "slug"], name="one_step_a_slug")]

    def __str__(self) -> str:
        return self.name


class Limit(Evidenced):
    """A number that the rules set, such as the most words of a summary."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="limits", verbose_name=_("mechanism"))
    key = models.SlugField(_("key"))
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=20)
    is_hard = models.BooleanField(_("refuses what is beyond"), default=False)

    audit_name = "reviews.limit"
    # Who is drawn: one reviewing State of the own regional group, and one of another, or none.
    NONE_OR_ONE = ("reviewing_states_same_group", "reviewing_states_other_group")

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["mechanism", "key"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_limit_a_key")]

    def __str__(self) -> str:
        return f"{LIMIT_WORDS.get(self.key, self.key)}: {self.value} {UNIT_WORDS.get(self.unit, self.unit)}"

    def clean(self) -> None:
        if self.key in self.NONE_OR_ONE and (self.value or 0) > 1:
            raise ValidationError({"value": _("One reviewing State of this kind is drawn, or none: enter 1 or 0.")})


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

    audit_name = "reviews.stepplanversion"

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

    ``kind`` is what code knows of it. ``counted_from`` is empty for the review's start, otherwise the milestone whose
    actual date (its due date until it is reached) begins the time. ``clock_stops`` marks processing, during which
    nobody's time runs.
    """

    version = models.ForeignKey(
        StepPlanVersion, models.CASCADE, related_name="milestones", verbose_name=_("version of the step plan")
    )
    slug = models.SlugField(_("short name"))
    kind = models.CharField(_("kind"), max_length=20, choices=MilestoneKind)
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

    audit_name = "reviews.stepplan"

    class Meta:
        verbose_name = _("milestone of the step plan")
        verbose_name_plural = _("step plan")
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="one_milestone_a_slug"),
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=~models.Q(kind__in=[MilestoneKind.PROCESSING, MilestoneKind.OTHER]),
                name="one_milestone_a_kind",
            ),
        ]

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

    audit_name = "reviews.holiday"

    class Meta:
        verbose_name = _("official holiday")
        verbose_name_plural = _("official holidays")
        ordering = ["mechanism", "day"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "day"], name="one_holiday_a_day")]

    def __str__(self) -> str:
        return self.name
