"""The table of permissions on meetings of the experts to come.

All who take part for a State may know of them; experts and focal points invite and answer.
Printed whole in tests/permissions/meeting_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, officer
from core.policy import PolicyCondition, Predicate, Rule, Table, may, unless
from reviews.capacities import IN_EXCHANGE, ONLY_READERS, ReviewFacts, asker_in, drafter, of_own_state, sees_review
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.models import PlannedMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts(ReviewFacts):
    """What the table needs to know of a meeting; nothing of it where somebody invites.

    ``was_agreed``: all States have said yes to the time that stands.
    """

    invited_for: Any = None
    status: MeetingStatus | None = None
    was_agreed: bool = False
    is_over: bool = False
    is_recorded: bool = False


of_the_inviter: Predicate[MeetingFacts] = of_own_state(lambda facts: facts.invited_for)
cancelled: Predicate[MeetingFacts] = Predicate(lambda facts: facts.status == MeetingStatus.CANCELLED)
recorded: Predicate[MeetingFacts] = Predicate(lambda facts: facts.is_recorded)
agreed: Predicate[MeetingFacts] = Predicate(lambda facts: facts.status == MeetingStatus.AGREED)
over: Predicate[MeetingFacts] = Predicate(lambda facts: facts.is_over)
was_agreed: Predicate[MeetingFacts] = Predicate(lambda facts: facts.was_agreed)
_CHANGES: PolicyCondition[MeetingFacts] = may(
    officer | drafter & of_the_inviter,
    else_=_("Only the State that invited, or an officer of the secretariat, changes or cancels a meeting."),
)
_NOT_CANCELLED = unless(cancelled, else_=_("This meeting was cancelled."))
_NOT_HELD = unless(recorded, else_=_("This meeting was held and recorded."))

PERMISSIONS: Table[MeetingFacts] = Table(
    MeetingAction,
    sees=sees_review,
    rules={
        MeetingAction.INVITE: Rule(
            may(
                officer | drafter,
                else_=_("Only experts, focal points and officers of the secretariat invite to a meeting."),
            ),
            IN_EXCHANGE,
        ),
        MeetingAction.ANSWER: Rule(
            may(drafter, else_=_("Only the experts and the focal point of a State answer for it.")),
            _NOT_CANCELLED,
            _NOT_HELD,
            unless(agreed, else_=_("All States have said yes: this meeting is agreed.")),
            unless(over, else_=_("The time of this meeting has passed.")),
            IN_EXCHANGE,
        ),
        MeetingAction.CHANGE: Rule(_CHANGES, _NOT_CANCELLED, _NOT_HELD, IN_EXCHANGE),
        MeetingAction.CANCEL: Rule(_CHANGES, _NOT_CANCELLED, _NOT_HELD),
        MeetingAction.DOWNLOAD: Rule(
            ONLY_READERS,
            may(was_agreed, else_=_("There is an entry for the calendar once all States have said yes.")),
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Review | PlannedMeeting) -> MeetingFacts:
    """For MeetingAction; to invite, ``target`` is the Review."""
    review = target if isinstance(target, Review) else target.review
    asker = asker_in(actor, review)
    if isinstance(target, Review):
        return MeetingFacts(**asker)
    return MeetingFacts(
        **asker,
        invited_for=target.invited_for_id,
        status=MeetingStatus(target.status),
        was_agreed=target.agreed_at is not None,
        is_over=target.is_over,
        is_recorded=target.record_id is not None,
    )
