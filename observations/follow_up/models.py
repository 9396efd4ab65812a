"""What a State records about what was agreed, its history, and what of it the State shares."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import MarkdownField, RenderedField
from observations.follow_up.enums import FollowUpStatus
from observations.texts.models import Observation
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import ConfidentialModel


class RecordedFollowUp(ConfidentialModel):
    """What is recorded at a time; in the room of the State under review."""

    status = models.CharField(_("status"), max_length=20, choices=FollowUpStatus)
    body = models.CharField(_("body"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    action = MarkdownField(_("action"), blank=True)
    action_html = RenderedField(_("the action as it is shown"))
    reason = models.TextField(_("why it is not pursued"), blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        abstract = True


class FollowUp(RecordedFollowUp):
    """What the State under review has recorded last about one observation of an agreed list.

    The observation is the item: it is there with the agreement, and stays as it was agreed. A row comes with the first
    record. Written only by ``observations.follow_up.services``; ``revision`` counts the records.
    """

    observation = models.OneToOneField(
        Observation, models.PROTECT, related_name="follow_up", verbose_name=_("observation")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1)

    audit_name = "observations.followup"

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    @property
    def text(self) -> str:
        """What two people may write at once (``reviews.drafts``)."""
        return self.action

    def __str__(self) -> str:
        return f"{self.review}: {self.get_status_display()}"


class FollowUpEntry(RecordedFollowUp):
    """One record of a follow-up. Append-only."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="entries", verbose_name=_("follow-up"))
    number = models.PositiveIntegerField(_("revision"))

    audit_name = "observations.followupentry"

    class Meta:
        verbose_name = _("record of a follow-up")
        verbose_name_plural = _("records of follow-ups")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "number"], name="one_follow_up_entry_a_number")]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.number}"


class FollowUpShare(ConfidentialModel):
    """What of an item others read: frozen as the focal point saw it. ``ended_at`` takes it back for the future.

    ``document`` holds the observation as it was agreed and the record ``number``; later records stay in the room until
    they are shared in their turn, which ends this one.
    """

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="shares", verbose_name=_("follow-up"))
    number = models.PositiveIntegerField(_("revision"))
    audience = models.CharField(_("shared with"), max_length=20, choices=SharingAudience)
    document = models.JSONField(_("document"))
    rendered = models.JSONField(_("the texts as they are shown"), default=dict, blank=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shared by")
    )
    shared_at = models.DateTimeField(_("shared at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "observations.followupshare"

    class Meta:
        verbose_name = _("shared follow-up")
        verbose_name_plural = _("shared follow-ups")
        ordering = ["-shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=models.Q(ended_at=None), name="one_share_a_follow_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.audience}"
