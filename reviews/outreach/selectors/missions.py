"""What the page behind a link shows of its State: reviews that wait for a focal point, and their dates; no person."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.states.models import StateParty
from core.database.identity import at_the_door
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.participation import EXPECTED_MILESTONES
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True)
class UnnamedReview:
    """A review in which the State has no focal point; ``due_on``: by when the plan expects one."""

    review: Review
    side: Side
    due_on: dt.date | None


def waiting_reviews(mechanism: str, state: StateParty) -> list[UnnamedReview]:
    """Those of one State, looked for at the door; nothing but what is no secret to that State: code, side, dates."""
    with at_the_door():
        takes_part = Q(state_under_review=state) | Q(reviewing_states__state_party=state)
        focal = Participation.objects.filter(
            review=OuterRef("pk"), state_party=state, role=ParticipationRole.FOCAL_POINT, ended_at=None
        )
        rows = Review.objects.filter(takes_part, mechanism__slug=mechanism).exclude(step__kind=StepKind.CLOSING)
        reviews = list(rows.exclude(Exists(focal)).select_related("state_under_review", "mechanism").distinct())
        kind = EXPECTED_MILESTONES[ParticipationRole.FOCAL_POINT]
        milestones = ReviewMilestone.objects.filter(review__in=reviews, plan__kind=kind)
        due = dict(milestones.values_list("review", "due_on"))
    found = [
        UnnamedReview(
            review,
            Side.UNDER_REVIEW if review.state_under_review_id == state.pk else Side.REVIEWING,
            due.get(review.pk),
        )
        for review in reviews
    ]
    return sorted(found, key=lambda each: (each.side != Side.UNDER_REVIEW, each.review.starts_on, each.review.code))
