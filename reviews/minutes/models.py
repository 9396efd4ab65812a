"""The notes of a meeting of the experts, and the words of the States on them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.models import MarkdownField, RenderedField
from reviews.agreement.models import StateAnswer
from reviews.cases.models import ConfidentialModel
from reviews.meetings.models import DialogueMeeting
from reviews.minutes.enums import NotesStatus

FORMAT_VERSION = 1


class MeetingNotes(ConfidentialModel):
    """What was said at a meeting that was held: in the room of the State that drafts it until its focal point lays it.

    The secretariat, ``drafted_for`` of None, has no room: what it writes lies before the States at once. ``sha256`` is
    of ``document()`` as it lies there; ``revision`` counts the saves, and an answer is given to one. ``asked_at`` is
    when a change of what is laid has asked all anew, if one has. Once all have agreed, it never changes again.
    """

    meeting = models.OneToOneField(
        DialogueMeeting, models.PROTECT, related_name="notes", verbose_name=_("meeting of the experts")
    )
    text = MarkdownField(_("notes"))
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=NotesStatus, default=NotesStatus.DRAFT)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    drafted_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("drafted for")
    )
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    laid_at = models.DateTimeField(_("laid before the States at"), null=True)
    asked_at = models.DateTimeField(_("asked anew at"), null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)

    audit_name = "reviews.meetingnotes"

    class Meta:
        verbose_name = _("notes of a meeting")
        verbose_name_plural = _("notes of meetings")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="notes_are_a_draft_in_a_room_or_laid_with_a_hash",
                condition=Q(status=NotesStatus.DRAFT, room__isnull=False, laid_at=None)
                | ~Q(status=NotesStatus.DRAFT) & Q(room=None, laid_at__isnull=False) & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="notes_are_agreed_at_a_time",
                condition=Q(status=NotesStatus.AGREED, agreed_at__isnull=False)
                | ~Q(status=NotesStatus.AGREED) & Q(agreed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}"

    @property
    def waits_since(self) -> dt.datetime | None:
        """When the States were asked about the text that stands; None of a draft."""
        return self.asked_at or self.laid_at

    @property
    def work_state(self) -> WorkState:
        return NotesStatus(self.status).work_state

    def document(self) -> dict[str, Any]:
        """What is hashed, and agreed."""
        return {
            "format_version": FORMAT_VERSION,
            "review": self.review.code,
            "mechanism": self.review.mechanism.slug,
            "meeting": str(self.meeting_id),
            "held_on": self.meeting.held_on.isoformat(),
            "language": self.language,
            "text": str(self.text),
        }


class NotesAnswer(StateAnswer):
    """A State's word on one revision of the notes, by its focal point; that of the drafting State comes with laying."""

    notes = models.ForeignKey(MeetingNotes, models.PROTECT, related_name="answers", verbose_name=_("notes"))
    revision = models.PositiveIntegerField(_("revision"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    audit_name = "reviews.notesanswer"

    class Meta(StateAnswer.Meta):
        verbose_name = _("answer to the notes of a meeting")
        verbose_name_plural = _("answers to the notes of meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["notes", "state_party", "revision"], name="one_answer_a_notes_state_and_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notes}: {self.state_party}"


def states_that_met(meeting: DialogueMeeting) -> list[StateParty]:
    """The States whose people took part in a meeting; a query where the caller has not brought them along."""
    return list({row.state_party_id: row.state_party for row in meeting.participants.all()}.values())


def secretariat_met(meeting: DialogueMeeting) -> bool:
    """Whether the secretariat took part: it recorded the meeting, or had invited to it."""
    planned = getattr(meeting, "planned", None)
    return meeting.recorded_for_id is None or (planned is not None and planned.invited_for_id is None)
