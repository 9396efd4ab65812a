"""Meetings of the experts to come in the demo: one that is agreed, and an invitation that waits for an answer."""

import datetime as dt

from django.utils import timezone

from portal.demo.teams import Teams
from reviews.cases.models import Review
from reviews.drafts import shown_on_table
from reviews.meetings import MeetingInput, answer_meeting, invite_to_meeting
from reviews.meetings.enums import MeetingMeans

_ZONE = "Europe/Vienna"
_AGREED_IN, _ASKED_FOR_IN = 16, 30  # days from today
_LINK = "https://meet.example/dialogue"


def plan_meetings(review: Review, teams: Teams) -> None:
    """The first reviewing State invites to both; to the second one the other reviewing State says nothing yet."""
    first, second = teams.reviewing
    shown = shown_on_table(review)
    agreed = invite_to_meeting(
        actor=first.experts[0],
        review=review,
        shown=shown,
        given=MeetingInput(
            _day(_AGREED_IN),
            dt.time(10),
            _ZONE,
            90,
            MeetingMeans.VIDEOCONFERENCE,
            link=_LINK,
            agenda="- Answers to the requests for clarification\n- Technical assistance needs",
        ),
    )
    for team in (teams.own, second):
        answer_meeting(actor=team.experts[0], meeting=agreed, revision=agreed.revision, agrees=True, shown=shown)
    asked = invite_to_meeting(
        actor=first.experts[0],
        review=review,
        shown=shown,
        given=MeetingInput(
            _day(_ASKED_FOR_IN),
            dt.time(14, 30),
            _ZONE,
            60,
            MeetingMeans.CONFERENCE_CALL,
            agenda="First thoughts on the list of observations",
        ),
    )
    note = "The afternoon suits us."
    own = teams.own.experts[0]
    answer_meeting(actor=own, meeting=asked, revision=asked.revision, agrees=True, note=note, shown=shown)


def _day(days: int) -> dt.date:
    """So many days from today, or the Monday after where that falls on a weekend."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return day + dt.timedelta(days=8 - day.isoweekday() if day.isoweekday() in {6, 7} else 0)
