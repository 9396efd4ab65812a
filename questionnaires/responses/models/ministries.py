"""What was sent to ministries, what they may read besides, and what they propose."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from questionnaires.definitions.models import Question, Section
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models.answers import AnswerContent, AnswerContentRevision
from questionnaires.responses.models.responses import Response
from reviews.cases.models import ConfidentialModel, Participation
from reviews.ministries.models import Ministry


class SectionAssignment(BaseModel):
    """A section, or one ``question`` of it with its follow-ups, was sent to a national contributor.

    What was sent to a ``ministry`` is a row for each of its people, also for those who take part no longer; all rows of
    one part say the same, and what becomes of one becomes of all (``assignments.recipients``).

    The contributor sees and proposes only what was sent, and reads the official answers to it where the focal point
    has said so (``shows_official``). ``sent_at`` is of the last time. What the contributor has
    ``said``, with a ``word`` whom to ask where it is not theirs, and that somebody has ``checked`` it, holds until it
    is sent again.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="assignments", verbose_name=_("response"))
    section = models.ForeignKey(Section, models.CASCADE, related_name="+", verbose_name=_("section"))
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="assignments", verbose_name=_("contributor")
    )
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="+", verbose_name=_("question"))
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, related_name="assignments", verbose_name=_("ministry")
    )
    due_on = models.DateField(_("due on"), null=True)
    remark = models.TextField(_("remark"), blank=True)
    shows_official = models.BooleanField(_("shows the official answers"), default=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    said = models.CharField(_("said"), max_length=10, choices=AssignmentWord, blank=True)
    said_at = models.DateTimeField(_("said at"), null=True)
    word = models.TextField(_("whom to ask"), blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )

    audit_name = "questionnaires.sectionassignment"

    class Meta:
        verbose_name = _("assignment of a section")
        verbose_name_plural = _("assignments of sections")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "section", "question", "participation"],
                nulls_distinct=False,
                name="one_assignment_a_contributor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question or self.section}: {self.participation}"

    @property
    def holder_id(self) -> UUID:
        """Whose it is: the ministry, or the contributor alone."""
        return self.ministry_id or self.participation_id

    @property
    def as_shown(self) -> str:
        """What a form carries of it: what was sent, and as of when."""
        return f"{self.section_id}/{self.question_id or ''}={self.updated_at.isoformat()}"


class ReadingLeave(BaseModel):
    """The focal point lets a national contributor read all official answers, and not those to the own parts alone.

    It is there as long as it holds: taken back, it is deleted, and it ends with the participation.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="reading_leaves", verbose_name=_("response"))
    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="reading_leave", verbose_name=_("contributor")
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))

    audit_name = "questionnaires.readingleave"

    class Meta:
        verbose_name = _("leave to read all answers")
        verbose_name_plural = _("leaves to read all answers")

    def __str__(self) -> str:
        return f"{self.response_id}: {self.participation_id}"


class Proposal(AnswerContent):
    """What one national contributor proposes as the answer to a question; never the official answer itself.

    It is seen by who wrote it and by those who draft for the State, and stays
    when the contributor goes. ``return_reason``: it was given back, and the contributor has to look at it as long as
    ``return_answered_at`` is empty. Written by ``answers.services`` and ``ministries.services``.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="proposals", verbose_name=_("response"))
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="proposals", verbose_name=_("contributor")
    )
    return_reason = models.TextField(_("why it was returned"), blank=True, default="", db_default="")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("returned by")
    )
    returned_at = models.DateTimeField(_("returned at"), null=True)
    return_answered_at = models.DateTimeField(_("return answered at"), null=True)

    audit_name = "questionnaires.proposal"

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["response", "participation", "question"], name="one_proposal_a_contributor")
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id} by {self.participation_id}"

    @property
    def is_returned(self) -> bool:
        """Whether the contributor has to look at it once more."""
        return self.returned_at is not None and self.return_answered_at is None


class ProposalRevision(AnswerContentRevision):
    """What a proposal was at one save. ``answer`` is the proposal."""

    answer = models.ForeignKey(Proposal, models.CASCADE, related_name="revisions", verbose_name=_("proposal"))

    audit_name = "questionnaires.proposalrevision"

    class Meta:
        verbose_name = _("revision of a proposal")
        verbose_name_plural = _("revisions of proposals")
        ordering = ["answer", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "number"],
                condition=models.Q(is_conflict=False),
                name="one_proposal_revision_a_number",
            )
        ]


class Adoption(ConfidentialModel):
    """A proposal, as it was at ``number``, went into the official answer by the save ``answer_number``; append-only."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="adoptions", verbose_name=_("proposal"))
    number = models.PositiveIntegerField(_("revision of the proposal"))
    answer_number = models.PositiveIntegerField(_("revision of the answer"))
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("adopted by")
    )

    audit_name = "questionnaires.adoption"

    class Meta:
        verbose_name = _("adoption of a proposal")
        verbose_name_plural = _("adoptions of proposals")
        ordering = ["proposal", "created_at"]

    def __str__(self) -> str:
        return f"{self.proposal_id} r{self.number}"
