"""The table of permissions on reviews: what a role gives, and what an action needs.

``decide_for`` is pure, so that the whole table can be printed and checked (tests/permissions/review_matrix.csv);
``decide`` looks up the facts and asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, refused
from reviews.cases.enums import Grant, ParticipationRole, ReviewAction, Side
from reviews.cases.hats import (
    EVERY_SECRETARIAT_ROLE,
    EXCHANGE_KINDS,
    NOT_NOW,
    ONLY_READERS,
    SECRETARIAT,
    Hat,
    hat_of,
    secretariat_role,
)
from reviews.cases.models import Participation, TimeChange
from reviews.programme.enums import StepKind

# What binds a State or grants access asks for a recent sign-in, besides the right (core.policy).
# The address of a calendar gives access to whoever has it.
BINDING = frozenset(
    {
        ReviewAction.SET_ROOMS,
        ReviewAction.ASK_TO_END,
        ReviewAction.INVITE_CONTRIBUTOR,
        ReviewAction.CONFIRM_CONSULTATION,
        ReviewAction.ANSWER_TIME_CHANGE,
        ReviewAction.CONCLUDE_DIALOGUE,
        ReviewAction.PUBLISH_PLAN,
        ReviewAction.MOVE_TO_PLAN,
        ReviewAction.MAKE_FEED,
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """``grant`` lets a participant (of ``side`` only where one is named), ``secretariat`` the named roles.

    ``kinds`` are the steps at which the action is open (None: at every step); ``when`` says why it is closed.
    """

    grant: Grant | None
    secretariat: frozenset[SecretariatRole]
    who: Reason
    kinds: frozenset[StepKind] | None = None
    when: Reason = ""
    side: Side | None = None


_NOBODY: frozenset[SecretariatRole] = frozenset()
_CONSULTED = _("The consultations of this review have been recorded.")
_CLOSED = _("This review is closed: nobody owes anything.")
_ONLY_SECRETARIAT = _("Only an officer of the secretariat does this.")
_RUNNING = frozenset(StepKind) - {StepKind.CLOSING}
_ENDED = _("This review is closed: its dates move no more.")

ACTION_RULES: Mapping[ReviewAction, Rule] = {
    ReviewAction.VIEW: Rule(Grant.VIEW, EVERY_SECRETARIAT_ROLE, _("Only those who take part see a review.")),
    ReviewAction.MAKE_FEED: Rule(Grant.VIEW, EVERY_SECRETARIAT_ROLE, _("Only those who take part see a review.")),
    ReviewAction.VIEW_PARTICIPANTS: Rule(
        Grant.VIEW, EVERY_SECRETARIAT_ROLE, _("Only those who take part see who takes part.")
    ),
    ReviewAction.WITHDRAW: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset({StepKind.CONSULTATION}),
        _("This review has begun; it can no longer be withdrawn."),
    ),
    ReviewAction.ASK_TO_END: Rule(None, SECRETARIAT, _ONLY_SECRETARIAT),
    ReviewAction.INVITE_CONTRIBUTOR: Rule(
        Grant.CLEAR,
        _NOBODY,
        _("Only the focal point of the State under review invites its contributors."),
        _RUNNING,
        _("This review is closed; nothing is drafted any more."),
        Side.UNDER_REVIEW,
    ),
    ReviewAction.READ_HANDOVER: Rule(
        Grant.DRAFT, _NOBODY, _("Only the focal points and experts of a State read what it has in hand.")
    ),
    # A State opens its own room itself; the secretariat has no part in it (docs/adr/0021).
    ReviewAction.SET_ROOMS: Rule(
        Grant.CLEAR,
        _NOBODY,
        _("Only the focal point of a reviewing State opens its room to the other reviewing States."),
        _RUNNING,
        _("This review is closed; nothing is drafted any more."),
        Side.REVIEWING,
    ),
    ReviewAction.PROPOSE_CONSULTATION: Rule(
        Grant.CLEAR,
        SECRETARIAT,
        _("Only a focal point or the secretariat proposes working languages and dates."),
        frozenset({StepKind.CONSULTATION}),
        _CONSULTED,
    ),
    ReviewAction.CONFIRM_CONSULTATION: Rule(
        Grant.CLEAR,
        _NOBODY,
        _("Only a focal point confirms for a State."),
        frozenset({StepKind.CONSULTATION}),
        _CONSULTED,
    ),
    ReviewAction.GO_AHEAD: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset({StepKind.CONSULTATION}),
        _CONSULTED,
    ),
    ReviewAction.READ_TABLE: Rule(Grant.READ, SECRETARIAT, ONLY_READERS),
    ReviewAction.READ_REASONS: Rule(
        Grant.VIEW,
        SECRETARIAT,
        _("What States wrote as reasons and notes is for those who take part and officers of the secretariat."),
    ),
    ReviewAction.READ_RECORD: Rule(
        Grant.READ,
        EVERY_SECRETARIAT_ROLE,
        _("Only focal points, experts, observers and the secretariat read the record of acts."),
    ),
    ReviewAction.ADD_CLARIFICATION: Rule(
        Grant.DRAFT,
        _NOBODY,
        _("Only the experts and focal points of the reviewing States ask for clarification."),
        EXCHANGE_KINDS,
        NOT_NOW,
        Side.REVIEWING,
    ),
    ReviewAction.ADD_SUPPLEMENT: Rule(
        Grant.DRAFT,
        _NOBODY,
        _("Only the experts and the focal point of the State under review provide supplementary information."),
        EXCHANGE_KINDS,
        NOT_NOW,
        Side.UNDER_REVIEW,
    ),
    # It lies before all States at once.
    ReviewAction.LOG_MEETING: Rule(
        Grant.CLEAR,
        SECRETARIAT,
        _("Only focal points and officers of the secretariat record a meeting."),
        EXCHANGE_KINDS,
        NOT_NOW,
    ),
    ReviewAction.RECORD_PROCESSING: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset({StepKind.FEEDBACK, StepKind.DIALOGUE}),
        _("Nothing is being processed at this step."),
    ),
    ReviewAction.CONCLUDE_DIALOGUE: Rule(
        Grant.CLEAR,
        SECRETARIAT,
        _("Only a focal point of a reviewing State or an officer of the secretariat concludes the dialogue."),
        frozenset({StepKind.DIALOGUE}),
        _("The dialogue is concluded while the review is at that step."),
        Side.REVIEWING,
    ),
    ReviewAction.RECORD_CONSULTATIONS: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset({StepKind.CONSULTATION}),
        _CONSULTED,
    ),
    ReviewAction.ASK_TIME_CHANGE: Rule(
        Grant.CLEAR,
        SECRETARIAT,
        _("Only a focal point or an officer of the secretariat asks for more time."),
        _RUNNING,
        _ENDED,
    ),
    ReviewAction.ANSWER_TIME_CHANGE: Rule(
        Grant.CLEAR,
        _NOBODY,
        _("Only the focal points of the other States of the review answer."),
        _RUNNING,
        _ENDED,
    ),
    ReviewAction.WITHDRAW_TIME_CHANGE: Rule(
        Grant.CLEAR, SECRETARIAT, _("Only whoever has asked withdraws the request."), _RUNNING, _ENDED
    ),
    ReviewAction.END_PAUSE: Rule(
        Grant.CLEAR,
        SECRETARIAT,
        _("Only whoever has asked for the pause, or an officer of the secretariat, ends it early."),
        _RUNNING,
        _ENDED,
    ),
    ReviewAction.RECORD_TIME_CHANGE: Rule(None, SECRETARIAT, _ONLY_SECRETARIAT, _RUNNING, _ENDED),
    ReviewAction.ASSIGN_OFFICER: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset(StepKind) - {StepKind.CLOSING},
        _CLOSED,
    ),
    ReviewAction.ASK_FOR_NOMINATIONS: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset(StepKind) - {StepKind.CLOSING},
        _CLOSED,
    ),
    ReviewAction.REMIND: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset(StepKind) - {StepKind.CLOSING},
        _CLOSED,
    ),
    ReviewAction.MANAGE_REMINDERS: Rule(
        Grant.VIEW,
        SECRETARIAT,
        _("An auditor gets no reminders."),
        frozenset(StepKind) - {StepKind.CLOSING},
        _CLOSED,
    ),
}

# The step plan belongs to the mechanism and not to a review; who takes part in one makes no difference.
_PLAN_ACTIONS: Mapping[ReviewAction, tuple[frozenset[SecretariatRole], Reason]] = {
    ReviewAction.VIEW_PLANS: (EVERY_SECRETARIAT_ROLE, _("Only the secretariat sees the versions of the step plan.")),
    ReviewAction.EDIT_PLAN: (SECRETARIAT, _ONLY_SECRETARIAT),
    ReviewAction.PUBLISH_PLAN: (SECRETARIAT, _ONLY_SECRETARIAT),
    ReviewAction.MOVE_TO_PLAN: (SECRETARIAT, _ONLY_SECRETARIAT),
}


def decide_for(action: ReviewAction, hat: Hat | None, role: SecretariatRole | None, kind: StepKind | None) -> Decision:
    """The table itself. ``kind`` is the kind of the review's step, None for actions without a review."""
    if action == ReviewAction.LIST or (action == ReviewAction.MAKE_FEED and kind is None):
        return ALLOWED
    if action == ReviewAction.OPEN:
        return ALLOWED if role in SECRETARIAT else refused(_("Only an officer of the secretariat opens a review."))
    if action in _PLAN_ACTIONS:
        roles, reason = _PLAN_ACTIONS[action]
        return ALLOWED if role in roles else refused(reason)
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    rule = ACTION_RULES[action]
    has_grant = hat is not None and rule.grant is not None and hat.has(rule.grant) and rule.side in {None, hat.side}
    if not has_grant and role not in rule.secretariat:
        return refused(rule.who)
    if rule.kinds is not None and kind not in rule.kinds:
        return refused(rule.when)
    return ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for ReviewAction; ``target`` is a Review, one of its TimeChanges, or None for what belongs to none."""
    role = secretariat_role(actor)
    if target is None:
        return decide_for(action, None, role, None)
    if isinstance(target, TimeChange):
        return _decide_on_time(actor, action, target, role)
    return decide_for(action, hat_of(actor, target), role, StepKind(target.step.kind))


def _decide_on_time(actor: Actor, action: ReviewAction, change: TimeChange, role: SecretariatRole | None) -> Decision:
    """Whoever asked withdraws, or ends a pause, which any officer may do too; the others answer."""
    hat = hat_of(actor, change.review)
    decision = decide_for(action, hat, role, StepKind(change.review.step.kind))
    is_asker = change.asked_for_id == (hat.state_party_id if hat else None)
    is_for_officers = action == ReviewAction.END_PAUSE and role in SECRETARIAT
    is_theirs = {
        ReviewAction.ANSWER_TIME_CHANGE: not is_asker,
        ReviewAction.WITHDRAW_TIME_CHANGE: is_asker,
        ReviewAction.END_PAUSE: is_asker or is_for_officers,
    }.get(action, True)
    return decision if is_theirs or not decision else refused(ACTION_RULES[action].who)


def may_see_address(actor: Actor, participation: Participation, hat: Hat | None) -> bool:
    """E-mail addresses: those of focal points are known to all who take part (they are made known when appointed:
    resolution 10/1, annex I, paragraph 5); the others to the person's own State and to the secretariat.

    ``hat`` is the actor's in the same review.
    """
    if secretariat_role(actor) in SECRETARIAT or participation.role == ParticipationRole.FOCAL_POINT:
        return True
    return hat is not None and hat.state_party_id == participation.state_party_id
