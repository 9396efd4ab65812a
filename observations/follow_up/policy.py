"""The table of permissions on the follow-up of a review, printed whole in tests/permissions/follow_up_matrix.csv.

What was agreed is the State's to follow up: the mechanism does not supervise (P&R, principles). The State alone reads
its items, until its focal point shares one.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import PolicyCondition, Predicate, Rule, Table, at, may
from observations.follow_up.enums import FollowUpAction
from observations.follow_up.models import FollowUp, FollowUpShare
from observations.texts.models import Observation
from reviews.capacities import (
    ONLY_READERS,
    ReviewFacts,
    asker_in,
    drafter,
    focal_point,
    reader,
    sees_review,
    under_review,
)
from reviews.cases.models import Review
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpFacts(ReviewFacts):
    """``is_recorded``: the State has recorded something about the item; ``is_shared``: others read of it."""

    is_recorded: bool = False
    is_shared: bool = False


recorded: Predicate[FollowUpFacts] = Predicate(lambda facts: facts.is_recorded)
shared: Predicate[FollowUpFacts] = Predicate(lambda facts: facts.is_shared)
AFTER_AGREEMENT = frozenset({StepKind.AGREED_TEXT, StepKind.CLOSING})
_AFTERWARDS = at(AFTER_AGREEMENT, else_=_("Follow-up begins with the first list of observations that is agreed."))
_OF_THE_STATE: PolicyCondition[FollowUpFacts] = may(
    under_review & reader,
    else_=_("Follow-up belongs to the State under review. Others read what it shares."),
)
_SPEAKS: PolicyCondition[FollowUpFacts] = may(
    focal_point, else_=_("Only the focal point of the State under review decides who reads an item.")
)

PERMISSIONS: Table[FollowUpFacts] = Table(
    FollowUpAction,
    sees=sees_review,
    rules={
        FollowUpAction.LIST: Rule(ONLY_READERS, _AFTERWARDS),
        FollowUpAction.READ: Rule(_OF_THE_STATE, _AFTERWARDS),
        FollowUpAction.RECORD: Rule(
            _OF_THE_STATE,
            may(drafter, else_=_("Only experts and the focal point of the State under review record its follow-up.")),
            _AFTERWARDS,
        ),
        FollowUpAction.SHARE: Rule(
            _OF_THE_STATE,
            _SPEAKS,
            _AFTERWARDS,
            may(recorded, else_=_("Nothing is recorded yet that could be shared.")),
            binds=True,
        ),
        FollowUpAction.TAKE_BACK: Rule(
            _OF_THE_STATE, _SPEAKS, _AFTERWARDS, may(shared, else_=_("This item is not shared.")), binds=True
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Review | Observation) -> FollowUpFacts:
    """For FollowUpAction; ``target`` is the review, or an observation of one of its agreed lists."""
    review = target if isinstance(target, Review) else target.review
    row = FollowUp.objects.filter(observation=target.pk) if action == FollowUpAction.SHARE else None
    standing = FollowUpShare.objects.filter(follow_up__observation=target.pk, ended_at=None)
    return FollowUpFacts(
        **asker_in(actor, review),
        is_recorded=row is not None and row.exists(),
        is_shared=action == FollowUpAction.TAKE_BACK and standing.exists(),
    )
