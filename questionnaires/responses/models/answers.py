"""The official answers, each with its revisions, and the columns of whatever is said to a question."""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import MarkdownField, RenderedField
from questionnaires.definitions.models import Question
from questionnaires.responses.models.responses import Response
from reviews.cases.models import ConfidentialModel


class AnswerContent(ConfidentialModel):
    """What is said to one question: the columns of the official answer, and of what a contributor proposes as such.

    ``choices`` are the official texts of the options chosen; ``citations`` is a list of
    ``{"law", "provision", "link"}``. ``is_outside_competence``: a regional economic integration organization says that
    the matter is its member States'; ``text`` is its remark then. ``revision`` counts the saves; a save names the
    revision it was made on, and one made on an older revision never overwrites.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    choices = ArrayField(models.TextField(), default=list, verbose_name=_("choices"))
    text = MarkdownField(_("text"), blank=True)
    text_html = RenderedField(_("the text as it is shown"))
    citations = models.JSONField(_("legal references"), default=list)
    is_outside_competence = models.BooleanField(_("not within the competence"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        abstract = True

    @property
    def is_emptied(self) -> bool:
        """Whether somebody has taken back all of it; what it was stands in its revisions."""
        return not (self.choices or self.text or self.citations or self.is_outside_competence)


class AnswerContentRevision(ConfidentialModel):
    """What such a content was at one save, by whom; append-only, so that nothing typed is ever lost.

    ``is_conflict`` marks a text that came on top of an older revision: it was kept here and not put in the answer.
    ``save_key`` is the name that the page gave to the save, by which it knows its own save again when no reply came.
    """

    answer_id: UUID
    number = models.PositiveIntegerField(_("number"))
    choices = ArrayField(models.TextField(), default=list, verbose_name=_("choices"))
    text = models.TextField(_("text"), blank=True)
    citations = models.JSONField(_("legal references"), default=list)
    is_outside_competence = models.BooleanField(_("not within the competence"), default=False)
    is_conflict = models.BooleanField(_("came on top of an older revision"), default=False)
    save_key = models.UUIDField(_("name of the save"), null=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.number}"


class Answer(AnswerContent):
    """One reply. It is kept when a changed parent means that its question is no longer asked. Written by
    ``answers.services``.

    Where the response has moved to a later version, an answer without a place there stays under the question of the
    earlier one, and is asked nowhere; ``settled_by`` has looked at it.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", verbose_name=_("response"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("looked at by")
    )

    audit_name = "questionnaires.answer"

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_a_question"),
            models.CheckConstraint(
                name="outside_competence_without_choice",
                condition=models.Q(is_outside_competence=False) | models.Q(choices=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id}"


class AnswerRevision(AnswerContentRevision):
    """What an answer was at one save."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions", verbose_name=_("answer"))

    audit_name = "questionnaires.answerrevision"

    class Meta:
        verbose_name = _("revision of an answer")
        verbose_name_plural = _("revisions of answers")
        ordering = ["answer", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "number"], condition=models.Q(is_conflict=False), name="one_revision_a_number"
            )
        ]
