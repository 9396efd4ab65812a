"""The table of permissions on meetings of the experts to come.

All who take part for a State may know of them; experts and focal points invite and answer.
``decide_for`` is pure (tests/permissions/meeting_matrix.csv).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, refused
from reviews.cases import EXCHANGE_KINDS, NOT_NOW, ONLY_READERS, SECRETARIAT, Hat, hat_of, secretariat_role
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.models import PlannedMeeting
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table needs to know of a meeting. ``was_agreed``: all States have said yes to the time that stands."""

    invited_for: Any
    status: MeetingStatus
    was_agreed: bool = False
    is_over: bool = False
    is_recorded: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """``of_inviter``: only for the State that invited. ``secretariat``: officers as well."""

    who: Reason
    secretariat: bool
    of_inviter: bool = False
    kinds: frozenset[StepKind] | None = EXCHANGE_KINDS


_ONLY_INVITER = _("Only the State that invited, or an officer of the secretariat, changes or cancels a meeting.")
_RULES: Mapping[MeetingAction, Rule] = {
    MeetingAction.INVITE: Rule(
        _("Only experts, focal points and officers of the secretariat invite to a meeting."), secretariat=True
    ),
    MeetingAction.ANSWER: Rule(_("Only the experts and the focal point of a State answer for it."), secretariat=False),
    MeetingAction.CHANGE: Rule(_ONLY_INVITER, secretariat=True, of_inviter=True),
    MeetingAction.CANCEL: Rule(_ONLY_INVITER, secretariat=True, of_inviter=True, kinds=None),
}
_CANCELLED = _("This meeting was cancelled.")
_RECORDED = _("This meeting was held and recorded.")
_AGREED = _("All States have said yes: this meeting is agreed.")
_OVER = _("The time of this meeting has passed.")
_NOT_AGREED_YET = _("There is an entry for the calendar once all States have said yes.")


def decide_for(
    action: MeetingAction, hat: Hat | None, role: SecretariatRole | None, kind: StepKind, standing: Standing | None
) -> Decision:
    """The table itself. ``kind`` is the kind of the review's step; ``standing`` is None to invite."""
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    if action == MeetingAction.DOWNLOAD:
        return _decide_download(hat, role, standing)
    rule = _RULES[action]
    is_officer = rule.secretariat and role in SECRETARIAT
    is_drafter = hat is not None and hat.has(Grant.DRAFT)
    is_inviter = standing is not None and hat is not None and standing.invited_for == hat.state_party_id
    if not is_officer and not (is_drafter and (is_inviter or not rule.of_inviter)):
        return refused(rule.who)
    if standing is not None and (closed := _closed(action, standing)):
        return refused(closed)
    return ALLOWED if rule.kinds is None or kind in rule.kinds else refused(NOT_NOW)


def _closed(action: MeetingAction, standing: Standing) -> Reason:
    """Why the meeting is closed to the action; empty where it is not."""
    if standing.status == MeetingStatus.CANCELLED:
        return _CANCELLED
    if standing.is_recorded:
        return _RECORDED
    if action != MeetingAction.ANSWER:
        return ""
    if standing.status == MeetingStatus.AGREED:
        return _AGREED
    return _OVER if standing.is_over else ""


def _decide_download(hat: Hat | None, role: SecretariatRole | None, standing: Standing | None) -> Decision:
    if role not in SECRETARIAT and not (hat is not None and hat.has(Grant.READ)):
        return refused(ONLY_READERS)
    return ALLOWED if standing is not None and standing.was_agreed else refused(_NOT_AGREED_YET)


def decide(actor: Actor, action: Any, target: Review | PlannedMeeting) -> Decision:
    """Answer for MeetingAction; to invite, ``target`` is the Review."""
    review = target if isinstance(target, Review) else target.review
    standing = None if isinstance(target, Review) else standing_of(target)
    return decide_for(action, hat_of(actor, review), secretariat_role(actor), StepKind(review.step.kind), standing)


def standing_of(meeting: PlannedMeeting) -> Standing:
    return Standing(
        meeting.invited_for_id,
        MeetingStatus(meeting.status),
        was_agreed=meeting.agreed_at is not None,
        is_over=meeting.is_over,
        is_recorded=meeting.record_id is not None,
    )
