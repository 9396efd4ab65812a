"""The table of permissions on reviews: what a role gives, and what an action needs.

Printed whole in tests/permissions/review_matrix.csv.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import SECRETARIAT, Actor, in_secretariat, officer, secretariat_role
from core.policy import PolicyCondition, Predicate, Reason, Rule, Table, at, everybody, may
from reviews.capacities.capacities import Capacity, own_state_of
from reviews.capacities.predicates import (
    IN_EXCHANGE,
    ONLY_READERS,
    ReviewFacts,
    asker_in,
    drafter,
    focal_point,
    of_a_review,
    reader,
    reviewing,
    sees_review,
    takes_part,
    under_review,
)
from reviews.cases.enums import ParticipationRole, ReviewAction
from reviews.cases.models import Participation, TimeChange
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts(ReviewFacts):
    """``is_asker``: asked about a change of time, whether the asker's State has asked for it."""

    is_asker: bool | None = None


asked: Predicate[CaseFacts] = Predicate(lambda facts: facts.is_asker is not False)
did_not_ask: Predicate[CaseFacts] = Predicate(lambda facts: facts.is_asker is not True)
_ONLY_SECRETARIAT = may(officer, else_=_("Only an officer of the secretariat does this."))
_AT_DIALOGUE = at({StepKind.DIALOGUE}, else_=_("The dialogue is concluded while the review is at that step."))
_AT_CONSULTATIONS: PolicyCondition[ReviewFacts] = at(
    {StepKind.CONSULTATION}, else_=_("The consultations of this review have been recorded.")
)
_AT_FEEDBACK: Collection[StepKind] = tuple(StepKind)[: tuple(StepKind).index(StepKind.FEEDBACK) + 1]
_RUNNING: Collection[StepKind] = frozenset(StepKind) - {StepKind.CLOSING}
_NOT_CLOSED: PolicyCondition[ReviewFacts] = at(_RUNNING, else_=_("This review is closed: nobody owes anything."))
_DRAFTING: PolicyCondition[ReviewFacts] = at(_RUNNING, else_=_("This review is closed; nothing is drafted any more."))
_DATES_MOVE: PolicyCondition[ReviewFacts] = at(_RUNNING, else_=_("This review is closed: its dates move no more."))


def _of_time(
    who: Predicate[ReviewFacts], theirs: Predicate[CaseFacts], else_: Reason
) -> tuple[PolicyCondition[CaseFacts], ...]:
    """Whoever asked withdraws, or ends a pause, which any officer may do too; the others answer."""
    return may(who, else_=else_), _DATES_MOVE, may(theirs, else_=else_)


