"""Polls on the time of a meeting: which run, what the States have said of each time, whose word is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from core.hashes import text_hash
from reviews.agreement import Absences, Agreement, with_answers, worded_in, worded_in_each, worded_now, words_on
from reviews.capacities import EXCHANGE_KINDS
from reviews.cases.models import Review
from reviews.meetings import people_of_asker
from reviews.meetings.enums import MeetingStatus
from reviews.polls.enums import PollStatus, SlotWord
from reviews.polls.models import MeetingPoll, PollAnswer, Slot

_RUNNING = (PollStatus.OPEN, PollStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class SlotWords:
    """One time with what each State has said of it; ``suits`` counts them by word."""

    slot: Slot
    said: list[tuple[StateParty, SlotWord]]

    def count(self, word: SlotWord) -> int:
        return sum(1 for _state, said in self.said if said == word)


@dataclass(frozen=True, slots=True)
class Poll(Agreement[PollAnswer]):
    """A poll with the answers of the States to the revision that stands."""

    poll: MeetingPoll

    @property
    def slots(self) -> list[SlotWords]:
        given = [word.answer for word in self.words if word.answer is not None]
        return [
            SlotWords(slot, [(answer.state_party, SlotWord(answer.words[slot.number - 1])) for answer in given])
            for slot in self.poll.slots
        ]

    def said_by(self, state_party_id: UUID | None) -> str:
        """What another answer of the State rests on: when it has given the one that stands; empty without one."""
        answer = self.answer_of(state_party_id)
        return answer.answered_at.isoformat() if answer else ""

    @property
    def standing(self) -> str:
        """What a pick rests on: the revision, the answers to it, and the meeting that it would move."""
        answers = [f"{word.state.pk}:{word.answer.words}" for word in self.words if word.answer is not None]
        meeting = self.poll.meeting.revision if self.poll.meeting else "none"
        return text_hash(" ".join([str(self.poll.revision), str(meeting), *answers]))


def polls_of(review: Review) -> list[Poll]:
    """Those that run; the caller has asked for READ_TABLE. One query where there is none, otherwise four or five."""
    return worded_in(review, _with_answers(_running().filter(review=review, room=None)), _poll)


def get_poll(review: Review, pk: UUID | str) -> MeetingPoll:
    """One of a review that the caller has obtained for its reader; the caller asks the policy about it.

    Raises Http404 where there is none.
    """
    poll = found(found_for_policy(_with_answers(MeetingPoll.objects.filter(review=review, pk=pk)).first))
    poll.review = review
    return poll


def poll_as_it_stands(poll: MeetingPoll) -> Poll:
    """The words on one poll as they are stored now."""
    return worded_now(_with_answers(MeetingPoll.objects.filter(pk=poll.pk)).get(), _poll)


def polls_running(review: Review) -> QuerySet[MeetingPoll]:
    """Those that no time is picked of; where there is no exchange between the States nobody answers any more."""
    rows = _running().filter(review=review)
    return rows if review.step.kind in EXCHANGE_KINDS else rows.none()


def polls_that_wait() -> list[MeetingPoll]:
    """Those of all reviews to which a State can still answer."""
    rows = _running().filter(status=PollStatus.OPEN, review__step__kind__in=EXCHANGE_KINDS)
    return list(rows.select_related("review__step", "review__mechanism", "proposed_by"))


def open_polls(reviews: Iterable[Review]) -> list[Poll]:
    """Those that run in reviews of ``for_work``; at most four queries."""
    running = worded_in_each(reviews, _with_answers(_running().filter(room=None)), _poll)
    return [words for words in running if not words.poll.is_over]


def people_of_proposer(poll: MeetingPoll) -> list[User]:
    """As of an invitation, or where there is nobody the officer of the review."""
    people = people_of_asker(poll.review, poll.proposed_by, poll.proposed_for_id)
    return people or [user for user in [poll.review.officer] if user]


def _running() -> QuerySet[MeetingPoll]:
    """Those that a time can still be picked of: one to move a meeting ends when that is cancelled or was held."""
    rows = MeetingPoll.objects.filter(status__in=_RUNNING)
    return rows.exclude(meeting__status=MeetingStatus.CANCELLED).exclude(meeting__record__isnull=False)


def _with_answers(polls: QuerySet[MeetingPoll]) -> QuerySet[MeetingPoll]:
    related = ("proposed_by", "proposed_for", "meeting", "review__mechanism", "review__step", "review__officer")
    return with_answers(polls.select_related(*related, "review__state_under_review"), PollAnswer.objects.all())


def _poll(poll: MeetingPoll, states: Iterable[StateParty], absences: Absences) -> Poll:
    return Poll(words_on(poll, states, absences, since=poll.asked_at), poll)
