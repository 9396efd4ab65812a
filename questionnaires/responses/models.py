"""Responses, their answers with every revision, and what was sent."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState
from core.models import BaseModel, MarkdownField, RenderedField
from questionnaires.definitions.models import Question, QuestionnaireVersion, Section
from questionnaires.responses.enums import AssignmentWord, ResponseStatus
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import ConfidentialModel, Participation, Review
from reviews.drafts.models import Recallable


class Response(ConfidentialModel, Recallable):
    """All answers of one review, in the room of the State under review until they are sent.

    Invariants: one for each review; ``party_to`` (that of the review, as it was opened) never changes; ``version``
    changes only before they are sent, by an act of the State (``moving``; ``moved_from``: the one before); ``status``
    changes only through ``sending``. One that ``is_brought_in`` was answered elsewhere: it is sent from the
    beginning, and has submissions and no answers of its own.

    ``sent_at`` is of the version that stands on the table, and of no other. ``opened_by`` is the reviewing State whose
    person was the first to read a version (``submissions``), and ``opened_sent_at`` says of which; as long as nobody
    has opened the one that stands it can be recalled (``recalled_at``, until the next sending; ``recalled_numbers``).

    With ``sent_at``, and a ``status`` that is not "sent", the State prepares the next version, since ``revised_at``,
    while that one stands.
    """

    review = models.OneToOneField(Review, models.CASCADE, related_name="response", verbose_name=_("review"))
    version = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, related_name="responses", verbose_name=_("version")
    )
    party_to = ArrayField(models.SlugField(), verbose_name=_("party to"))
    status = models.CharField(_("status"), max_length=20, choices=ResponseStatus, default=ResponseStatus.OPEN)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    moved_from = models.ForeignKey(
        QuestionnaireVersion, models.PROTECT, null=True, related_name="moved_away", verbose_name=_("moved from")
    )
    is_brought_in = models.BooleanField(_("was brought in"), default=False)
    recalled_numbers = ArrayField(
        models.PositiveSmallIntegerField(), default=list, db_default=[], verbose_name=_("versions that were recalled")
    )
    opened_sent_at = models.DateTimeField(_("sending of the version that was opened"), null=True)
    revised_at = models.DateTimeField(_("next version begun at"), null=True)
    revision_reason = models.TextField(_("why there is a next version"), blank=True, default="", db_default="")
    wants_second_reader = models.BooleanField(_("is read by a second person"), default=False, db_default=False)

    audit_name = "questionnaires.response"

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.CheckConstraint(
                name="opened_only_where_sent",
                condition=models.Q(opened_at=None, opened_by=None, opened_sent_at=None)
                | models.Q(
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    sent_at__isnull=False,
                    opened_sent_at__lte=models.F("sent_at"),
                ),
            ),
            models.CheckConstraint(
                name="revised_only_where_sent",
                condition=models.Q(revised_at=None) | models.Q(sent_at__isnull=False),
            ),
        ]

    @property
    def work_state(self) -> WorkState:
        return ResponseStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.review} response"

    @property
    def is_opened(self) -> bool:
        """Whether somebody of a reviewing State has opened the version that stands."""
        return self.opened_sent_at is not None and self.opened_sent_at == self.sent_at

    @property
    def is_revised(self) -> bool:
        """Whether the State prepares the next version while one stands."""
        return self.sent_at is not None and self.status != ResponseStatus.SENT

    @property
    def next_number(self) -> int:
        """The version as which its answers would be sent now; what was recalled keeps its number."""
        return self.submissions.count() + 1


class SectionAssignment(BaseModel):
    """A section, or one ``question`` of it with its follow-ups, was sent to a national contributor.

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
    def as_shown(self) -> str:
        """What a form carries of it: what was sent, and as of when."""
        return f"{self.section_id}/{self.question_id or ''}={self.updated_at.isoformat()}"


class ResponseSubmission(ConfidentialModel):
    """What was cleared and sent: a frozen document on the shared table, with its hash. Never changed.

    What was sent elsewhere has a ``brought_piece`` in place of who cleared it here, and the day on which it was sent.
    Those cleared here stand, the last before the others, but for any that was recalled, which is kept for its own State
    alone.
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="submissions", verbose_name=_("response"))
    number = models.PositiveSmallIntegerField(_("number"))
    document = models.JSONField(_("document"))
    rendered = models.JSONField(_("the texts as they are shown"), default=dict, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("cleared by")
    )
    brought_piece = models.OneToOneField(
        BroughtPiece, models.PROTECT, null=True, related_name="submission", verbose_name=_("brought in as")
    )
    sent_at = models.DateTimeField(_("sent at"))

    audit_name = "questionnaires.responsesubmission"

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="one_submission_a_number"),
            models.CheckConstraint(
                name="cleared_here_or_brought_in",
                condition=models.Q(cleared_by__isnull=False, brought_piece=None)
                | models.Q(cleared_by=None, brought_piece__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} v{self.number}"

    @property
    def is_recalled(self) -> bool:
        return self.brought_piece_id is None and self.number in self.response.recalled_numbers

    @property
    def version_id(self) -> UUID:
        """The version of the questionnaire that it answers: where it was recalled the response may have moved since."""
        if not self.is_recalled:
            return self.response.version_id
        versions = QuestionnaireVersion.objects.filter(questionnaire__versions=self.response.version_id)
        return versions.values_list("pk", flat=True).get(number=self.document["questionnaire"]["version"])

    @property
    def is_beside(self) -> bool:
        """Whether it says what the one before says, and only carries something beside it."""
        return bool(self.document.get("revises", {}).get("is_beside"))

    @property
    def written(self) -> "ResponseSubmission":
        """The version whose answers these are: itself, or, where it ``is_beside``, the last before that is not."""
        if not self.is_beside:
            return self
        rows = ResponseSubmission.objects.filter(response=self.response_id, number__lt=self.number)
        rows = rows.filter(document__revises__is_beside__isnull=True)
        return rows.exclude(number__in=self.response.recalled_numbers).latest("number")

    @property
    def frozen_at(self) -> dt.datetime:
        """When its answers were frozen."""
        return self.written.sent_at


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
