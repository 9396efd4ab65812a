from django.db import models
from django.utils.translation import gettext_lazy as _

from core.i18n import UN_LANGUAGES
from core.models import BaseModel
from questionnaires.enums import VersionStatus
from reviews.models import Article, Cluster, Instrument, Mechanism


class Questionnaire(BaseModel):
    """The self-assessment questionnaire on one cluster."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="questionnaires", verbose_name=_("mechanism"))
    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="questionnaire", verbose_name=_("cluster"))
    slug = models.SlugField(_("short name in addresses"), unique=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["cluster__number"]

    def __str__(self) -> str:
        return self.slug


class QuestionnaireVersion(BaseModel):
    """An edition of a questionnaire. Once published it is frozen: triggers refuse every change of its content.

    ``sha256`` is over the canonical JSON of the definition; ``services.versions`` alone writes it.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    language = models.CharField(_("official language of the text"), max_length=10, choices=UN_LANGUAGES)
    title = models.CharField(_("title"), max_length=300)
    source = models.CharField(_("source"), max_length=200)
    guidance = models.JSONField(_("general guidance"), default=list)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["questionnaire", "number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.questionnaire} v{self.number}"


class Part(BaseModel):
    """The share of one instrument."""

    version = models.ForeignKey(QuestionnaireVersion, models.CASCADE, related_name="parts", verbose_name=_("version"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=300)
    cluster_title = models.CharField(_("title of the cluster"), max_length=300)
    guidance = models.JSONField(_("guidance"), default=list)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "instrument"], name="one_part_an_instrument")]

    def __str__(self) -> str:
        return self.title


class Section(BaseModel):
    """The questions under one heading. ``applicability`` names a membership that takes the section away.

    ``not_party_to_<instrument>`` means: only for States that are not party to that instrument.
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="sections", verbose_name=_("part"))
    slug = models.SlugField(_("short name in addresses"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"))
    heading = models.TextField(_("heading"))
    parent_heading = models.TextField(_("heading above"), blank=True)
    guidance = models.JSONField(_("guidance"), default=list)
    footnotes = models.JSONField(_("footnotes"), default=list)
    applicability = models.CharField(_("applies when"), max_length=60, blank=True)
    articles = models.ManyToManyField(Article, related_name="sections", verbose_name=_("articles"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["part", "order"]
        constraints = [models.UniqueConstraint(fields=["part", "slug"], name="one_section_a_slug")]

    def __str__(self) -> str:
        return self.heading
