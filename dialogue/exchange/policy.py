"""The table of permissions on one piece of the exchange: feedback, a reply to it, a clarification, a supplement.

A piece lies in the room of the State that writes it until that State's focal point sends it to the shared table. Nobody
outside the room learns of it before. Where the reviewing States share their room they read it, and only its State acts.
Printed whole in tests/permissions/exchange_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from accounts.people.models import User
from core.policy import PolicyCondition, Predicate, Rule, Table, at, during, may, unless
from dialogue.exchange.enums import ClarificationStatus, ExchangeAction, FeedbackStatus
from dialogue.exchange.models import (
    ClarificationRequest,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from reviews.capacities import (
    EXCHANGE_KINDS,
    IN_EXCHANGE,
    ONLY_READERS,
    ReviewFacts,
    asker_in,
    capacity_of,
    drafter,
    focal_point,
    in_own_rooms,
    of_own_state,
    reader,
    reviewing,
    sees_review,
    under_review,
)
from reviews.cases.enums import Grant, Side
from reviews.drafts.models import SentPiece
from reviews.programme.enums import StepKind

Piece = WrittenFeedback | FeedbackReply | ClarificationRequest | SupplementaryInformation


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceFacts(ReviewFacts):
    """What the table needs to know: whose the piece is, whether it lies on the shared table, and its status.

    ``is_open_early``: it waits for no answer, and so is open from the first day. ``is_opened``: somebody of another
    State has read what was sent; ``is_brought_in``: that was elsewhere. ``is_replied_to``: the reply to it was sent.
    ``is_asked``: the reader is asked to read the draft before it is sent. ``is_shared``: the reviewing States read each
    other's drafts. ``is_joint``: the feedback is of all reviewing States; ``has_cleared``: of those the reader's has
    cleared it as it stands.
    """

    state_party_id: Any
    is_on_table: bool
    status: str
    is_open_early: bool = False
    is_opened: bool = False
    is_brought_in: bool = False
    is_replied_to: bool = False
    is_asked: bool = False
    is_shared: bool = False
    is_joint: bool = False
    has_cleared: bool = False


def _is_of_all(facts: PieceFacts) -> bool:
    """Whether the piece is of all reviewing States, one of which is the reader's."""
    capacity = facts.capacity
    return facts.is_joint and capacity is not None and capacity.side == Side.REVIEWING and capacity.has(Grant.READ)


on_the_table: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_on_table)
_of_all = Predicate(_is_of_all)
in_own_room: Predicate[PieceFacts] = _of_all | in_own_rooms(lambda facts: facts.state_party_id)
of_its_state: Predicate[PieceFacts] = _of_all | of_own_state(lambda facts: facts.state_party_id)
opened: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_opened)
brought_in: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_brought_in)
replied_to: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_replied_to)
asked: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_asked)
shared: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_shared and not facts.is_joint)
joint: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_joint)
cleared: Predicate[PieceFacts] = Predicate(lambda facts: facts.has_cleared)
open_early: Predicate[PieceFacts] = Predicate(lambda facts: facts.is_open_early)
_exchanged: Predicate[PieceFacts] = Predicate(lambda facts: facts.kind in EXCHANGE_KINDS)
_running: Predicate[PieceFacts] = Predicate(lambda facts: facts.kind != StepKind.CLOSING)
_CLOSED = _("This review is closed; nothing is drafted any more.")
# What is about answers once they are there; anything else from the first day.
_OPEN: PolicyCondition[PieceFacts] = may(
    _exchanged | open_early & _running,
    else_=lambda facts: _CLOSED if facts.is_open_early else IN_EXCHANGE.else_(facts),
)
_DRAFT = during({FeedbackStatus.DRAFT}, else_=_("This has been sent; it can no longer be changed."))
_ASKED = during({ClarificationStatus.ASKED}, else_=_("This request has been answered or closed."))
_ANSWERED = during({ClarificationStatus.ANSWERED}, else_=_("This request has not been answered yet, or it is closed."))
_AT_FEEDBACK = at({StepKind.FEEDBACK}, else_=_("Written feedback is drafted and sent at its own step."))
_WHO_WRITES = _("Only the experts and the focal point of the State that wrote this change it.")
_WHO_SENDS = _("Only the focal point of the State that wrote this sends it.")
_ITS = reader & of_its_state
_EACH_ITS_OWN: PolicyCondition[PieceFacts] = unless(
    joint, else_=_("Joint feedback is read by each State before it clears it: nobody is asked besides.")
)
_REVIEWER_WRITES: PolicyCondition[PieceFacts] = may(_ITS & reviewing & drafter, else_=_WHO_WRITES)
_REVIEWER_SENDS: PolicyCondition[PieceFacts] = may(_ITS & reviewing & focal_point, else_=_WHO_SENDS)
# Until then both are taken back alike (docs/adr/0075).
_NOT_OPENED: tuple[PolicyCondition[PieceFacts], ...] = (
    during({FeedbackStatus.SENT}, else_=_("This has not been sent.")),
    unless(brought_in, else_=_("This was sent in another place and has been brought in.")),
    unless(opened, else_=_("Another State has opened this: it can no longer be recalled.")),
)
_WHO_RECALLS = _("Only the focal point of the State that sent this recalls it.")
_TO_REPLY_TO: tuple[PolicyCondition[PieceFacts], ...] = (
    during({FeedbackStatus.SENT}, else_=_("A reply is given to feedback that was sent.")),
    unless(replied_to, else_=_("The reply has been sent; it can no longer be changed.")),
    _OPEN,
)

