"""What the States exchange on the answers: feedback, requests for clarification, supplementary information."""

import datetime as dt
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.hashes import document_hash
from core.models import BaseModel, MarkdownField, RenderedField
from dialogue.exchange.enums import (
    CHOSEN_KINDS,
    ClarificationStatus,
    ClarificationSubject,
    FeedbackStatus,
    SupplementKind,
)
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import ConfidentialModel
from reviews.drafts.models import OPENED_ONLY_WHERE_SENT, SENT_LIES_ON_THE_TABLE, DraftReading, SentPiece
from reviews.programme.models import Article, Instrument

REPLY_FORMAT_VERSION = 1


class WrittenFeedback(ConfidentialModel, SentPiece):
    """What one reviewing State writes on the answers: in its room until its focal point clears and sends it.

    ``document`` is what was sent, frozen with its hash; ``rendered`` is what its texts look like; the comments are the
    draft. What was sent elsewhere has a ``brought_piece``, the day on which it was sent, and no comments. As long as
    nobody of another State has opened it, it can be recalled, and is a draft again. ``second_reader`` of the own State
    is asked to read the draft, until he or she has said something of it.

    Where the review's feedback ``is_joint`` there is one of all reviewing States: their experts write it together, and
    it is sent when each State has cleared the same text (``dialogue.joint``, docs/adr/0082). It is kept under the name
    and in the room of one of them, to which that gives nothing more.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("reviewing State"))
    status = models.CharField(_("status"), max_length=10, choices=FeedbackStatus, default=FeedbackStatus.DRAFT)
    document = models.JSONField(_("document"), null=True, blank=True)
    rendered = models.JSONField(_("the texts as they are shown"), default=dict, blank=True, editable=False)
    brought_piece = models.OneToOneField(
        BroughtPiece, models.PROTECT, null=True, blank=True, related_name="feedback", verbose_name=_("brought in as")
    )

    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked to read it")
    )
    is_joint = models.BooleanField(_("is of all reviewing States"), default=False, db_default=False)

    audit_name = "reviews.writtenfeedback"

    class Meta:
        db_table = "reviews_writtenfeedback"
        verbose_name = _("written feedback")
        verbose_name_plural = _("written feedback")
        ordering = ["state_party__iso3"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "state_party"], condition=Q(is_joint=False), name="one_feedback_a_state"
            ),
            models.UniqueConstraint(fields=["review"], condition=Q(is_joint=True), name="one_joint_feedback_a_review"),
            models.CheckConstraint(
                name="joint_feedback_is_written_here", condition=Q(is_joint=False) | Q(brought_piece=None)
            ),
            models.CheckConstraint(
                name="feedback_brought_in_is_sent", condition=Q(brought_piece=None) | Q(status=FeedbackStatus.SENT)
            ),
            models.CheckConstraint(name="feedback_opened_only_where_sent", condition=OPENED_ONLY_WHERE_SENT),
            models.CheckConstraint(
                name="feedback_sent_lies_on_the_table",
                condition=SENT_LIES_ON_THE_TABLE
                & (Q(status=FeedbackStatus.DRAFT, sent_at=None) | Q(status=FeedbackStatus.SENT, sent_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"


class FeedbackComment(BaseModel):
    """The feedback on one question, or on one article where ``question_code`` is empty.

    ``revision`` counts the saves: one that rests on an older revision does not overwrite.
    """

    feedback = models.ForeignKey(
        WrittenFeedback, models.CASCADE, related_name="comments", verbose_name=_("written feedback")
    )
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    question_code = models.CharField(_("question"), max_length=60, blank=True)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    text = MarkdownField(_("text"), blank=True)
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    audit_name = "reviews.feedbackcomment"

    class Meta:
        db_table = "reviews_feedbackcomment"
        verbose_name = _("comment of a written feedback")
        verbose_name_plural = _("comments of a written feedback")
        ordering = ["instrument__order", "article__number", "question_code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question_code="", article__isnull=False) | (~Q(question_code="") & Q(article=None)),
                name="comment_on_a_question_or_an_article",
            ),
            models.UniqueConstraint(
                fields=["feedback", "question_code"], condition=Q(article=None), name="one_comment_a_question"
            ),
            models.UniqueConstraint(
                fields=["feedback", "article"], condition=Q(question_code=""), name="one_comment_an_article"
            ),
        ]

    def __str__(self) -> str:
        return self.question_code or str(self.article)


class FeedbackReading(ConfidentialModel, DraftReading):
    """That of a second person of the reviewing State, of its feedback; in its room, whoever shares that."""

    feedback = models.ForeignKey(
        WrittenFeedback, models.CASCADE, related_name="readings", verbose_name=_("written feedback")
    )

    audit_name = "dialogue.feedbackreading"

    class Meta:
        verbose_name = _("reading of a written feedback")
        verbose_name_plural = _("readings of written feedback")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.sha256[:8]}"


def _authors_of(feedback: WrittenFeedback) -> dict[str, Any]:
    if feedback.is_joint:
        return {"reviewing_states": (feedback.document or {}).get("reviewing_states", [])}
    return {"reviewing_state": feedback.state_party.iso3}


class FeedbackReply(ConfidentialModel, SentPiece):
    """What the State under review says to one written feedback: in its room until its focal point sends it.

    One to each feedback, which may be none. Sending freezes the text, with the hash of what was sent
    (``dialogue.replies``); it is recalled like the feedback.
    """

    feedback = models.OneToOneField(
        WrittenFeedback, models.PROTECT, related_name="reply", verbose_name=_("written feedback")
    )
    text = MarkdownField(_("reply"))
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    audit_name = "dialogue.feedbackreply"

    class Meta:
        verbose_name = _("reply to a written feedback")
        verbose_name_plural = _("replies to written feedback")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="reply_opened_only_where_sent", condition=OPENED_ONLY_WHERE_SENT),
            models.CheckConstraint(
                name="reply_sent_lies_on_the_table", condition=Q(sent_at=None) | Q(room=None) & ~Q(sha256="")
            ),
            models.CheckConstraint(
                name="reply_unsent_lies_in_a_room", condition=Q(sent_at__isnull=False) | Q(room__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self._meta.verbose_name}"

    def document(self) -> dict[str, Any]:
        """What its hash is of: its text, and the feedback that it is a reply to."""
        feedback, review = self.feedback, self.review
        return {
            "format_version": REPLY_FORMAT_VERSION,
            "review": review.code,
            "mechanism": review.mechanism.slug,
            **_authors_of(feedback),
            "feedback_sha256": feedback.sha256,
            "language": self.language,
            "text": self.text,
        }

    @property
    def is_to_earlier_text(self) -> bool:
        """Whether the feedback has another text by now: what was brought in gives way to another file."""
        return self.sent_at is not None and self.sha256 != document_hash(self.document())


_ABOUT_QUESTION, _ABOUT_LAW = ClarificationSubject.QUESTION, ClarificationSubject.LAW
_DRAFT = ClarificationStatus.DRAFT


class ClarificationRequest(ConfidentialModel):
    """A question back to the State under review: on a question of the form, a law, or its legal system.

    It lies in the room of the asking State until its focal point sends it. ``subject`` says what it is about; one about
    a question has its instrument and code, any other has neither, and one about a ``law`` names it as its State does.
    ``due_on`` is the day by which an answer is asked for, ``follows`` the request on whose answer this one goes on.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    subject = models.CharField(
        _("about"), max_length=20, choices=ClarificationSubject, default=ClarificationSubject.QUESTION
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    question_code = models.CharField(_("question"), max_length=60, blank=True)
    law = models.CharField(_("law"), max_length=300, blank=True, default="")
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("goes on from")
    )
    text = MarkdownField(_("request"))
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=ClarificationStatus, default=ClarificationStatus.DRAFT
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    due_on = models.DateField(_("answer asked for by"), null=True, blank=True)

    audit_name = "reviews.clarificationrequest"

    class Meta:
        db_table = "reviews_clarificationrequest"
        verbose_name = _("request for clarification")
        verbose_name_plural = _("requests for clarification")
        ordering = ["instrument__order", "question_code", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(subject=_ABOUT_QUESTION) & Q(instrument__isnull=False) & ~Q(question_code=""))
                | (~Q(subject=_ABOUT_QUESTION) & Q(instrument=None) & Q(question_code="")),
                name="request_on_a_question_or_none",
            ),
            models.CheckConstraint(
                condition=Q(subject=_ABOUT_LAW) & ~Q(law="") | ~Q(subject=_ABOUT_LAW) & Q(law=""),
                name="request_on_a_law_or_none",
            ),
            models.CheckConstraint(
                condition=Q(status=_DRAFT, asked_at=None, room__isnull=False)
                | ~Q(status=_DRAFT) & Q(asked_at__isnull=False, room=None),
                name="request_sent_lies_on_the_table",
            ),
        ]

    @property
    def work_state(self) -> WorkState:
        return ClarificationStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.review}: {self.question_code or self.subject}"

    @property
    def about(self) -> str:
        """The question's code, the law, or in words what else the request is about, within a sentence."""
        return self.question_code or self.law or str(self.get_subject_display())

    @property
    def written_at(self) -> dt.datetime:
        """When it was asked; of a draft, when it was saved last."""
        return self.asked_at or self.updated_at

    @property
    def is_open_early(self) -> bool:
        """Whether it is about no answers, and so open from the first day."""
        return ClarificationSubject(self.subject).is_open_early


