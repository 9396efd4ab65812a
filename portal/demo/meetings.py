"""Meetings of the experts in the demo: one that is agreed, one that waits for an answer, a poll, and agreed notes."""

import datetime as dt

from django.utils import timezone

from portal.demo.teams import Teams
from reviews.cases.models import Review
from reviews.drafts import shown_on_table
from reviews.meetings import MeetingInput, answer_meeting, invite_to_meeting, meetings_of
from reviews.meetings.enums import MeetingMeans
from reviews.minutes import answer_notes, get_held_meeting, lay_notes, shown_of_notes, write_notes
from reviews.polls import PollInput, answer_poll, propose_poll
from reviews.polls.enums import SlotWord

_ZONE = "Europe/Vienna"
_AGREED_IN, _ASKED_FOR_IN = 16, 30  # days from today
_NOTES = """The experts went through the answers to the requests for clarification.

1. The State under review explained how its courts treat requests that name no instrument.
2. It will send the statistics for the last two years, as far as they are kept by article.
3. The reviewing States asked for the text of the law of procedure; it is public, and its address was given."""
_TIMES = ((37, 10), (38, 15), (44, 10))  # days from today, and the hour
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
    _ask_which_times_suit(review, teams)


def agree_on_notes(review: Review, teams: Teams) -> None:
    """Of the first meeting that was held: the first reviewing State drafts and lays them, and the others agree."""
    first, second = teams.reviewing
    held = meetings_of(review).last()
    if held is None:
        return
    meeting, author = get_held_meeting(review, held.pk), first.experts[0]
    shown = shown_of_notes(author, meeting, None)
    notes = write_notes(actor=author, meeting=meeting, text=_NOTES, base=0, shown=shown)
    notes = lay_notes(actor=first.focal_point, notes=notes, base=notes.revision, shown=shown_on_table(review))
    for team in (teams.own, second):
        answer_notes(actor=team.focal_point, notes=notes, sha256=notes.sha256, agrees=True)


def _ask_which_times_suit(review: Review, teams: Teams) -> None:
    """The second reviewing State asks; the first has answered, the State under review has not."""
    first, second = teams.reviewing
    shown = shown_on_table(review)
    times = [(number, _day(days), dt.time(hour)) for number, (days, hour) in enumerate(_TIMES, 1)]
    given = PollInput(times, _ZONE, 120, MeetingMeans.VIDEOCONFERENCE, agenda="The chapter on confiscation")
    poll = propose_poll(actor=second.experts[0], review=review, given=given, shown=shown)
    words, note = [SlotWord.NO, SlotWord.YES, SlotWord.IF_NEED_BE], "Our ministry is closed on the first day."
    expert, revision = first.experts[0], poll.revision
    answer_poll(actor=expert, poll=poll, revision=revision, words=words, note=note, said="", shown=shown)


def _day(days: int) -> dt.date:
    """So many days from today, or the Monday after where that falls on a weekend."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return day + dt.timedelta(days=8 - day.isoweekday() if day.isoweekday() in {6, 7} else 0)
