"""Polls on the time of a meeting that the tests take, as people who look and act in the same moment."""

import datetime as dt
from typing import Any

from accounts.people.models import User
from core.database.identity import identified_as_system
from reviews.capacities.capacities import capacity_of
from reviews.cases.models import Review
from reviews.drafts.shown import Shown
from reviews.drafts.situations import shown_on_table
from reviews.meetings.models import PlannedMeeting
from reviews.polls import services
from reviews.polls.models import MeetingPoll
from reviews.polls.selectors import poll_as_it_stands
from reviews.polls.services import PollInput
from tests.dialogue.supplements.dialogues import REVIEW
from tests.reviews.meetings.meetings import VIENNA, in_days
from tests.utils import Cast

PROPOSE = f"{REVIEW}polls/propose/"


def given(*days: int, **changes: Any) -> PollInput:
    """Of a videoconference at ten on each of these ``days`` from now; ``changes`` are other fields."""
    times = [(number, in_days(day), dt.time(10)) for number, day in enumerate(days or (20, 21), 1)]
    fields: dict[str, Any] = {"times": times, "time_zone": VIENNA, "minutes": 60, "means": "videoconference"}
    return PollInput(**fields | changes)


def table(review: Review) -> Shown:
    with identified_as_system():
        return shown_on_table(Review.objects.get(pk=review.pk))


def proposed(
    cast: Cast, *days: int, actor: User | None = None, review: Review | None = None, **changes: Any
) -> MeetingPoll:
    """By the expert of the same group's State, who is XLE's; asked are XVE, under review, and XAL."""
    review, meeting = review or cast.review, changes.pop("meeting", None)
    on: dict[str, Any] = {"actor": actor or cast.same_group_expert, "review": review, "meeting": meeting}
    return services.propose_poll(**on, given=given(*days, **changes), shown=table(review))


def answer(actor: User, poll: MeetingPoll, words: str, *, note: str = "", revision: int | None = None) -> MeetingPoll:
    """``words``: one for each time."""
    poll.refresh_from_db()
    with identified_as_system():
        capacity = capacity_of(actor, poll.review)
        said = poll_as_it_stands(poll).said_by(capacity.state_party_id if capacity else None)
    on: dict[str, Any] = {"actor": actor, "poll": poll, "revision": revision or poll.revision}
    return services.answer_poll(**on, words=words.split(), note=note, said=said, shown=table(poll.review))


def pick(actor: User, poll: MeetingPoll, number: int, **seen: Any) -> PlannedMeeting:
    poll.refresh_from_db()
    with identified_as_system():
        standing = poll_as_it_stands(poll).standing
    now: dict[str, Any] = {"revision": poll.revision, "standing": standing, "shown": table(poll.review)}
    return services.pick_slot(actor=actor, poll=poll, number=number, **{**now, **seen})


def change(actor: User, poll: MeetingPoll, *days: int, **changes: Any) -> MeetingPoll:
    poll.refresh_from_db()
    on: dict[str, Any] = {"actor": actor, "poll": poll, "revision": poll.revision}
    return services.change_poll(**on, given=given(*days, **changes), shown=table(poll.review))


def page_of(poll: MeetingPoll, act: str) -> str:
    return f"{REVIEW}polls/{poll.pk}/{act}/"