PERMISSIONS: Table[PieceFacts] = Table(
    ExchangeAction,
    sees=sees_review & (on_the_table | in_own_room),
    rules={
        ExchangeAction.VIEW_FEEDBACK: Rule(ONLY_READERS),
        ExchangeAction.VIEW_CLARIFICATION: Rule(ONLY_READERS),
        ExchangeAction.VIEW_SUPPLEMENT: Rule(ONLY_READERS),
        ExchangeAction.DRAFT_FEEDBACK: Rule(_REVIEWER_WRITES, _DRAFT, _AT_FEEDBACK),
        ExchangeAction.CLEAR_FEEDBACK: Rule(
            _REVIEWER_SENDS,
            _DRAFT,
            _AT_FEEDBACK,
            unless(cleared, else_=_("Your State has cleared it as it stands; it is sent once the others have too.")),
            binds=True,
        ),
        ExchangeAction.TAKE_BACK_CLEARANCE: Rule(
            _REVIEWER_SENDS,
            _DRAFT,
            _AT_FEEDBACK,
            may(cleared, else_=_("Your State has not cleared this feedback as it stands.")),
            binds=True,
        ),
        ExchangeAction.ASK_READER: Rule(_REVIEWER_WRITES, _DRAFT, _AT_FEEDBACK, _EACH_ITS_OWN),
        ExchangeAction.READ_AS_SECOND: Rule(
            may(_ITS & reviewing, else_=_("Only a person of the State that wrote this is its second reader.")),
            _DRAFT,
            _AT_FEEDBACK,
            _EACH_ITS_OWN,
            may(asked, else_=_("Nobody has asked you to read this before it is sent.")),
        ),
        ExchangeAction.RECALL_FEEDBACK: Rule(
            may(_ITS & reviewing & focal_point, else_=_WHO_RECALLS),
            *_NOT_OPENED,
            unless(shared, else_=_("The reviewing States share their rooms: the others would read what is recalled.")),
            at(
                {StepKind.FEEDBACK, StepKind.DIALOGUE},
                else_=_("The review has moved on: the feedback can no longer be recalled."),
            ),
            binds=True,
        ),
        ExchangeAction.VIEW_REPLY: Rule(ONLY_READERS),
        ExchangeAction.DRAFT_REPLY: Rule(
            may(
                under_review & drafter,
                else_=_("Only the experts and the focal point of the State under review reply to feedback."),
            ),
            *_TO_REPLY_TO,
        ),
        ExchangeAction.SEND_REPLY: Rule(
            may(
                under_review & focal_point,
                else_=_("Only the focal point of the State under review sends a reply to feedback."),
            ),
            *_TO_REPLY_TO,
            binds=True,
        ),
        ExchangeAction.RECALL_REPLY: Rule(
            may(under_review & focal_point, else_=_WHO_RECALLS), *_NOT_OPENED, _OPEN, binds=True
        ),
        ExchangeAction.EDIT_CLARIFICATION: Rule(_REVIEWER_WRITES, _DRAFT, _OPEN),
        ExchangeAction.SEND_CLARIFICATION: Rule(_REVIEWER_SENDS, _DRAFT, _OPEN, binds=True),
        ExchangeAction.ANSWER_CLARIFICATION: Rule(
            may(
                under_review & drafter,
                else_=_("Only the experts and the focal point of the State under review answer."),
            ),
            _ASKED,
            _OPEN,
        ),
        ExchangeAction.SEND_ANSWER: Rule(
            may(
                under_review & focal_point,
                else_=_("Only the focal point of the State under review sends an answer."),
            ),
            _ASKED,
            _OPEN,
            binds=True,
        ),
        ExchangeAction.CLOSE_CLARIFICATION: Rule(
            may(
                _ITS & reviewing & focal_point,
                else_=_("Only the focal point of the State that asked closes the request."),
            ),
            during(
                {ClarificationStatus.ASKED, ClarificationStatus.ANSWERED},
                else_=_("This request is closed, or has not been sent."),
            ),
            _OPEN,
        ),
        ExchangeAction.ASK_FURTHER: Rule(_REVIEWER_WRITES, _ANSWERED, _OPEN),
        ExchangeAction.EDIT_SUPPLEMENT: Rule(may(_ITS & under_review & drafter, else_=_WHO_WRITES), _DRAFT, _OPEN),
        ExchangeAction.SEND_SUPPLEMENT: Rule(
            may(_ITS & under_review & focal_point, else_=_WHO_SENDS), _DRAFT, _OPEN, binds=True
        ),
    },
)