PERMISSIONS: Table[CaseFacts] = Table(
    ReviewAction,
    sees=sees_review,
    rules={
        ReviewAction.LIST: Rule(sees=everybody),
        ReviewAction.OPEN: Rule(
            may(officer, else_=_("Only an officer of the secretariat opens a review.")), sees=everybody
        ),
        ReviewAction.VIEW: Rule(),
        # The address of a calendar gives access to whoever has it; one for all of one's reviews belongs to none.
        ReviewAction.MAKE_FEED: Rule(sees=~of_a_review | sees_review, binds=True),
        ReviewAction.VIEW_PARTICIPANTS: Rule(),
        ReviewAction.WITHDRAW: Rule(
            _ONLY_SECRETARIAT,
            at({StepKind.CONSULTATION}, else_=_("This review has begun; it can no longer be withdrawn.")),
        ),
        ReviewAction.CHANGE_TEAM: Rule(
            _ONLY_SECRETARIAT, at(_RUNNING, else_=_("This review is closed: its reviewing States stay."))
        ),
        ReviewAction.ASK_TO_END: Rule(_ONLY_SECRETARIAT, binds=True),
        ReviewAction.INVITE_CONTRIBUTOR: Rule(
            may(
                focal_point & under_review,
                else_=_("Only the focal point of the State under review invites its contributors."),
            ),
            _DRAFTING,
            binds=True,
        ),
        ReviewAction.READ_HANDOVER: Rule(
            may(drafter, else_=_("Only the focal points and experts of a State read what it has in hand."))
        ),
        # A State opens its own room itself; the secretariat has no part in it (docs/adr/0021).
        ReviewAction.SET_ROOMS: Rule(
            may(
                focal_point & reviewing,
                else_=_("Only the focal point of a reviewing State opens its room to the other reviewing States."),
            ),
            _DRAFTING,
            binds=True,
        ),
        ReviewAction.SET_FEEDBACK_FORM: Rule(
            _ONLY_SECRETARIAT,
            at(_AT_FEEDBACK, else_=_("The written feedback of this review was sent: how it is sent stays.")),
        ),
        ReviewAction.PROPOSE_CONSULTATION: Rule(
            may(
                officer | focal_point,
                else_=_("Only a focal point or the secretariat proposes working languages and dates."),
            ),
            _AT_CONSULTATIONS,
        ),
        ReviewAction.CONFIRM_CONSULTATION: Rule(
            may(focal_point, else_=_("Only a focal point confirms for a State.")), _AT_CONSULTATIONS, binds=True
        ),
        ReviewAction.GO_AHEAD: Rule(_ONLY_SECRETARIAT, _AT_CONSULTATIONS),
        ReviewAction.READ_TABLE: Rule(ONLY_READERS),
        ReviewAction.READ_REASONS: Rule(
            may(
                officer | takes_part,
                else_=_(
                    "What States wrote as reasons and notes is for those who take part and officers of the secretariat."
                ),
            )
        ),
        ReviewAction.READ_RECORD: Rule(
            may(
                in_secretariat | reader,
                else_=_("Only focal points, experts, observers and the secretariat read the record of acts."),
            )
        ),
        ReviewAction.KEEP_SLIPS: Rule(
            may(
                drafter & reviewing,
                else_=_("Only the experts and focal points of the reviewing States keep marks and notes at the desk."),
            ),
            IN_EXCHANGE,
        ),
        ReviewAction.SPLIT_WORK: Rule(
            may(
                drafter & reviewing,
                else_=_("Only the experts and focal points of the reviewing States split the work at the desk."),
            ),
            IN_EXCHANGE,
        ),
        ReviewAction.LEAD_ON_SECTIONS: Rule(
            may(
                focal_point & reviewing,
                else_=_("Only the focal point of a reviewing State says on which sections it leads."),
            ),
            IN_EXCHANGE,
        ),
        ReviewAction.ADD_CLARIFICATION: Rule(
            may(
                drafter & reviewing,
                else_=_("Only the experts and focal points of the reviewing States ask for clarification."),
            ),
            IN_EXCHANGE,
        ),
        # Resolution 10/1, annex I, paragraph 8: experts prepare themselves before any answer is sent.
        ReviewAction.VIEW_PREPARATION: Rule(
            may(
                officer | takes_part,
                else_=_("What helps to prepare the review is for those who take part and officers of the secretariat."),
            )
        ),
        ReviewAction.ASK_ABOUT_LEGAL_SYSTEM: Rule(
            may(
                drafter & reviewing,
                else_=_("Only the experts and focal points of the reviewing States ask about the legal system."),
            ),
            _DRAFTING,
        ),
        ReviewAction.ADD_SUPPLEMENT: Rule(
            may(
                drafter & under_review,
                else_=_(
                    "Only the experts and the focal point of the State under review provide supplementary information."
                ),
            ),
            IN_EXCHANGE,
        ),
        ReviewAction.OFFER: Rule(
            may(
                drafter & under_review,
                else_=_("Only the experts and the focal point of the State under review offer laws and decisions."),
            ),
            _DRAFTING,
        ),
        # It lies before all States at once.
        ReviewAction.LOG_MEETING: Rule(
            may(
                officer | focal_point,
                else_=_("Only focal points and officers of the secretariat record a meeting."),
            ),
            IN_EXCHANGE,
        ),
        ReviewAction.RECORD_PROCESSING: Rule(
            _ONLY_SECRETARIAT,
            at({StepKind.FEEDBACK, StepKind.DIALOGUE}, else_=_("Nothing is being processed at this step.")),
        ),
        ReviewAction.CONCLUDE_DIALOGUE: Rule(
            may(focal_point, else_=_("Only the focal points of the States of the review conclude the dialogue.")),
            _AT_DIALOGUE,
            binds=True,
        ),
        ReviewAction.RECORD_CONCLUSION: Rule(_ONLY_SECRETARIAT, _AT_DIALOGUE),
        ReviewAction.RECORD_CONSULTATIONS: Rule(_ONLY_SECRETARIAT, _AT_CONSULTATIONS),
        ReviewAction.ASK_TIME_CHANGE: Rule(
            may(
                officer | focal_point,
                else_=_("Only a focal point or an officer of the secretariat asks for more time."),
            ),
            _DATES_MOVE,
        ),
        ReviewAction.ANSWER_TIME_CHANGE: Rule(
            *_of_time(focal_point, did_not_ask, _("Only the focal points of the other States of the review answer.")),
            binds=True,
        ),
        ReviewAction.WITHDRAW_TIME_CHANGE: Rule(
            *_of_time(officer | focal_point, asked, _("Only whoever has asked withdraws the request."))
        ),
        ReviewAction.END_PAUSE: Rule(
            *_of_time(
                officer | focal_point,
                asked | officer,
                _("Only whoever has asked for the pause, or an officer of the secretariat, ends it early."),
            )
        ),
        ReviewAction.RECORD_TIME_CHANGE: Rule(_ONLY_SECRETARIAT, _DATES_MOVE),
        # The step plan belongs to the mechanism and not to a review; who takes part in one makes no difference.
        ReviewAction.VIEW_PLANS: Rule(
            may(in_secretariat, else_=_("Only the secretariat sees the versions of the step plan.")), sees=everybody
        ),
        ReviewAction.VIEW_PROGRAMME: Rule(sees=in_secretariat),
        ReviewAction.EDIT_PLAN: Rule(_ONLY_SECRETARIAT, sees=everybody),
        ReviewAction.PUBLISH_PLAN: Rule(_ONLY_SECRETARIAT, sees=everybody, binds=True),
        ReviewAction.MOVE_TO_PLAN: Rule(_ONLY_SECRETARIAT, sees=everybody, binds=True),
        ReviewAction.ASSIGN_OFFICER: Rule(_ONLY_SECRETARIAT, _NOT_CLOSED),
        # Also of a review that is closed: documents go out when it is over.
        ReviewAction.GIVE_SYMBOLS: Rule(_ONLY_SECRETARIAT),
        ReviewAction.ASK_FOR_NOMINATIONS: Rule(_ONLY_SECRETARIAT, _NOT_CLOSED),
        ReviewAction.REMIND: Rule(_ONLY_SECRETARIAT, _NOT_CLOSED),
        ReviewAction.MANAGE_REMINDERS: Rule(
            may(officer | takes_part, else_=_("An auditor gets no reminders.")), _NOT_CLOSED
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> CaseFacts:
    """For ReviewAction; ``target`` is a Review, one of its TimeChanges, or None for what belongs to none."""
    if target is None:
        return CaseFacts(role=secretariat_role(actor))
    review = target.review if isinstance(target, TimeChange) else target
    is_asker = target.asked_for_id == own_state_of(actor, review) if isinstance(target, TimeChange) else None
    return CaseFacts(**asker_in(actor, review), is_asker=is_asker)


def may_see_address(actor: Actor, participation: Participation, capacity: Capacity | None) -> bool:
    """E-mail addresses: those of focal points are known to all who take part (they are made known when appointed:
    resolution 10/1, annex I, paragraph 5); the others to the person's own State and to the secretariat.

    ``capacity`` is the actor's in the same review.
    """
    if secretariat_role(actor) in SECRETARIAT or participation.role == ParticipationRole.FOCAL_POINT:
        return True
    return capacity is not None and capacity.state_party_id == participation.state_party_id