class ClarificationAnswer(ConfidentialModel):
    """The answer to a request: in the room of the State under review until its focal point sends it."""

    request = models.ForeignKey(
        ClarificationRequest, models.CASCADE, related_name="answers", verbose_name=_("request for clarification")
    )
    text = MarkdownField(_("answer"))
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    audit_name = "reviews.clarificationanswer"

    class Meta:
        db_table = "reviews_clarificationanswer"
        verbose_name = _("answer to a request for clarification")
        verbose_name_plural = _("answers to requests for clarification")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["request"], name="one_answer_a_request"),
            models.CheckConstraint(condition=SENT_LIES_ON_THE_TABLE, name="answer_sent_lies_on_the_table"),
        ]

    def __str__(self) -> str:
        return str(self.request)


def _place_of_file(supplement: models.Model, name: str) -> str:
    """Under the key of the row: what a person calls a file is kept in a column, not on the disk."""
    return f"supplements/{supplement.pk}{PurePath(name).suffix.lower()}"


class SupplementaryInformation(ConfidentialModel):
    """What the State under review provides beyond its answers: a source, a law or decision, or voluntary information.

    It lies in the room of the State under review until its focal point sends it (procedures and rules, para. 19); the
    list of observations names what was sent. A source may be ``of_answer``: what the State has answered to a request
    for clarification, which needs neither link nor file. Voluntary information stands outside the official numbering
    and on no list: ``answers_to`` is the provision to which it responds, as its writer cites it, ``information`` its
    text.
    ``revision`` counts the saves: one that rests on an older revision does not overwrite.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=SupplementKind, default=SupplementKind.SOURCE)
    answers_to = models.CharField(_("responds to"), max_length=200, blank=True)
    information = MarkdownField(_("information"), blank=True, default="")
    information_html = RenderedField(_("the text as it is shown"))
    title = models.CharField(_("title"), max_length=300)
    pages = models.CharField(_("relevant pages"), max_length=100, blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    file = models.FileField(_("file"), upload_to=_place_of_file, blank=True, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    of_answer = models.OneToOneField(
        ClarificationAnswer, models.PROTECT, null=True, blank=True, related_name="source", verbose_name=_("answer")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    audit_name = "reviews.supplementaryinformation"

    class Meta:
        db_table = "reviews_supplementaryinformation"
        verbose_name = _("supplementary information")
        verbose_name_plural = _("supplementary information")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=SENT_LIES_ON_THE_TABLE, name="supplement_sent_lies_on_the_table")
        ]

    @property
    def is_open_early(self) -> bool:
        """Whether it waits for no answers, and so is open from the first day."""
        return SupplementKind(self.kind).is_open_early

    @property
    def text(self) -> str:
        """What people chose and wrote, for a page that shows how it stands now beside what somebody else typed."""
        kind = str(self.get_kind_display()) if self.kind in CHOSEN_KINDS else ""
        written = [kind, self.title, self.answers_to, self.information, self.pages, self.link, self.file_name]
        return "\n".join(filter(None, written))

    def __str__(self) -> str:
        return f"{self.review}: {self._meta.verbose_name}"  # what it is called is content, and the audit holds none
