"""Meetings of the experts: those to come with the words of the States on them, and those that were held."""

import datetime as dt
import zoneinfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.models import MarkdownField, RenderedField
from reviews.agreement.models import StateAnswer
from reviews.cases.models import ConfidentialModel, Participation
from reviews.meetings.enums import MeetingMeans, MeetingStatus


class DialogueMeeting(ConfidentialModel):
    """A meeting of the experts outside the portal: when, how, who took part, what was talked about."""

    held_on = models.DateField(_("held on"))
    means = models.CharField(_("means"), max_length=20, choices=MeetingMeans)
    participants = models.ManyToManyField(Participation, related_name="+", verbose_name=_("participants"))
    others = models.CharField(_("others who took part"), max_length=500, blank=True)
    subject = MarkdownField(_("what was talked about"), blank=True)
    subject_html = RenderedField(_("the text as it is shown"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded for")
    )

    audit_name = "reviews.dialoguemeeting"

    class Meta:
        verbose_name = _("meeting of the experts")
        verbose_name_plural = _("meetings of the experts")
        ordering = ["held_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.held_on}"


SHORTEST, LONGEST = 5, 24 * 60  # minutes


class PlannedMeeting(ConfidentialModel):
    """A meeting of the experts to come, to which one invites and every State of the review says yes or no.

    ``revision`` counts the changes, and is the SEQUENCE of the entry in calendars; an answer is given to one revision.
    ``asked_at`` is when the time that stands was asked for, ``agreed_at`` when all had said yes to it: what was agreed
    and then cancelled keeps it. ``invited_for`` is empty for the secretariat, and ``changed_for``: who changed it last,
    or gave it up. ``record`` is its entry in the log once it was held. Only ``reviews.meetings.services`` changes the
    status.
    """

    starts_at = models.DateTimeField(_("begins at"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    means = models.CharField(_("means"), max_length=20, choices=MeetingMeans)
    place = models.CharField(_("place"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    agenda = MarkdownField(_("agenda"), blank=True)
    agenda_html = RenderedField(_("the text as it is shown"))
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.INVITED)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("invited by")
    )
    invited_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("invited for")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    changed_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("changed for")
    )
    changed_at = models.DateTimeField(_("changed at"), null=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    reason = models.TextField(_("reason of the cancellation"), blank=True)
    record = models.OneToOneField(
        DialogueMeeting, models.SET_NULL, null=True, related_name="planned", verbose_name=_("record")
    )

    audit_name = "reviews.plannedmeeting"

    class Meta:
        verbose_name = _("meeting to come")
        verbose_name_plural = _("meetings to come")
        ordering = ["starts_at", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="a_meeting_lasts_minutes_to_a_day",
                condition=models.Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
            )
        ]

    @property
    def work_state(self) -> WorkState | None:
        return MeetingStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.review}: {self.local_start:%Y-%m-%d}"

    @property
    def local_start(self) -> dt.datetime:
        """When it begins, by the clocks of its own zone."""
        return self.starts_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether the States can still answer."""
        return self.status in {MeetingStatus.INVITED, MeetingStatus.NOT_AGREED}

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


class MeetingAnswer(StateAnswer):
    """A State's word on one revision of an invitation; the inviting State has given it by inviting."""

    meeting = models.ForeignKey(PlannedMeeting, models.CASCADE, related_name="answers", verbose_name=_("meeting"))
    revision = models.PositiveIntegerField(_("revision"))

    audit_name = "reviews.meetinganswer"

    class Meta(StateAnswer.Meta):
        verbose_name = _("answer to an invitation to a meeting")
        verbose_name_plural = _("answers to invitations to meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "state_party", "revision"], name="one_answer_a_meeting_state_and_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.state_party}"
