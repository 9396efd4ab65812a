"""The table of permissions on experts' names, printed whole in tests/permissions/naming_matrix.csv."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, secretariat_role
from core.policy import Predicate, Rule, Table, may
from observations.naming.enums import NamingAction
from reviews.capacities import ReviewFacts, capacity_of, sees_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingFacts(ReviewFacts):
    """Whose name it is follows from the capacity alone."""


expert: Predicate[NamingFacts] = Predicate(
    lambda facts: facts.capacity is not None and facts.capacity.role == ParticipationRole.GOVERNMENTAL_EXPERT
)

PERMISSIONS: Table[NamingFacts] = Table(
    NamingAction,
    sees=sees_review,
    rules={
        NamingAction.ANSWER: Rule(
            may(expert, else_=_("Experts are asked for their own names, and nobody answers for another."))
        )
    },
)


def facts_of(actor: Actor, action: Any, target: Review) -> NamingFacts:
    """For NamingAction; ``target`` is the review."""
    return NamingFacts(
        capacity=capacity_of(actor, target), role=secretariat_role(actor), kind=StepKind(target.step.kind)
    )
