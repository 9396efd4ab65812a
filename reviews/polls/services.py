"""One asks which of several times suit, each State says so, and one of the times becomes an invitation, or moves one.

A yes in a poll binds nobody: the time that is picked is asked for like any other (docs/adr/0090).
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.text import clean_text
from core.policy import require
from reviews.agreement import StaleRevisionError, require_current
from reviews.capacities import require_capacity, speaker_of
from reviews.cases import language_of, lock_review, lock_with_review, tell
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.drafts import Shown, require_shown, shown_on_table
from reviews.meetings import MeetingInput, change_meeting, columns_of, invite_to_meeting, people_to_answer
from reviews.meetings.enums import MeetingAction
from reviews.meetings.models import PlannedMeeting
from reviews.opening import TeamChange
from reviews.polls.enums import PollAction, PollStatus, SlotWord
from reviews.polls.models import FEWEST, MOST, MeetingPoll, Slot
from reviews.polls.selectors import (
    people_of_proposer,
    poll_as_it_stands,
    polls_running,
    polls_that_wait,
)
from reviews.visibility import states_taking_part

logger = logging.getLogger(__name__)
_MAXIMUM = 2000  # characters of a note


class StalePollError(StaleRevisionError):
    words = gettext_lazy("The times were changed in the meantime. Look at them as they are now, and say so again.")


@dataclass(frozen=True, slots=True)
class PollInput:
    """What a person gives of a poll: local ``times`` on days in one zone, by the number of the line on the form."""

    times: Sequence[tuple[int, dt.date, dt.time]]
    time_zone: str
    minutes: int
    means: str
    place: str = ""
    agenda: str = ""

    def at(self, day: dt.date, at: dt.time) -> MeetingInput:
        """The meeting at one of the times."""
        return MeetingInput(day, at, self.time_zone, self.minutes, self.means, self.place, "", self.agenda)


@transaction.atomic
def propose_poll(
    *, actor: Actor, review: Review, given: PollInput, shown: Shown, meeting: PlannedMeeting | None = None
) -> MeetingPoll:
    """Ask all States of the review which of the times suit; to the actor's own all of them do.

    ``meeting``: one to come that is to be moved, which the actor may change. ``shown``: as for an invitation. Raises
    ServiceError with the field, ``day_2`` of the second line, say: for what an invitation is refused for, fewer than
    two times, the same one twice, and where a poll on the same meeting runs.
    """
    lock_review(review)
    require(actor, PollAction.PROPOSE, review)
    require_shown(shown, shown_on_table(review))
    if meeting is not None:
        require(actor, MeetingAction.CHANGE, meeting)
        if meeting.polls.filter(status__in=[PollStatus.OPEN, PollStatus.CLOSED]).exists():
            raise ServiceError(_("A poll on the time of this meeting runs already."))
    person, state = speaker_of(actor, review)
    poll = MeetingPoll.objects.create(
        review=review,
        language=language_of(review),
        proposed_by=person,
        proposed_for_id=state,
        meeting=meeting,
        **_columns(given),
    )
    audit.record(actor, "reviews.poll.proposed", poll, after=_facts(poll))
    _ask(actor, poll, News.POLL_ASKED)
    return poll


@transaction.atomic
def answer_poll(
    *, actor: User, poll: MeetingPoll, revision: int, words: Sequence[str], said: str, shown: Shown, note: str = ""
) -> MeetingPoll:
    """Say for the actor's State of each time of a revision whether it suits; with the last answer the poll is closed.

    As long as it is open a State may change its word. ``said``: what the page has shown of it (``Poll.said_by``).
    Raises OutdatedError when a colleague has answered since, StalePollError when the times were changed, and
    ServiceError with the field ``word_2``, say, where there is no word on a time.
    """
    poll = _current(actor, PollAction.ANSWER, poll, revision, shown)
    state = require_capacity(actor, poll.review).state_party_id
    if said != (now := poll_as_it_stands(poll).said_by(state)):
        message = _("A colleague has answered for your State since you opened this page. Look at it as it is now.")
        raise OutdatedError(message, now=now)
    words = list(words)
    for slot in poll.slots:
        if slot.number > len(words) or words[slot.number - 1] not in SlotWord.values:
            raise ServiceError(_("Say whether this time suits your State."), field=f"word_{slot.number}")
    given = words[: len(poll.starts)]
    answer, _is_new = poll.answers.update_or_create(
        state_party_id=state,
        revision=poll.revision,
        defaults={
            "words": given,
            "agrees": any(word != SlotWord.NO for word in given),
            "note": clean_text(note, maximum=_MAXIMUM, field="note").strip(),
            "answered_by": actor,
            "answered_at": timezone.now(),
        },
    )
    facts = {"state": answer.state_party.iso3, "revision": poll.revision}
    audit.record(actor, "reviews.poll.answered", poll, after=facts)
    _settle(poll)
    return poll


@transaction.atomic
def change_poll(*, actor: Actor, poll: MeetingPoll, revision: int, given: PollInput, shown: Shown) -> MeetingPoll:
    """Name other times, or another meeting at them; all other States are asked anew, and the poll is open again.

    Raises ServiceError as ``propose_poll``, and StalePollError when somebody else has changed it since.
    """
    poll = _current(actor, PollAction.CHANGE, poll, revision, shown)
    columns = _columns(given)
    if all(getattr(poll, name) == value for name, value in columns.items()):
        return poll
    for name, value in columns.items():
        setattr(poll, name, value)
    poll.revision, poll.status, poll.asked_at = poll.revision + 1, PollStatus.OPEN, timezone.now()
    poll.save()
    audit.record(actor, "reviews.poll.changed", poll, after=_facts(poll))
    _ask(actor, poll, News.POLL_CHANGED)
    return poll


@transaction.atomic
def pick_slot(
    *, actor: Actor, poll: MeetingPoll, revision: int, number: int, standing: str, shown: Shown
) -> PlannedMeeting:
    """End a poll by one of its times: it invites to a meeting then, or moves the one that the poll is about.

    ``standing``: what the page has shown (``Poll.standing``). Raises OutdatedError where other answers stand by now,
    or the meeting that is to be moved was changed, StalePollError when the times were, and ServiceError where the time
    has passed.
    """
    poll = _current(actor, PollAction.PICK, poll, revision, shown)
    now = poll_as_it_stands(poll).standing
    if standing != now:
        message = _("A State has answered, or the meeting was changed, since you opened this page. Look once more.")
        raise OutdatedError(message, field="slot", now=now)
    slot = next((each for each in poll.slots if each.number == number), None)
    if slot is None:
        raise ServiceError(_("Pick one of the times."), field="slot")
    poll.meeting = _meet_at(actor, poll, slot, shown)
    poll.status, poll.picked = PollStatus.DECIDED, slot.starts_at
    poll.save(update_fields=["status", "picked", "meeting", "updated_at"])
    audit.record(actor, "reviews.poll.decided", poll, after={"picked": slot.starts_at.isoformat()})
    return poll.meeting


@transaction.atomic
def withdraw_poll(*, actor: Actor, poll: MeetingPoll, revision: int, shown: Shown) -> MeetingPoll:
    """End a poll without a time; a meeting that it was about stays as it is. Raises StalePollError as the others."""
    poll = _current(actor, PollAction.WITHDRAW, poll, revision, shown)
    poll.status = PollStatus.WITHDRAWN
    poll.save(update_fields=["status", "updated_at"])
    audit.record(actor, "reviews.poll.withdrawn", poll, after={"revision": poll.revision})
    _tell(actor, poll, people_to_answer(poll.review, states_taking_part(poll.review)), News.POLL_WITHDRAWN)
    return poll


def follow_team(_actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: whose word was missing may be gone, and who has come is asked; ``follows_team``."""
    for poll in polls_running(review):
        poll.review = review
        if poll.status == PollStatus.OPEN:
            _settle(poll)
        elif not poll.is_over and (missing := poll_as_it_stands(poll).missing):
            poll.status = PollStatus.OPEN
            poll.save(update_fields=["status", "updated_at"])
            _tell(None, poll, people_to_answer(poll.review, missing), News.POLL_ASKED)


