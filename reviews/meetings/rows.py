"""Meetings to come as the dialogue page lists them, with the decisions on the reader's buttons."""

from dataclasses import dataclass

from accounts.people.models import User
from core.policy import Decision, can, explain
from reviews.capacities import own_state_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.models import MeetingAnswer, PlannedMeeting
from reviews.meetings.selectors import Invitation, meetings_to_come


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """``answer`` is None where the reader's State is not asked; ``said`` is what it has said.

    ``may_reconsider``: it has answered, not by inviting, and may still say otherwise.
    """

    invitation: Invitation
    answer: Decision | None
    said: MeetingAnswer | None
    may_reconsider: bool
    may_change: bool
    may_cancel: bool
    may_download: bool
    may_record: bool

    @property
    def meeting(self) -> PlannedMeeting:
        return self.invitation.meeting

    @property
    def key(self) -> str:
        return str(self.meeting.pk)


def planned_rows(user: User, review: Review) -> list[PlannedRow]:
    """For a reader of the shared table; what waits for the reader's State first."""
    rows = [_row(user, review, invitation) for invitation in meetings_to_come(review)]
    return sorted(rows, key=lambda row: row.answer is None)


def _row(user: User, review: Review, invitation: Invitation) -> PlannedRow:
    meeting, state = invitation.meeting, own_state_of(user, review)
    is_asked = invitation.waits_for(state) and meeting.is_open and not meeting.is_over
    said = invitation.answer_of(state)
    may_answer = can(user, MeetingAction.ANSWER, meeting)
    return PlannedRow(
        invitation,
        explain(user, MeetingAction.ANSWER, meeting) if is_asked else None,
        said,
        may_reconsider=may_answer and said is not None and meeting.invited_for_id != state,
        may_change=can(user, MeetingAction.CHANGE, meeting),
        may_cancel=can(user, MeetingAction.CANCEL, meeting),
        may_download=can(user, MeetingAction.DOWNLOAD, meeting),
        may_record=(
            meeting.status == MeetingStatus.AGREED and meeting.is_over and can(user, ReviewAction.LOG_MEETING, review)
        ),
    )
