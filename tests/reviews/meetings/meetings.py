"""Meetings to come that the tests plan, through the services, and the addresses of their pages."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.people.models import User
from core.models import Notification
from reviews.meetings.models import PlannedMeeting
from reviews.meetings.services import MeetingInput
from tests.at_once import answer_meeting, invite_to_meeting
from tests.dialogue.supplements.dialogues import REVIEW
from tests.utils import Cast

INVITE = f"{REVIEW}meetings/invite/"
VIENNA = "Europe/Vienna"


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def given(**changes: Any) -> MeetingInput:
    """Of a videoconference in ten days; ``changes`` are other fields."""
    fields = {
        "day": in_days(10),
        "at": dt.time(10),
        "time_zone": VIENNA,
        "minutes": 90,
        "means": "videoconference",
        "link": "https://meet.example/1",
        "agenda": "Article 5",
    }
    return MeetingInput(**fields | changes)


def invited(cast: Cast, actor: User | None = None, **changes: Any) -> PlannedMeeting:
    """By the expert of the same group's State, who is XLE's; asked are XVE, under review, and XAL."""
    return invite_to_meeting(actor=actor or cast.same_group_expert, review=cast.review, given=given(**changes))


def say(actor: User, meeting: PlannedMeeting, agrees: bool = True, note: str = "") -> PlannedMeeting:
    meeting.refresh_from_db(fields=["revision"])
    return answer_meeting(actor=actor, meeting=meeting, revision=meeting.revision, agrees=agrees, note=note)


def agreed(cast: Cast, **changes: Any) -> PlannedMeeting:
    meeting = invited(cast, **changes)
    say(cast.expert, meeting)
    say(cast.other_group_focal_point, meeting)
    meeting.refresh_from_db()
    return meeting


def page_of(meeting: PlannedMeeting, act: str) -> str:
    return f"{REVIEW}meetings/{meeting.pk}/{act}/"


def told(news: str) -> dict[str, Notification]:
    """The mails of one kind of news by the name of who gets them."""
    rows = Notification.objects.filter(key__startswith=f"{news}:").select_related("recipient")
    return {row.recipient.full_name: row for row in rows}
