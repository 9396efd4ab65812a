"""Polls as the dialogue page lists them, with the decisions on the reader's buttons."""

from dataclasses import dataclass

from accounts.people.models import User
from core.policy import Decision, can, explain
from reviews.capacities import own_state_of
from reviews.cases.models import Review
from reviews.polls.enums import PollAction, PollStatus
from reviews.polls.models import MeetingPoll, PollAnswer
from reviews.polls.selectors import Poll, polls_of


@dataclass(frozen=True, slots=True)
class PollRow:
    """``answer`` is None where the reader's State is not asked; ``said`` is what it has said."""

    words: Poll
    answer: Decision | None
    said: PollAnswer | None
    may_reconsider: bool
    may_pick: bool
    may_change: bool
    may_withdraw: bool

    @property
    def poll(self) -> MeetingPoll:
        return self.words.poll

    @property
    def is_ready(self) -> bool:
        """Whether it waits for the reader to pick a time."""
        return self.may_pick and self.poll.status == PollStatus.CLOSED


def poll_rows(user: User, review: Review) -> list[PollRow]:
    """For a reader of the shared table; what waits for the reader's State first."""
    rows = [_row(user, review, words) for words in polls_of(review)]
    return sorted(rows, key=lambda row: row.answer is None and not row.is_ready)


def _row(user: User, review: Review, words: Poll) -> PollRow:
    poll, state = words.poll, own_state_of(user, review)
    is_asked = words.waits_for(state) and poll.status == PollStatus.OPEN and not poll.is_over
    said = words.answer_of(state)
    return PollRow(
        words,
        explain(user, PollAction.ANSWER, poll) if is_asked else None,
        said,
        may_reconsider=said is not None and can(user, PollAction.ANSWER, poll),
        may_pick=can(user, PollAction.PICK, poll),
        may_change=can(user, PollAction.CHANGE, poll),
        may_withdraw=can(user, PollAction.WITHDRAW, poll),
    )
