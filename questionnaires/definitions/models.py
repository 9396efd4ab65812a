"""Questionnaires, their versions, which never change once they are published, and what these ask."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from questionnaires.definitions.enums import QuestionKind, VersionStatus
from reviews.programme.models import Article, Cluster, Instrument, Mechanism


class Questionnaire(BaseModel):
    """The self-assessment questionnaire on one cluster."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="questionnaires", verbose_name=_("mechanism"))
    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="questionnaire", verbose_name=_("cluster"))
    slug = models.SlugField(_("short name in addresses"), unique=True)

    audit_name = "questionnaires.questionnaire"

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
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    audit_name = "questionnaires.questionnaireversion"

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

    audit_name = "questionnaires.part"

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

    audit_name = "questionnaires.section"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["part", "order"]
        constraints = [models.UniqueConstraint(fields=["part", "slug"], name="one_section_a_slug")]

    def __str__(self) -> str:
        return self.heading


class Question(BaseModel):
    """One item of a questionnaire; ``code`` (``I.water.3.a.i``) is stable across versions and languages."""

    version = models.ForeignKey(
        QuestionnaireVersion, models.CASCADE, related_name="questions", verbose_name=_("version")
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions", verbose_name=_("section"))
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", verbose_name=_("item above"))
    code = models.CharField(_("code"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"))
    number = ArrayField(models.CharField(max_length=8), verbose_name=_("number as printed"))
    text = models.TextField(_("text"))
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    is_voluntary = models.BooleanField(_("is voluntary"), default=False)
    is_self_assessed = models.BooleanField(_("is self-assessed"), default=False)
    articles = models.JSONField(_("articles cited"), default=list)
    footnotes = models.JSONField(_("footnotes"), default=list)
    deviation = models.TextField(_("difference from the print"), blank=True)

    audit_name = "questionnaires.question"

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_question_a_code")]

    def __str__(self) -> str:
        return self.code


class QuestionOption(BaseModel):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    is_free_text = models.BooleanField(_("asks for words"), default=False)

    audit_name = "questionnaires.questionoption"

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["question", "order"]
        constraints = [models.UniqueConstraint(fields=["question", "order"], name="one_option_a_place")]

    def __str__(self) -> str:
        return self.text


class ItemMapping(BaseModel):
    """Where an officer has an item of an earlier version go; without a row it goes to the one with the same code.

    From a version to one after the next also by the rows of the steps between (``selectors.said_of_items``).

    ``new_code`` is empty where it goes nowhere. Written by ``editing.services.mapping``.
    """

    old_version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="+", verbose_name=_("earlier version")
    )
    new_version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="+", verbose_name=_("later version")
    )
    old_code = models.CharField(_("code in the earlier version"), max_length=60)
    new_code = models.CharField(_("code in the later version"), max_length=60, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    audit_name = "questionnaires.itemmapping"

    class Meta:
        verbose_name = _("where an item goes")
        verbose_name_plural = _("where items go")
        constraints = [
            models.UniqueConstraint(fields=["old_version", "new_version", "old_code"], name="one_place_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code or '–'}"


class Condition(BaseModel):
    """When a question is asked: a tree as ``definitions.conditions`` reads it, and the words it came from."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="condition", verbose_name=_("question"))
    tree = models.JSONField(_("tree"))
    source = models.TextField(_("words it came from"))

    audit_name = "questionnaires.condition"

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return self.source
