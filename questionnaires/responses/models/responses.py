"""The responses of States, and what was sent of them."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.responses.enums import ResponseStatus
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import ConfidentialModel, Review
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
