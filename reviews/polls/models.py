"""Polls on the time of a meeting, and what the States say of each time."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.models import MarkdownField, RenderedField
from reviews.agreement.models import StateAnswer
from reviews.cases.models import ConfidentialModel
from reviews.meetings.enums import MeetingMeans, MeetingStatus
from reviews.meetings.models import PlannedMeeting
from reviews.polls.enums import PollStatus, SlotWord

FEWEST, MOST = 2, 6  # times in one poll


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the times; ``number`` counts from 1. It is told like a meeting (``reviews.templatetags.meetings``)."""

    number: int
    starts_at: dt.datetime
    time_zone: str
    minutes: int

    @property
    def local_start(self) -> dt.datetime:
        return self.starts_at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def is_over(self) -> bool:
        return self.starts_at <= timezone.now()


class MeetingPoll(ConfidentialModel):
    """Several times for a meeting of the experts to come, by the clocks of one zone; it lies on the shared table.

    ``revision`` counts the changes: an answer is given to one. ``proposed_for`` is empty for the secretariat.
    ``meeting``: the one that is to be moved; where there was none, the invitation that came of the poll.
    """

    starts = ArrayField(models.DateTimeField(), verbose_name=_("times"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    means = models.CharField(_("means"), max_length=20, choices=MeetingMeans)
    place = models.CharField(_("place"), max_length=300, blank=True)
    agenda = MarkdownField(_("agenda"), blank=True)
    agenda_html = RenderedField(_("the text as it is shown"))
    status = models.CharField(_("status"), max_length=10, choices=PollStatus, default=PollStatus.OPEN)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed for")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    meeting = models.ForeignKey(
        PlannedMeeting, models.PROTECT, null=True, related_name="polls", verbose_name=_("meeting")
    )
    picked = models.DateTimeField(_("time that was picked"), null=True)

    audit_name = "reviews.meetingpoll"

    class Meta:
        verbose_name = _("poll on the time of a meeting")
        verbose_name_plural = _("polls on the time of a meeting")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="a_poll_is_decided_by_a_time",
                condition=models.Q(status=PollStatus.DECIDED, picked__isnull=False, meeting__isnull=False)
                | models.Q(picked=None) & ~models.Q(status=PollStatus.DECIDED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.review}: {len(self.starts)}"

    @property
    def slots(self) -> list[Slot]:
        return [Slot(number, at, self.time_zone, self.minutes) for number, at in enumerate(self.starts, 1)]

    @property
    def place_now(self) -> str:
        """As changed of the meeting since the times were asked for; the place of other means is none of this one."""
        newer = self._changed_since
        return newer.place if newer is not None and newer.means == self.means else self.place

    @property
    def agenda_now(self) -> str:
        newer = self._changed_since
        return self.agenda if newer is None else newer.agenda

    @property
    def _changed_since(self) -> PlannedMeeting | None:
        """The meeting that is to be moved, where it was changed after the times were asked for."""
        moved = self.meeting
        is_newer = moved is not None and moved.changed_at is not None and moved.changed_at > self.asked_at
        return moved if is_newer else None

    @property
    def is_running(self) -> bool:
        return PollStatus(self.status).is_running

    @property
    def is_over(self) -> bool:
        """Whether all its times have passed."""
        return all(slot.is_over for slot in self.slots)

    @property
    def is_without_meeting(self) -> bool:
        """Whether the meeting that is to be moved was cancelled or held."""
        moved = self.meeting
        return moved is not None and (moved.status == MeetingStatus.CANCELLED or moved.record_id is not None)

    @property
    def work_state(self) -> WorkState | None:
        return PollStatus(self.status).work_state


class PollAnswer(StateAnswer):
    """What a State says of each time of one revision of a poll, in their order; it ``agrees`` where one suits."""

    poll = models.ForeignKey(MeetingPoll, models.CASCADE, related_name="answers", verbose_name=_("poll"))
    revision = models.PositiveIntegerField(_("revision"))
    words = ArrayField(
        models.CharField(max_length=10, choices=SlotWord), verbose_name=_("words on the times"), default=list
    )

    audit_name = "reviews.pollanswer"

    class Meta(StateAnswer.Meta):
        verbose_name = _("answer to a poll on the time of a meeting")
        verbose_name_plural = _("answers to polls on the time of a meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "state_party", "revision"], name="one_answer_a_poll_state_and_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll}: {self.state_party}"
