"""The table of permissions on responses. The review part (who takes part as what) is asked of ``reviews``.

``decide_for`` is pure, so that the whole table can be printed and checked (tests/permissions/response_matrix.csv).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission, SectionAssignment
from reviews.cases import SECRETARIAT, Hat, hat_of, secretariat_role
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.programme.enums import StepKind

# What binds a State or grants access asks for a recent sign-in, besides the right (core.policy).
BINDING = frozenset({ResponseAction.CLEAR})
_OPEN = frozenset({ResponseStatus.OPEN})
_NOT_SENT = frozenset({ResponseStatus.OPEN, ResponseStatus.IN_CLEARANCE})
_IN_CLEARANCE = frozenset({ResponseStatus.IN_CLEARANCE})
_WITH_FOCAL_POINT = _("The answers are with the focal point for clearance.")
_AUDITOR = _("An auditor sees who did what, not what was written.")
_SENT = _("The answers have been sent; they can no longer be changed.")


@dataclass(frozen=True, slots=True)
class Rule:
    """``grant`` on the side of the State under review; ``statuses`` in which the action is open (None: in all)."""

    grant: Grant
    who: Reason
    statuses: frozenset[ResponseStatus] | None = None


_DRAFT_RULES: Mapping[ResponseAction, Rule] = {
    ResponseAction.VIEW_DRAFT: Rule(Grant.VIEW, ""),
    ResponseAction.RENDER_DRAFT: Rule(Grant.VIEW, ""),
    ResponseAction.ANSWER: Rule(
        Grant.DRAFT, _("Only the experts and the focal point of the State under review write answers."), _NOT_SENT
    ),
    ResponseAction.ASSIGN: Rule(
        Grant.CLEAR, _("Only the focal point of the State under review sends sections to a ministry."), _NOT_SENT
    ),
    ResponseAction.SUBMIT_FOR_CLEARANCE: Rule(
        Grant.DRAFT, _("Only the experts and the focal point of the State under review submit answers."), _OPEN
    ),
    ResponseAction.RETURN: Rule(
        Grant.CLEAR, _("Only the focal point of the State under review returns answers."), _IN_CLEARANCE
    ),
    ResponseAction.CLEAR: Rule(
        Grant.CLEAR, _("Only the focal point of the State under review clears and sends."), _NOT_SENT
    ),
}
# What a national contributor may do, and only with the sections sent to his or her ministry.
_CONTRIBUTOR_ACTIONS = frozenset({ResponseAction.VIEW_DRAFT, ResponseAction.ANSWER})


@dataclass(frozen=True, slots=True)
class ResponseSection:
    """A target: one section of a response, for actions that a contributor may do in some sections only."""

    response: Response
    section_id: Any


def decide_for(
    action: ResponseAction,
    hat: Hat | None,
    role: SecretariatRole | None,
    status: ResponseStatus,
    is_assigned: bool = False,
) -> Decision:
    """The table for drafts. ``is_assigned``: the section in question (or any, for the whole) was sent to the actor."""
    if hat is None and role is None:
        return INVISIBLE
    if hat is None:
        return refused(_AUDITOR if role not in SECRETARIAT else _("The secretariat sees no unsent draft of a State."))
    if hat.side != Side.UNDER_REVIEW:
        return refused(_("The answers belong to the State under review until its focal point sends them."))
    rule = _DRAFT_RULES[action]
    if hat.has(Grant.CONTRIBUTE):
        if action not in _CONTRIBUTOR_ACTIONS:
            return refused(rule.who or _("A national contributor sees only the sections sent to the ministry."))
        if not is_assigned:
            return refused(_("This section has not been sent to your ministry."))
    elif not hat.has(rule.grant):
        return refused(rule.who)
    if rule.statuses is not None and status not in rule.statuses:
        return refused(_why_closed(action, status))
    if action == ResponseAction.ANSWER and status == ResponseStatus.IN_CLEARANCE and not hat.has(Grant.CLEAR):
        return refused(_WITH_FOCAL_POINT)
    return ALLOWED


def _why_closed(action: ResponseAction, status: ResponseStatus) -> Reason:
    if status == ResponseStatus.SENT:
        return _SENT
    if action == ResponseAction.RETURN:
        return _("The answers have not been submitted for clearance.")
    return _WITH_FOCAL_POINT


def decide_submission_for(hat: Hat | None, role: SecretariatRole | None) -> Decision:
    """The table for what was sent: all who take part but national contributors, and the officers."""
    if role in SECRETARIAT:
        return ALLOWED
    if hat is None or not hat.has(Grant.VIEW):
        return INVISIBLE if role is None else refused(_AUDITOR)
    if hat.has(Grant.CONTRIBUTE):
        return refused(_("A national contributor sees only the sections sent to the ministry."))
    return ALLOWED


def decide_open_for(hat: Hat | None, role: SecretariatRole | None, kind: StepKind, is_open: bool) -> Decision:
    """The table for opening the self-assessment of a review."""
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    if role not in SECRETARIAT:
        return refused(_("Only an officer of the secretariat opens the self-assessment."))
    if is_open or kind not in {StepKind.CONSULTATION, StepKind.QUESTIONNAIRE}:
        return refused(_("The self-assessment of this review has been opened."))
    return ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for ResponseAction; ``target`` is a Review (OPEN), a submission, a Response or a ResponseSection."""
    if action == ResponseAction.VIEW_VERSION:
        return ALLOWED
    role = secretariat_role(actor)
    if isinstance(target, Review):
        is_open = Response.objects.filter(review=target).exists()
        return decide_open_for(hat_of(actor, target), role, StepKind(target.step.kind), is_open)
    if isinstance(target, ResponseSubmission):
        return decide_submission_for(hat_of(actor, target.review), role)
    response = target.response if isinstance(target, ResponseSection) else target
    hat = hat_of(actor, response.review)
    is_assigned = hat is not None and hat.has(Grant.CONTRIBUTE) and _is_assigned(hat, target)
    return decide_for(action, hat, role, ResponseStatus(response.status), is_assigned)


def _is_assigned(hat: Hat, target: Response | ResponseSection) -> bool:
    assignments = SectionAssignment.objects.filter(participation_id=hat.participation_id)
    if isinstance(target, ResponseSection):
        return assignments.filter(response=target.response, section_id=target.section_id).exists()
    return assignments.filter(response=target).exists()


def statuses_open_to(actor: Actor, response: Response) -> frozenset[ResponseStatus]:
    """The statuses in which the actor, who may answer now, may still answer: during clearance only a focal point."""
    hat = hat_of(actor, response.review)
    return _NOT_SENT if hat is not None and hat.has(Grant.CLEAR) else _OPEN


def may_read_whole_draft(actor: Actor, response: Response) -> bool:
    """Whether the actor sees every section, and not only those sent to a ministry."""
    if isinstance(actor, SystemActor):
        return False
    hat = hat_of(actor, response.review)
    return hat is not None and hat.side == Side.UNDER_REVIEW and not hat.has(Grant.CONTRIBUTE)
