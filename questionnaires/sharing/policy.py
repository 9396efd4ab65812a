"""The table of permissions on opening answers to others, printed whole in tests/permissions/answers_matrix.csv.

The State under review decides on publication, and its focal point acts; all else stays with the States of the review.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import PolicyCondition, Predicate, Rule, Table, may
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sharing.enums import SharingAction
from questionnaires.sharing.models import AnswersShare
from reviews.capacities import ReviewFacts, asker_in, focal_point, reader, sees_review, under_review


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFacts(ReviewFacts):
    """``is_settled``: nobody recalls the answers any more; ``is_shared``: something of them is open to others."""

    is_settled: bool = False
    is_shared: bool = False


settled: Predicate[SharingFacts] = Predicate(lambda facts: facts.is_settled)
shared: Predicate[SharingFacts] = Predicate(lambda facts: facts.is_shared)
_OF_THE_STATE: PolicyCondition[SharingFacts] = may(
    under_review & reader, else_=_("Only the State under review decides who else reads its answers.")
)
_SPEAKS: PolicyCondition[SharingFacts] = may(
    focal_point, else_=_("Only the focal point of the State under review opens its answers to others.")
)

PERMISSIONS: Table[SharingFacts] = Table(
    SharingAction,
    sees=sees_review,
    rules={
        SharingAction.LIST: Rule(_OF_THE_STATE),
        SharingAction.SHARE: Rule(
            _OF_THE_STATE,
            _SPEAKS,
            may(
                settled,
                else_=_("The reviewing States read the answers first: once one has opened them, others may."),
            ),
            binds=True,
        ),
        SharingAction.TAKE_BACK: Rule(
            _OF_THE_STATE, _SPEAKS, may(shared, else_=_("These answers are open to nobody else.")), binds=True
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: ResponseSubmission) -> SharingFacts:
    """For SharingAction; ``target`` is the version of the answers that stands."""
    # What carries something sent beside is not recalled either, and nobody need open it for that.
    is_settled = target.brought_piece_id is not None or target.response.is_opened or target.is_beside
    standing = AnswersShare.objects.filter(review=target.review_id, ended_at=None)
    return SharingFacts(
        **asker_in(actor, target.review),
        is_settled=action == SharingAction.SHARE and is_settled,
        is_shared=action == SharingAction.TAKE_BACK and standing.exists(),
    )
