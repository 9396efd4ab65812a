from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import MarkdownField, RenderedField
from questionnaires.models.question import Question
from questionnaires.models.response import Response
from reviews.models import ConfidentialModel


class Answer(ConfidentialModel):
    """One reply. It is kept when a changed parent means that its question is no longer asked.

    ``choices`` are the official texts of the options chosen; ``citations`` is a list of
    ``{"law", "provision", "link"}``. ``revision`` counts the saves; a save names the revision it was made on, and
    one made on an older revision never overwrites. Written by ``services.answers``.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", verbose_name=_("response"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    choices = ArrayField(models.TextField(), default=list, verbose_name=_("choices"))
    text = MarkdownField(_("text"), blank=True)
    text_html = RenderedField(_("the text as it is shown"))
    citations = models.JSONField(_("legal references"), default=list)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id}"


class AnswerRevision(ConfidentialModel):
    """What an answer was at one save, by whom; append-only, so that nothing typed is ever lost.

    ``is_conflict`` marks a text that came on top of an older revision: it was kept here and not put in the answer.
    ``save_key`` is the name that the page gave to the save, by which it knows its own save again when no reply came.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions", verbose_name=_("answer"))
    number = models.PositiveIntegerField(_("number"))
    choices = ArrayField(models.TextField(), default=list, verbose_name=_("choices"))
    text = models.TextField(_("text"), blank=True)
    citations = models.JSONField(_("legal references"), default=list)
    is_conflict = models.BooleanField(_("came on top of an older revision"), default=False)
    save_key = models.UUIDField(_("name of the save"), null=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("revision of an answer")
        verbose_name_plural = _("revisions of answers")
        ordering = ["answer", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "number"], condition=models.Q(is_conflict=False), name="one_revision_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.number}"