def settle_polls() -> None:
    """As a worker: close what waits for nobody any more, and ask who has come since for a State that has said nothing.

    An absence is recorded, and a person registered, without a word on polls.
    """
    for row in polls_that_wait():
        try:
            if not row.is_over:
                _carry_on(row)
        except Exception:  # one that fails by a mistake of ours keeps no other waiting
            logger.exception("The poll %s was not closed", row.pk)


@transaction.atomic
def _carry_on(row: MeetingPoll) -> None:
    if missing := poll_as_it_stands(row).missing:
        people = people_to_answer(row.review, missing, since=row.asked_at)
        _tell(None, row, people, News.POLL_ASKED)  # each is told once
        return
    poll = lock_with_review(row, "proposed_by")
    if poll.status == PollStatus.OPEN:
        _settle(poll)


def _meet_at(actor: Actor, poll: MeetingPoll, slot: Slot, shown: Shown) -> PlannedMeeting:
    local, meeting = slot.local_start, poll.meeting
    given = MeetingInput(
        local.date(), local.time(), poll.time_zone, poll.minutes, poll.means, poll.place_now, "", str(poll.agenda_now)
    )
    try:
        if meeting is None:
            return invite_to_meeting(actor=actor, review=poll.review, given=given, shown=shown)
        given = replace(given, link=meeting.link)
        return change_meeting(actor=actor, meeting=meeting, revision=meeting.revision, given=given, shown=shown)
    except ServiceError as error:
        raise ServiceError(error.message, field="slot") from error


