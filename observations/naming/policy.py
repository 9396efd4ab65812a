"""The table of permissions on experts' names, printed whole in tests/permissions/naming_matrix.csv."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import Predicate, Rule, SystemActor, Table, may
from observations.naming.enums import NamingAction
from reviews.capacities import Capacity, ReviewFacts, asker_in, sees_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingFacts(ReviewFacts):
    """``is_expert``: whether the asker is an expert of the review or was one, whom what was agreed then names."""

    is_expert: bool = False


expert: Predicate[NamingFacts] = Predicate(lambda facts: facts.is_expert)

PERMISSIONS: Table[NamingFacts] = Table(
    NamingAction,
    sees=sees_review,
    rules={
        NamingAction.ANSWER: Rule(
            may(expert, else_=_("Experts are asked for their own names, and nobody answers for another.")),
            sees=sees_review | expert,
        )
    },
)


def facts_of(actor: Actor, action: Any, target: Review) -> NamingFacts:
    """For NamingAction; ``target`` is the review."""
    asker = asker_in(actor, target)
    return NamingFacts(**asker, is_expert=_is_expert(asker["capacity"]) or _was_expert(actor, target))


def _is_expert(capacity: Capacity | None) -> bool:
    return capacity is not None and capacity.role == ParticipationRole.GOVERNMENTAL_EXPERT


def _was_expert(actor: Actor, review: Review) -> bool:
    if isinstance(actor, SystemActor):
        return False
    rows = Participation.objects.filter(review=review, user=actor, role=ParticipationRole.GOVERNMENTAL_EXPERT)
    return rows.exists()
