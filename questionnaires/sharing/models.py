"""What others than the States of a review read of its answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.responses.models import ResponseSubmission
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import ConfidentialModel


class AnswersShare(ConfidentialModel):
    """What of the answers that were sent an audience reads: frozen as the focal point saw it.

    ``document`` holds the sections, laws and files that were chosen and nothing of the others; its readers are given
    this row alone, and never what was sent. ``number`` counts what an audience was given of a review. ``ended_at``
    takes it back for the future. Written only by ``questionnaires.sharing.services``.
    """

    submission = models.ForeignKey(
        ResponseSubmission, models.PROTECT, related_name="shares", verbose_name=_("submission")
    )
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="+", verbose_name=_("version of the questionnaire")
    )
    audience = models.CharField(_("shared with"), max_length=20, choices=SharingAudience)
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("document"))
    rendered = models.JSONField(_("the texts as they are shown"), default=dict, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    pdf = models.FileField(_("PDF"), upload_to="answers/%Y/", blank=True, max_length=200)
    docx = models.FileField(_("Word"), upload_to="answers/%Y/", blank=True, db_default="", max_length=200)
    xml = models.FileField("Akoma Ntoso", upload_to="answers/%Y/", blank=True, db_default="", max_length=200)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shared by")
    )
    shared_at = models.DateTimeField(_("shared at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "questionnaires.answersshare"

    class Meta:
        verbose_name = _("shared answers")
        verbose_name_plural = _("shared answers")
        ordering = ["-shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "audience"], condition=models.Q(ended_at=None), name="one_answers_share_an_audience"
            ),
            models.UniqueConstraint(fields=["review", "audience", "number"], name="one_answers_share_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.audience} v{self.number}"
