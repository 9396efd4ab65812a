"""The table of permissions on the legal library of a State, printed whole in tests/permissions/law_matrix.csv.

It is asked about a review: in it, the people of the State under review use the library of that State, at each step.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, in_secretariat, secretariat_role
from core.policy import PolicyCondition, Predicate, Rule, Table, may, unless
from questionnaires.laws.enums import LawAction
from reviews.capacities import ReviewFacts, capacity_of, drafter, focal_point, has, under_review
from reviews.cases.enums import Grant
from reviews.cases.models import Review

_in_the_review: Predicate[ReviewFacts] = Predicate(lambda facts: facts.capacity is not None)
_contributor = has(Grant.CONTRIBUTE)
_OF_ITS_STATE: tuple[PolicyCondition[ReviewFacts], ...] = (
    may(_in_the_review, else_=_("The secretariat does not see the legal library of a State.")),
    may(under_review, else_=_("The legal library belongs to the State under review. You read what its answers cite.")),
)
_WRITES: PolicyCondition[ReviewFacts] = may(
    drafter | _contributor,
    else_=_("Only the experts, the contributors and the focal point of the State under review write in its library."),
)

PERMISSIONS: Table[ReviewFacts] = Table(
    LawAction,
    sees=in_secretariat | _in_the_review,
    rules={
        LawAction.VIEW: Rule(*_OF_ITS_STATE),
        LawAction.WRITE: Rule(*_OF_ITS_STATE, _WRITES),
        LawAction.BRING: Rule(
            *_OF_ITS_STATE,
            _WRITES,
            unless(_contributor, else_=_("A list is brought by the experts and the focal point of the State.")),
        ),
        LawAction.TAKE_OVER: Rule(
            *_OF_ITS_STATE,
            may(
                focal_point,
                else_=_("Only the focal point of the State makes entries of the references in its answers."),
            ),
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Review) -> ReviewFacts:
    """For LawAction; ``target`` is the review in which somebody acts."""
    return ReviewFacts(role=secretariat_role(actor), capacity=capacity_of(actor, target))
