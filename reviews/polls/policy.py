"""The table of permissions on polls for the time of a meeting: as on meetings to come.

Printed whole in tests/permissions/poll_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, officer
from core.policy import PolicyCondition, Predicate, Rule, Table, may, unless
from reviews.capacities import IN_EXCHANGE, ReviewFacts, asker_in, drafter, of_own_state, sees_review
from reviews.cases.models import Review
from reviews.polls.enums import PollAction, PollStatus
from reviews.polls.models import MeetingPoll


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFacts(ReviewFacts):
    """What the table needs to know of a poll; nothing of it where somebody proposes one.

    ``is_without_meeting``: the one that it is to move was cancelled or held.
    """

    proposed_for: Any = None
    status: PollStatus | None = None
    is_over: bool = False
    is_without_meeting: bool = False


of_the_proposer: Predicate[PollFacts] = of_own_state(lambda facts: facts.proposed_for)
closed: Predicate[PollFacts] = Predicate(lambda facts: facts.status == PollStatus.CLOSED)
ended: Predicate[PollFacts] = Predicate(lambda facts: facts.status is not None and not facts.status.is_running)
over: Predicate[PollFacts] = Predicate(lambda facts: facts.is_over)
without_meeting: Predicate[PollFacts] = Predicate(lambda facts: facts.is_without_meeting)
_ACTS: PolicyCondition[PollFacts] = may(
    officer | drafter & of_the_proposer,
    else_=_("Only the State that asked, or an officer of the secretariat, changes a poll or picks a time."),
)
_NOT_ENDED = unless(ended, else_=_("This poll has ended: a time was picked, or it was withdrawn."))
_NOT_OVER = unless(over, else_=_("All times of this poll have passed."))
_TO_BE_MET = unless(
    without_meeting, else_=_("The meeting that this poll was to move was cancelled or held in the meantime.")
)

PERMISSIONS: Table[PollFacts] = Table(
    PollAction,
    sees=sees_review,
    rules={
        PollAction.PROPOSE: Rule(
            may(
                officer | drafter,
                else_=_("Only experts, focal points and officers of the secretariat ask which times suit."),
            ),
            IN_EXCHANGE,
        ),
        PollAction.ANSWER: Rule(
            may(drafter, else_=_("Only the experts and the focal point of a State answer for it.")),
            _NOT_ENDED,
            _TO_BE_MET,
            unless(closed, else_=_("All States have answered: whoever asked picks a time.")),
            _NOT_OVER,
            IN_EXCHANGE,
        ),
        PollAction.CHANGE: Rule(_ACTS, _NOT_ENDED, _TO_BE_MET, IN_EXCHANGE),
        PollAction.PICK: Rule(_ACTS, _NOT_ENDED, _TO_BE_MET, _NOT_OVER, IN_EXCHANGE),
        PollAction.WITHDRAW: Rule(_ACTS, _NOT_ENDED),
    },
)


def facts_of(actor: Actor, action: Any, target: Review | MeetingPoll) -> PollFacts:
    """For PollAction; to propose, ``target`` is the Review."""
    review = target if isinstance(target, Review) else target.review
    asker = asker_in(actor, review)
    if isinstance(target, Review):
        return PollFacts(**asker)
    return PollFacts(
        **asker,
        proposed_for=target.proposed_for_id,
        status=PollStatus(target.status),
        is_over=target.is_over,
        is_without_meeting=target.is_without_meeting,
    )
