from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from questionnaires.enums import QuestionKind
from questionnaires.models.questionnaire import QuestionnaireVersion, Section


class Question(BaseModel):
    """One item of a questionnaire; ``code`` (``I.untoc.3.a.i``) is stable across versions and languages."""

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

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["question", "order"]
        constraints = [models.UniqueConstraint(fields=["question", "order"], name="one_option_a_place")]

    def __str__(self) -> str:
        return self.text


class Condition(BaseModel):
    """When a question is asked: a tree as ``questionnaires.conditions`` reads it, and the words it came from."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="condition", verbose_name=_("question"))
    tree = models.JSONField(_("tree"))
    source = models.TextField(_("words it came from"))

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return self.source