_ABOUT_CLEARANCE = frozenset({ExchangeAction.CLEAR_FEEDBACK, ExchangeAction.TAKE_BACK_CLEARANCE})
_ABOUT_REPLY = frozenset({ExchangeAction.DRAFT_REPLY, ExchangeAction.SEND_REPLY})


def facts_of(actor: Actor, action: Any, target: Piece) -> PieceFacts:
    """For ExchangeAction; of a reply that may not be there yet (``_ABOUT_REPLY``) the feedback is asked."""
    review, state, status = target.review, target.review.state_under_review_id, ""
    if isinstance(target, SupplementaryInformation | FeedbackReply):
        status = FeedbackStatus.SENT if target.sent_at else FeedbackStatus.DRAFT
    else:
        state, status = target.state_party_id, target.status
    return PieceFacts(
        **asker_in(actor, review),
        state_party_id=state,
        is_on_table=target.room_id is None,
        status=status,
        is_open_early=not isinstance(target, SentPiece) and target.is_open_early,
        is_opened=isinstance(target, SentPiece) and target.opened_at is not None,
        is_brought_in=isinstance(target, WrittenFeedback) and target.brought_piece_id is not None,
        is_asked=isinstance(target, WrittenFeedback) and _is_asked(target, actor),
        is_shared=review.reviewers_share_room,
        is_joint=isinstance(target, WrittenFeedback) and target.is_joint,
        has_cleared=action in _ABOUT_CLEARANCE and _has_cleared(target, actor),
        is_replied_to=action in _ABOUT_REPLY and _is_replied_to(target),
    )


def _is_asked(feedback: WrittenFeedback, actor: Actor) -> bool:
    asked_for = feedback.second_reader_id
    return asked_for is not None and isinstance(actor, User) and asked_for == actor.pk


def _has_cleared(feedback: Piece, actor: Actor) -> bool:
    if not isinstance(feedback, WrittenFeedback) or not feedback.is_joint:
        return False
    capacity = capacity_of(actor, feedback.review)
    standing = feedback.joint_clearances.filter(undone_at=None, number=feedback.next_number)
    return capacity is not None and standing.filter(state_party=capacity.state_party_id).exists()


def _is_replied_to(feedback: Piece) -> bool:
    return FeedbackReply.objects.filter(feedback_id=feedback.pk).exclude(sent_at=None).exists()
