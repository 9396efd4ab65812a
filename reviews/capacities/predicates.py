"""What tables of permissions on things of a review ask: who somebody is in it, and at which step it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, TypeVar

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from accounts.people.enums import SecretariatRole
from core.policy import PolicyCondition, Predicate, at, may
from reviews.capacities.capacities import EXCHANGE_KINDS, Capacity, capacity_of
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts(RoleFacts):
    """The asker's capacity in the review, and the kind of the review's step; None where no review is asked about."""

    capacity: Capacity | None = None
    kind: StepKind | None = None


class Asker(TypedDict):
    """What ``ReviewFacts`` hold of who asks, to be completed by what a feature's table asks besides."""

    role: SecretariatRole | None
    capacity: Capacity | None
    kind: StepKind


def asker_in(actor: Actor, review: Review) -> Asker:
    return {
        "role": secretariat_role(actor),
        "capacity": capacity_of(actor, review),
        "kind": StepKind(review.step.kind),
    }


F = TypeVar("F", bound=ReviewFacts)


def of_own_state(state: Callable[[F], Any]) -> Predicate[F]:
    """Whether something is of the State for which the asker acts; ``state`` gives the key of its State, or None."""
    return Predicate(lambda facts: facts.capacity is not None and facts.capacity.state_party_id == state(facts))


def in_own_rooms(room: Callable[[F], Any]) -> Predicate[F]:
    """Whether something lies in a room in which the asker reads; ``room`` gives its key, None on the table."""
    return Predicate(lambda facts: facts.capacity is not None and room(facts) in facts.capacity.rooms)


def has(grant: Grant) -> Predicate[ReviewFacts]:
    return Predicate(lambda facts: facts.capacity is not None and facts.capacity.has(grant))


def on_side(side: Side) -> Predicate[ReviewFacts]:
    return Predicate(lambda facts: facts.capacity is not None and facts.capacity.side == side)


takes_part = has(Grant.VIEW)
reader = has(Grant.READ)
drafter = has(Grant.DRAFT)
focal_point = has(Grant.CLEAR)
under_review = on_side(Side.UNDER_REVIEW)
reviewing = on_side(Side.REVIEWING)
sees_review = in_secretariat | takes_part

ONLY_READERS: PolicyCondition[ReviewFacts] = may(
    officer | reader,
    else_=_("Only those who take part for a State, and officers of the secretariat, read what the States exchange."),
)
IN_EXCHANGE: PolicyCondition[ReviewFacts] = at(
    EXCHANGE_KINDS, else_=_("This is open once the answers have been sent, until the review is closed.")
)


of_a_review: Predicate[ReviewFacts] = Predicate(lambda facts: facts.kind is not None)
