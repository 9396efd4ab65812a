"""Polls on the time of a meeting: which run, what the States have said of each time, whose word is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from core.hashes import text_hash
from reviews.agreement import Absences, Agreement, Word, absences_in, words_of
from reviews.capacities import EXCHANGE_KINDS
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingStatus
from reviews.participation import focal_points_of, participants_of
from reviews.polls.enums import PollStatus, SlotWord
from reviews.polls.models import MeetingPoll, PollAnswer, Slot
from reviews.visibility import states_of, states_taking_part

_ASKED = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)
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
    def asked(self) -> list[Word[PollAnswer]]:
        """Without those States that are not waited for and have said nothing."""
        return [word for word in self.words if word.is_waited_for or word.answer]

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
    polls = list(_with_answers(_running().filter(review=review, room=None)))
    if not polls:
        return []
    states, absences = list(states_taking_part(review)), absences_in([review])[review.pk]
    for poll in polls:
        poll.review = review
    return [_poll(poll, states, absences) for poll in polls]


def get_poll(review: Review, pk: UUID | str) -> MeetingPoll:
    """One of a review that the caller has obtained for its reader; the caller asks the policy about it.

    Raises Http404 where there is none.
    """
    poll = found(found_for_policy(_with_answers(MeetingPoll.objects.filter(review=review, pk=pk)).first))
    poll.review = review
    return poll


def poll_as_it_stands(poll: MeetingPoll) -> Poll:
    """The words on one poll as they are stored now."""
    stored = _with_answers(MeetingPoll.objects.filter(pk=poll.pk)).get()
    review = stored.review
    return _poll(stored, states_taking_part(review), absences_in([review])[review.pk])


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
    by_key = {review.pk: review for review in reviews}
    rows = _with_answers(_running().filter(review__in=by_key, room=None))
    polls = [poll for poll in rows if not poll.is_over]
    if not polls:
        return []
    absences = absences_in(by_key.values())
    for poll in polls:
        poll.review = by_key[poll.review_id]
    return [_poll(poll, states_of(poll.review), absences[poll.review_id]) for poll in polls]


def people_to_answer(
    poll: MeetingPoll, states: Iterable[StateParty], *, since: dt.datetime | None = None
) -> list[User]:
    """The focal points and experts of these States, who answer for them; ``since``: those who came after that."""
    rows = participants_of(poll.review).filter(role__in=_ASKED, state_party__in=list(states))
    if since is not None:
        rows = rows.filter(started_at__gt=since)
    return list(dict.fromkeys(row.user for row in rows))


def people_of_proposer(poll: MeetingPoll) -> list[User]:
    """Whoever has asked, or where that person takes part no longer the State's focal points, or where there are none
    the officer of the review.
    """
    person, review = poll.proposed_by, poll.review
    if person is not None and (person.secretariat_role or participants_of(review).filter(user=person).exists()):
        return [person]
    return focal_points_of(review, states=[poll.proposed_for_id]) or [user for user in [review.officer] if user]


def _running() -> QuerySet[MeetingPoll]:
    """Those that a time can still be picked of: one to move a meeting ends when that is cancelled or was held."""
    rows = MeetingPoll.objects.filter(status__in=_RUNNING)
    return rows.exclude(meeting__status=MeetingStatus.CANCELLED).exclude(meeting__record__isnull=False)


def _with_answers(polls: QuerySet[MeetingPoll]) -> QuerySet[MeetingPoll]:
    answers = PollAnswer.objects.select_related("state_party", "answered_by")
    related = ("proposed_by", "proposed_for", "meeting", "review__mechanism", "review__step", "review__officer")
    return polls.select_related(*related, "review__state_under_review").prefetch_related(
        Prefetch("answers", answers, to_attr="given")
    )


def _poll(poll: MeetingPoll, states: Iterable[StateParty], absences: Absences) -> Poll:
    given: list[PollAnswer] = getattr(poll, "given", [])
    answers = [answer for answer in given if answer.revision == poll.revision]
    return Poll(words_of(states, answers, not_waited_for=absences.not_waited_for(poll.asked_at)), poll)
