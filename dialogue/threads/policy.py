"""The table of permissions on messages of the dialogue.

A message lies in the room of its State until it is released, by its focal point or, where the State has chosen so, by
one of its experts. Printed whole in tests/permissions/threads_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import context
from core.policy import PolicyCondition, Predicate, Rule, Table, may, unless
from dialogue.threads.enums import ThreadAction
from dialogue.threads.models import DialogueMessage, ReleaseByExperts
from reviews.agreement import absences_in
from reviews.capacities import (
    IN_EXCHANGE,
    ONLY_READERS,
    Capacity,
    ReviewFacts,
    asker_in,
    drafter,
    focal_point,
    in_own_rooms,
    of_own_state,
    reader,
    sees_review,
)
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.visibility import states_taking_part

RELEASES = "messages are released by experts"  # under which word ``core.context`` keeps it


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadFacts(ReviewFacts):
    """What the table needs to know of a message, or of a review in which a thread is begun.

    ``is_on_table``: it is released, or there is none yet. ``is_closed``: its thread is. ``is_opened``: somebody of
    another State has read it; ``is_answered``: others stand below it. ``by_experts``: the reader's State lets its
    experts release. ``is_shared``: the reviewing States read each other's drafts. ``is_left``: the State that wrote it
    takes part no longer, or the others go ahead without it.
    """

    state_party_id: Any = None
    is_on_table: bool = False
    is_closed: bool = False
    is_opened: bool = False
    is_answered: bool = False
    is_shared: bool = False
    is_left: bool = False
    by_experts: bool = False


on_the_table: Predicate[ThreadFacts] = Predicate(lambda facts: facts.is_on_table)
in_own_room: Predicate[ThreadFacts] = in_own_rooms(lambda facts: facts.state_party_id)
of_its_state: Predicate[ThreadFacts] = of_own_state(lambda facts: facts.state_party_id)
left_alone: Predicate[ThreadFacts] = Predicate(lambda facts: facts.is_left)
chosen: Predicate[ThreadFacts] = Predicate(lambda facts: facts.by_experts)
closed: Predicate[ThreadFacts] = Predicate(lambda facts: facts.is_closed)
opened: Predicate[ThreadFacts] = Predicate(lambda facts: facts.is_opened)
answered: Predicate[ThreadFacts] = Predicate(lambda facts: facts.is_answered)
common: Predicate[ThreadFacts] = Predicate(
    lambda facts: facts.is_shared and facts.capacity is not None and facts.capacity.side == Side.REVIEWING
)
_RELEASERS = focal_point | drafter & chosen
_WHO_RELEASES = _(
    "Only the focal point of the State that wrote this does that, or its experts where the State has chosen so."
)
_DRAFT: PolicyCondition[ThreadFacts] = unless(on_the_table, else_=_("This has been released; it no longer changes."))
_RELEASED: PolicyCondition[ThreadFacts] = may(on_the_table, else_=_("This has not been released."))
_OPEN: PolicyCondition[ThreadFacts] = unless(closed, else_=_("This thread is closed; it can be opened again."))

PERMISSIONS: Table[ThreadFacts] = Table(
    ThreadAction,
    sees=sees_review & (on_the_table | in_own_room),
    rules={
        ThreadAction.VIEW: Rule(ONLY_READERS),
        ThreadAction.BEGIN: Rule(
            may(drafter, else_=_("Only the focal points and experts of the States begin a thread.")), IN_EXCHANGE
        ),
        ThreadAction.REPLY: Rule(
            may(drafter, else_=_("Only the focal points and experts of the States write messages.")),
            _RELEASED,
            _OPEN,
            IN_EXCHANGE,
        ),
        ThreadAction.EDIT: Rule(
            may(
                drafter & of_its_state,
                else_=_("Only the focal point and the experts of the State that wrote this change it."),
            ),
            _DRAFT,
            IN_EXCHANGE,
        ),
        ThreadAction.RELEASE: Rule(
            may(_RELEASERS & of_its_state, else_=_WHO_RELEASES), _DRAFT, _OPEN, IN_EXCHANGE, binds=True
        ),
        ThreadAction.RECALL: Rule(
            may(_RELEASERS & of_its_state, else_=_WHO_RELEASES),
            _RELEASED,
            unless(opened, else_=_("Another State has opened this: it can no longer be recalled.")),
            unless(answered, else_=_("Other messages stand below this one: it can no longer be recalled.")),
            unless(common, else_=_("The reviewing States share their rooms: the others would read what is recalled.")),
            IN_EXCHANGE,
            binds=True,
        ),
        ThreadAction.CLOSE: Rule(
            may(
                _RELEASERS & (of_its_state | left_alone),
                else_=_(
                    "Only the focal point of the State that began the thread closes it, or its experts where the State "
                    "has chosen so."
                ),
            ),
            _RELEASED,
            _OPEN,
            IN_EXCHANGE,
        ),
        ThreadAction.REOPEN: Rule(
            may(_RELEASERS, else_=_("Only those who release messages for a State open a thread again.")),
            may(closed, else_=_("This thread is open.")),
            IN_EXCHANGE,
        ),
        # In the own room, which the secretariat and other States have no key to.
        ThreadAction.VIEW_NOTES: Rule(
            may(reader, else_=_("Internal threads are for the focal points, experts and observers of a State."))
        ),
        ThreadAction.NOTE: Rule(
            may(drafter, else_=_("Only the focal points and experts of a State write in its internal threads.")),
            IN_EXCHANGE,
        ),
        ThreadAction.CHOOSE: Rule(
            may(focal_point, else_=_("Only the focal point of a State chooses who releases its messages.")),
            IN_EXCHANGE,
            binds=True,
        ),
    },
)
_BY_RELEASERS = frozenset({ThreadAction.RELEASE, ThreadAction.RECALL, ThreadAction.CLOSE, ThreadAction.REOPEN})


def facts_of(actor: Actor, action: Any, target: Review | DialogueMessage) -> ThreadFacts:
    """For ThreadAction; ``target`` is the review where a thread is begun, or chosen who releases."""
    message = target if isinstance(target, DialogueMessage) else None
    review = target.review if isinstance(target, DialogueMessage) else target
    asker = asker_in(actor, review)
    capacity = asker["capacity"]
    return ThreadFacts(
        **asker,
        state_party_id=message.state_party_id if message else None,
        is_on_table=message is None or message.room_id is None,
        is_closed=message is not None and message.first.closed_at is not None,
        is_opened=message is not None and message.opened_at is not None,
        is_answered=action == ThreadAction.RECALL and message is not None and _is_answered(message),
        is_shared=review.reviewers_share_room,
        is_left=action == ThreadAction.CLOSE and message is not None and _is_left(capacity, message),
        by_experts=action in _BY_RELEASERS and is_released_by_experts(capacity, review),
    )


def _is_answered(message: DialogueMessage) -> bool:
    """Below the first message of a thread alone others stand."""
    return message.thread_id is None and message.replies.exists()


def _is_left(capacity: Capacity | None, first: DialogueMessage) -> bool:
    """Whether nobody of the State that began the thread is there to close it; asked for writers of others alone."""
    state, review = first.state_party_id, first.review
    if capacity is None or not capacity.has(Grant.DRAFT) or capacity.state_party_id == state:
        return False
    if not states_taking_part(review).filter(pk=state).exists():
        return True
    return state in absences_in([review])[review.pk].not_waited_for(timezone.now())


def is_released_by_experts(capacity: Capacity | None, review: Review) -> bool:
    """Whether the reader's State lets its experts release; asked of experts alone, once for each request."""
    if capacity is None or not capacity.has(Grant.DRAFT) or capacity.has(Grant.CLEAR):
        return False
    state = capacity.state_party_id
    standing = ReleaseByExperts.objects.filter(review=review, state_party=state, ended_at=None)
    return bool(context.looked_up((RELEASES, review.pk, state), standing.exists))