def _columns(given: PollInput) -> dict[str, Any]:
    """What is stored of the input, once all of it is in order; the times in their order."""
    if len(given.times) < FEWEST:
        raise ServiceError(_("Name at least two times."), field="day_2")
    if len(given.times) > MOST:
        message = ngettext("Name no more than %(number)d time.", "Name no more than %(number)d times.", MOST)
        raise ServiceError(message % {"number": MOST}, field="day_1")
    columns: dict[str, Any] = {}
    starts: set[dt.datetime] = set()
    for number, day, at in given.times:
        try:
            columns = columns_of(given.at(day, at))
        except ServiceError as error:
            field = f"{error.field}_{number}" if error.field in {"day", "at"} else error.field
            raise ServiceError(error.message, field=field) from error
        if columns["starts_at"] in starts:
            raise ServiceError(_("This time is named twice."), field=f"day_{number}")
        starts.add(columns["starts_at"])
    del columns["starts_at"], columns["link"]
    return {**columns, "starts": sorted(starts)}


def _facts(poll: MeetingPoll) -> dict[str, object]:
    """For the record of acts: when and how, and nothing written."""
    starts = [at.isoformat() for at in poll.starts]
    return {"starts": starts, "time_zone": poll.time_zone, "means": poll.means, "revision": poll.revision}


def _current(actor: Actor, action: PollAction, poll: MeetingPoll, revision: int, shown: Shown) -> MeetingPoll:
    """The poll, held, for an act on a ``revision`` of it. Raises StalePollError where that is another."""
    poll = lock_with_review(poll, "proposed_by")
    require(actor, action, poll)
    require_current(poll, StalePollError(poll.revision), revision=revision)
    require_shown(shown, shown_on_table(poll.review))
    return poll


def _ask(actor: Actor, poll: MeetingPoll, news: News) -> None:
    """To whoever names the times all of them suit; the secretariat speaks for no State. The others are asked."""
    person, state = speaker_of(actor, poll.review)
    if person is not None and state is not None:
        words = [SlotWord.YES] * len(poll.starts)
        poll.answers.create(state_party_id=state, revision=poll.revision, agrees=True, answered_by=person, words=words)
    if not _settle(poll):
        _tell(actor, poll, people_to_answer(poll.review, poll_as_it_stands(poll).missing), news)


def _settle(poll: MeetingPoll) -> bool:
    """Close a poll to which every State has answered, and tell whoever asked; whether it is closed."""
    words = poll_as_it_stands(poll)
    if words.missing:
        return False
    poll.status = PollStatus.CLOSED
    poll.save(update_fields=["status", "updated_at"])
    # A State that comes opens it once more: it is told anew of what is said by then.
    _tell(None, poll, people_of_proposer(poll), News.POLL_CLOSED, more=f":{words.standing[:12]}")
    return True


def _tell(actor: Actor | None, poll: MeetingPoll, people: Iterable[User], news: News, *, more: str = "") -> None:
    key = f"{poll.pk}:{poll.revision}{more}"
    tell(people, poll.review, news, page="dialogue:dialogue", key=key, but=actor)
