"""The table of permissions on private consultations, printed whole in tests/permissions/concern_matrix.csv.

Who is not one of those who take part does not learn that there is one; there is no step at which a concern may not be
spoken about.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, officer, secretariat_role
from core.policy import Predicate, Rule, Table, may
from reviews.capacities import ReviewFacts, capacity_of, drafter, focal_point, own_state_of, sees_review
from reviews.cases.models import Review
from reviews.concerns.enums import ConcernAction
from reviews.concerns.models import Concern


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernFacts(ReviewFacts):
    """``is_party``: the asker's State takes part; ``is_opener``: it has opened the consultation.

    ``is_invited``: the asker is the officer who was invited, in charge still or not.
    """

    is_invited: bool = False
    is_party: bool = False
    is_opener: bool = False


party: Predicate[ConcernFacts] = drafter & Predicate(lambda facts: facts.is_party)
invited: Predicate[ConcernFacts] = officer & Predicate(lambda facts: facts.is_invited)
_opener: Predicate[ConcernFacts] = Predicate(lambda facts: facts.is_opener)

PERMISSIONS: Table[ConcernFacts] = Table(
    ConcernAction,
    sees=party | invited,
    rules={
        ConcernAction.LIST: Rule(
            may(
                drafter | officer,
                else_=_("Only focal points, experts and officers take part in private consultations."),
            ),
            sees=sees_review,
        ),
        ConcernAction.OPEN: Rule(
            may(focal_point, else_=_("Only the focal point of a State opens a private consultation.")),
            sees=sees_review,
        ),
        ConcernAction.WRITE: Rule(),
        ConcernAction.CLOSE: Rule(
            may(
                focal_point & _opener,
                else_=_("Only the focal point of the State that opened the consultation closes it."),
            )
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> ConcernFacts:
    """For ConcernAction; ``target`` is a Review, or a Concern with its ``states``."""
    review = target if isinstance(target, Review) else target.review
    state = own_state_of(actor, review)
    concern = target if isinstance(target, Concern) else None
    return ConcernFacts(
        capacity=capacity_of(actor, review),
        role=secretariat_role(actor),
        is_invited=concern is not None and actor.pk is not None and concern.officer_id == actor.pk,
        is_party=concern is not None and state in {row.state_party_id for row in concern.states.all()},
        is_opener=concern is not None and state == concern.state_party_id,
    )
