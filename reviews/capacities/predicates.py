"""What tables of permissions on things of a review ask: who somebody is in it, and at which step it is."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.people import RoleFacts, in_secretariat, officer
from core.policy import PolicyCondition, Predicate, at, may
from reviews.capacities.capacities import EXCHANGE_KINDS, Capacity
from reviews.cases.enums import Grant, Side
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts(RoleFacts):
    """The asker's capacity in the review, and the kind of the review's step; None where no review is asked about."""

    capacity: Capacity | None = None
    kind: StepKind | None = None


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
