from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.enums import StepKind, StepOwner
from reviews.models.evidence import Evidenced
from reviews.models.mechanism import Article, Instrument, Mechanism


class Cluster(BaseModel):
    """A thematic set of articles: what is looked at. It may hold nothing for an instrument."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="clusters", verbose_name=_("mechanism"))
    number = models.PositiveSmallIntegerField(_("number"))
    roman = models.CharField(_("number as printed"), max_length=8)
    name = models.CharField(_("name"), max_length=200)
    articles = models.ManyToManyField(
        Article, through="ClusterArticle", related_name="clusters", verbose_name=_("articles")
    )

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

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["mechanism", "key"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_limit_a_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} {self.unit}"
