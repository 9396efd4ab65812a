"""Messages of the dialogue, and whether a State lets its experts release them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel, MarkdownField, RenderedField
from dialogue.threads.enums import OF_THE_WHOLE, ThreadSubject
from reviews.cases.models import ConfidentialModel, Review
from reviews.drafts.models import OPENED_ONLY_WHERE_SENT, SentPiece

FORMAT_VERSION = 1
_WHOLE = Q(subject=OF_THE_WHOLE[0]) | Q(subject=OF_THE_WHOLE[1])


class DialogueMessage(ConfidentialModel, SentPiece):
    """What one State says in a thread: in its room until somebody releases it who may speak for it there.

    The first message is the thread: it says what that is about, ``subject`` and, where there are several such,
    ``matter`` (the code of a question, the State whose feedback it is, the key of an observation, the name of a law),
    and whether it is closed, by ``closed_for``. The others name it as their ``thread``. It is recalled like feedback.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    thread = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("thread")
    )
    subject = models.CharField(_("about"), max_length=20, choices=ThreadSubject, blank=True)
    matter = models.CharField(_("about which"), max_length=300, blank=True)
    text = MarkdownField(_("message"))
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("closed for")
    )

    audit_name = "dialogue.dialoguemessage"

    class Meta:
        verbose_name = _("message of the dialogue")
        verbose_name_plural = _("messages of the dialogue")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="message_opened_only_where_released", condition=OPENED_ONLY_WHERE_SENT),
            models.CheckConstraint(
                name="message_released_lies_on_the_table",
                condition=Q(sent_at=None, released_by=None, sha256="", room__isnull=False)
                | Q(sent_at__isnull=False, released_by__isnull=False, room=None) & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="message_begins_a_thread_or_goes_on",
                condition=Q(thread=None) & ~Q(subject="") | Q(thread__isnull=False, subject="", matter=""),
            ),
            models.CheckConstraint(
                name="thread_names_what_it_is_about",
                condition=Q(thread__isnull=False) | _WHOLE & Q(matter="") | ~_WHOLE & ~Q(matter=""),
            ),
            models.CheckConstraint(
                name="thread_is_closed_for_a_state",
                condition=Q(closed_at=None, closed_for=None)
                | Q(closed_at__isnull=False, closed_for__isnull=False, thread=None, sent_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["thread", "room"],
                condition=Q(thread__isnull=False, room__isnull=False),
                name="one_draft_a_thread_and_room",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"

    @property
    def first(self) -> "DialogueMessage":
        """The message that its thread began with."""
        return self if self.thread is None else self.thread

    def document(self) -> dict[str, Any]:
        """What its hash is of."""
        first = self.first
        return {
            "format_version": FORMAT_VERSION,
            "review": self.review.code,
            "mechanism": self.review.mechanism.slug,
            "state": self.state_party.iso3,
            "id": str(self.pk),
            "thread": str(first.pk),
            "about": {"subject": str(first.subject), "matter": first.matter},
            "language": self.language,
            "text": str(self.text),
        }


class ReleaseByExperts(BaseModel):
    """A State has chosen that its experts release its messages in a review, until it takes that back.

    A row for each time, by its focal point; what was released by then stays released.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chosen by")
    )
    chosen_at = models.DateTimeField(_("chosen at"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    ended_at = models.DateTimeField(_("taken back at"), null=True)

    audit_name = "dialogue.releasebyexperts"

    class Meta:
        verbose_name = _("release of messages by experts")
        verbose_name_plural = _("releases of messages by experts")
        ordering = ["chosen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "state_party"], condition=Q(ended_at=None), name="one_release_by_experts_a_state"
            ),
            models.CheckConstraint(
                name="release_by_experts_ends_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"
