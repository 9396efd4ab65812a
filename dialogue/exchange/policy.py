"""The table of permissions on one piece of the exchange: written feedback, a request for clarification, a supplement.

A piece lies in the room of the State that writes it until that State's focal point sends it to the shared table. Nobody
outside the room learns of it before. Where the reviewing States share their room they read it, and only its State acts.
``decide_for`` is pure (tests/permissions/exchange_matrix.csv).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, refused
from dialogue.exchange.enums import ClarificationStatus, ExchangeAction, FeedbackStatus
from dialogue.exchange.models import ClarificationRequest, SupplementaryInformation, WrittenFeedback
from reviews.cases import EXCHANGE_KINDS, NOT_NOW, ONLY_READERS, SECRETARIAT, Hat, hat_of, secretariat_role
from reviews.cases.enums import Grant, Side
from reviews.programme.enums import StepKind

# What binds a State or grants access asks for a recent sign-in, besides the right (core.policy).
BINDING = frozenset(
    {
        ExchangeAction.CLEAR_FEEDBACK,
        ExchangeAction.SEND_CLARIFICATION,
        ExchangeAction.SEND_ANSWER,
        ExchangeAction.SEND_SUPPLEMENT,
    }
)
_SENT = _("This has been sent; it can no longer be changed.")
_ONLY_ITS_WRITERS = _("Only the experts and the focal point of the State that wrote this change it.")
_ONLY_ITS_FOCAL_POINT = _("Only the focal point of the State that wrote this sends it.")
_FEEDBACK_KINDS = frozenset({StepKind.FEEDBACK})
_FEEDBACK_OVER = _("Written feedback is drafted and sent at its own step.")


@dataclass(frozen=True, slots=True)
class Piece:
    """What the table needs to know: whose it is, whether it lies on the shared table, and its status."""

    state_party_id: Any
    is_on_table: bool
    status: str


@dataclass(frozen=True, slots=True)
class Rule:
    """``is_own``: only for the State that wrote the piece; ``statuses`` in which the action is open."""

    grant: Grant
    side: Side
    who: Reason
    statuses: frozenset[str]
    closed: Reason
    is_own: bool = True
    kinds: frozenset[StepKind] = EXCHANGE_KINDS
    when: Reason = NOT_NOW


_DRAFT = frozenset({"draft"})
_ASKED = frozenset({ClarificationStatus.ASKED})
_ANSWERED_ALREADY = _("This request has been answered or closed.")
_RULES: Mapping[ExchangeAction, Rule] = {
    ExchangeAction.DRAFT_FEEDBACK: Rule(
        Grant.DRAFT, Side.REVIEWING, _ONLY_ITS_WRITERS, _DRAFT, _SENT, kinds=_FEEDBACK_KINDS, when=_FEEDBACK_OVER
    ),
    ExchangeAction.CLEAR_FEEDBACK: Rule(
        Grant.CLEAR, Side.REVIEWING, _ONLY_ITS_FOCAL_POINT, _DRAFT, _SENT, kinds=_FEEDBACK_KINDS, when=_FEEDBACK_OVER
    ),
    ExchangeAction.EDIT_CLARIFICATION: Rule(Grant.DRAFT, Side.REVIEWING, _ONLY_ITS_WRITERS, _DRAFT, _SENT),
    ExchangeAction.SEND_CLARIFICATION: Rule(Grant.CLEAR, Side.REVIEWING, _ONLY_ITS_FOCAL_POINT, _DRAFT, _SENT),
    ExchangeAction.ANSWER_CLARIFICATION: Rule(
        Grant.DRAFT,
        Side.UNDER_REVIEW,
        _("Only the experts and the focal point of the State under review answer."),
        _ASKED,
        _ANSWERED_ALREADY,
        is_own=False,
    ),
    ExchangeAction.SEND_ANSWER: Rule(
        Grant.CLEAR,
        Side.UNDER_REVIEW,
        _("Only the focal point of the State under review sends an answer."),
        _ASKED,
        _ANSWERED_ALREADY,
        is_own=False,
    ),
    ExchangeAction.CLOSE_CLARIFICATION: Rule(
        Grant.CLEAR,
        Side.REVIEWING,
        _("Only the focal point of the State that asked closes the request."),
        frozenset({ClarificationStatus.ASKED, ClarificationStatus.ANSWERED}),
        _("This request is closed, or has not been sent."),
    ),
    ExchangeAction.EDIT_SUPPLEMENT: Rule(Grant.DRAFT, Side.UNDER_REVIEW, _ONLY_ITS_WRITERS, _DRAFT, _SENT),
    ExchangeAction.SEND_SUPPLEMENT: Rule(Grant.CLEAR, Side.UNDER_REVIEW, _ONLY_ITS_FOCAL_POINT, _DRAFT, _SENT),
}


def decide_for(
    action: ExchangeAction, hat: Hat | None, role: SecretariatRole | None, kind: StepKind, piece: Piece
) -> Decision:
    """The table itself. ``kind`` is the kind of the review's step."""
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    if not piece.is_on_table and (hat is None or piece.state_party_id not in hat.rooms):
        return INVISIBLE
    is_own = hat is not None and hat.has(Grant.READ) and hat.state_party_id == piece.state_party_id
    rule = _RULES.get(action)
    if rule is None:  # to read it
        may_read = role in SECRETARIAT or (hat is not None and hat.has(Grant.READ))
        return ALLOWED if may_read else refused(ONLY_READERS)
    if hat is None or hat.side != rule.side or not hat.has(rule.grant) or (rule.is_own and not is_own):
        return refused(rule.who)
    if piece.status not in rule.statuses:
        return refused(rule.closed)
    return ALLOWED if kind in rule.kinds else refused(rule.when)


def decide(actor: Actor, action: Any, target: WrittenFeedback | ClarificationRequest | SupplementaryInformation) -> Any:
    """Answer for ExchangeAction."""
    review = target.review
    return decide_for(
        action, hat_of(actor, review), secretariat_role(actor), StepKind(review.step.kind), piece_of(target)
    )


def piece_of(target: WrittenFeedback | ClarificationRequest | SupplementaryInformation) -> Piece:
    if isinstance(target, SupplementaryInformation):
        status = FeedbackStatus.SENT if target.sent_at else FeedbackStatus.DRAFT
        return Piece(target.review.state_under_review_id, target.room_id is None, status)
    return Piece(target.state_party_id, target.room_id is None, target.status)
