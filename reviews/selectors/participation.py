"""Who takes part, and who owes the next act."""

from django.db.models import QuerySet

from accounts.models import User
from reviews.enums import ParticipationRole, Side, StepOwner
from reviews.models import Participation, Review


def participants_of(review: Review) -> QuerySet[Participation]:
    """Everybody who takes part now, focal points first within each State."""
    return (
        Participation.objects.filter(review=review, ended_at=None)
        .select_related("user", "state_party")
        .order_by("-side", "state_party__iso3", "role", "user__full_name")
    )


def get_participation_for(user: User, review: Review, participation_id: str) -> Participation | None:
    """An active participation of a review that the caller has already obtained for ``user``."""
    return participants_of(review).filter(pk=participation_id).first()


def participations_of(user: User) -> QuerySet[Participation]:
    """The user's own active participations."""
    return Participation.objects.filter(user=user, ended_at=None).select_related("review", "state_party")


def debtors_of(review: Review, owner: str) -> list[User]:
    """The people who are reminded of an act that ``owner`` owes: focal points, or the officer in charge."""
    if owner == StepOwner.SECRETARIAT:
        return [review.officer] if review.officer else []
    sides = {
        StepOwner.STATE_UNDER_REVIEW: [Side.UNDER_REVIEW],
        StepOwner.REVIEWING_STATES: [Side.REVIEWING],
        StepOwner.ALL: [Side.UNDER_REVIEW, Side.REVIEWING],
    }[StepOwner(owner)]
    focal_points = participants_of(review).filter(role=ParticipationRole.FOCAL_POINT, side__in=sides)
    return [participation.user for participation in focal_points]


def focal_points_of(review: Review, side: Side) -> list[User]:
    focal_points = participants_of(review).filter(role=ParticipationRole.FOCAL_POINT, side=side)
    return [participation.user for participation in focal_points]
