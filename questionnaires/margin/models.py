"""Margin notes at a question, in the room of the State under review, and whom they mention."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questionnaires.definitions.models import Question
from questionnaires.responses.models import Response
from reviews.cases.models import ConfidentialModel, Participation

EDITABLE = dt.timedelta(minutes=15)
"""For so long a note can be mended by who wrote it."""


class MarginThread(ConfidentialModel):
    """Notes on one matter at one question, for those who draft for the State and, where it is addressed to one, for the
    contributor of ``participation``.

    It stays at the question at which it was written: where the response has moved to a later version, ``selectors``
    says where that is now. Written by ``services``; nothing of it ever leaves the room.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="threads", verbose_name=_("response"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    participation = models.ForeignKey(
        Participation, models.PROTECT, null=True, related_name="threads", verbose_name=_("addressed to")
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("resolved by")
    )

    audit_name = "questionnaires.marginthread"

    class Meta:
        verbose_name = _("thread of margin notes")
        verbose_name_plural = _("threads of margin notes")
        ordering = ["response", "created_at"]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question_id}"


class MarginNote(ConfidentialModel):
    """One note of a thread; only who wrote it changes it, and only for a while (``EDITABLE``)."""

    thread = models.ForeignKey(MarginThread, models.CASCADE, related_name="notes", verbose_name=_("thread"))
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    edited_at = models.DateTimeField(_("changed at"), null=True)

    audit_name = "questionnaires.marginnote"

    class Meta:
        verbose_name = _("margin note")
        verbose_name_plural = _("margin notes")
        ordering = ["thread", "created_at"]

    def __str__(self) -> str:
        return f"{self.thread_id} by {self.written_by_id}"

    @property
    def is_editable(self) -> bool:
        return timezone.now() - self.created_at < EDITABLE

    @property
    def as_shown(self) -> str:
        """What a form carries of it: as of when."""
        return self.updated_at.isoformat()


class MarginMention(ConfidentialModel):
    """A note mentions somebody, who has looked at it since (``seen_at``) or not."""

    note = models.ForeignKey(MarginNote, models.CASCADE, related_name="mentions", verbose_name=_("note"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    seen_at = models.DateTimeField(_("seen at"), null=True)

    audit_name = "questionnaires.marginmention"

    class Meta:
        verbose_name = _("mention in a margin note")
        verbose_name_plural = _("mentions in margin notes")
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="one_mention_a_note")]

    def __str__(self) -> str:
        return f"{self.note_id}: {self.user_id}"
