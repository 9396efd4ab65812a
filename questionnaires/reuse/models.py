"""Questions that belong together, as reference data; and from where answers were taken over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.definitions.models import Question
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.reuse.enums import LinkMethod, Reuse
from reviews.cases.models import ConfidentialModel
from reviews.programme.models import Evidenced, Mechanism


class QuestionLink(Evidenced):
    """One question of a block of such as may take the same answer; ``code`` is stable across versions and languages.

    Reference data: loaded from ``question_links.csv`` of the mechanism, and the institution's from then on.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="question_links", verbose_name=_("mechanism"))
    block = models.SlugField(_("block"), max_length=60)
    code = models.CharField(_("code of the question"), max_length=60)
    method = models.CharField(_("found by"), max_length=10, choices=LinkMethod, default=LinkMethod.OFFICER)

    audit_name = "questionnaires.questionlink"

    class Meta:
        verbose_name = _("link between questions")
        verbose_name_plural = _("links between questions")
        ordering = ["mechanism", "block", "code"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "block", "code"], name="a_question_once_a_block"),
        ]

    def __str__(self) -> str:
        return f"{self.block}: {self.code}"


class ReusedAnswer(ConfidentialModel):
    """From where an answer was taken over, as it is at the save ``number``; append-only.

    ``submission`` is what the State had sent in an earlier review, with its number and hash as they were; where it is
    empty the answer is that to another question of the same self-assessment (``source_code``), as it was at its save
    ``source_number``. An offer that was set aside has no ``answer``.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="reused", verbose_name=_("response"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="reused", verbose_name=_("answer"))
    number = models.PositiveIntegerField(_("revision of the answer"), default=0)
    how = models.CharField(_("what was done"), max_length=10, choices=Reuse)
    submission = models.ForeignKey(
        ResponseSubmission, models.PROTECT, null=True, related_name="+", verbose_name=_("taken from")
    )
    source_review = models.CharField(_("review that it is taken from"), max_length=20)
    source_code = models.CharField(_("question that it is taken from"), max_length=60)
    source_number = models.PositiveIntegerField(_("version that it is taken from"))
    source_sha256 = models.CharField(_("SHA-256 of what it is taken from"), max_length=64, blank=True)
    source_sent_at = models.DateTimeField(_("sent at"), null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))

    audit_name = "questionnaires.reusedanswer"

    class Meta:
        verbose_name = _("answer taken over")
        verbose_name_plural = _("answers taken over")
        ordering = ["response", "created_at"]

    def __str__(self) -> str:
        return f"{self.source_review} {self.source_code}"
