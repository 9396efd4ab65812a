"""Who takes part, and who owes the next act."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.programme.enums import MilestoneKind, StepOwner

# Each State appoints a focal point and designates experts (resolution 10/1, annex I, paragraphs 5 and 6).
# The value is the kind of the milestone that is reached when every State of the review has done so.
EXPECTED_MILESTONES = {
    ParticipationRole.FOCAL_POINT: MilestoneKind.FOCAL_POINTS,
    ParticipationRole.GOVERNMENTAL_EXPERT: MilestoneKind.EXPERTS,
}


def participants_of(review: Review) -> QuerySet[Participation]:
    """Everybody who takes part now, focal points first within each State."""
    return (
        Participation.objects.filter(review=review, ended_at=None)
        .select_related("user", "state_party")
        .order_by("-side", "state_party__iso3", "role", "user__full_name")
    )


def participants_visible_to(user: User, review: Review) -> QuerySet[Participation]:
    """Those whom the reader may know of.

    Whom a State consults at home, and how many, is known to that State alone; a contributor knows of none but himself.
    """
    participants = participants_of(review)
    capacity = capacity_of(user, review)
    if capacity is not None and capacity.side == Side.UNDER_REVIEW and capacity.has(Grant.READ):
        return participants
    return participants.filter(~Q(role=ParticipationRole.NATIONAL_CONTRIBUTOR) | Q(user=user))


def missing_roles(review: Review, states: Iterable[StateParty]) -> list[tuple[StateParty, list[ParticipationRole]]]:
    """For each State that has not named its focal point or any expert: which of the two is missing."""
    present = Participation.objects.filter(review=review, ended_at=None).values_list("state_party_id", "role")
    return roles_missing(set(present), states)


def roles_missing(
    present: Collection[tuple[UUID, str]], states: Iterable[StateParty]
) -> list[tuple[StateParty, list[ParticipationRole]]]:
    """The same from what is known: the keys of States with the roles in which somebody takes part for them."""
    missing = [(state, [role for role in EXPECTED_MILESTONES if (state.pk, role) not in present]) for state in states]
    return [(state, roles) for state, roles in missing if roles]


def get_participation_for(user: User, review: Review, participation_id: str) -> Participation | None:
    """An active participation of a review that the caller has already obtained for ``user``."""
    return participants_of(review).filter(pk=participation_id).first()


def participations_of(user: User) -> QuerySet[Participation]:
    """The user's own active participations."""
    return Participation.objects.filter(user=user, ended_at=None).select_related("review", "state_party")


def sides_owing(owner: str) -> list[Side]:
    """The sides whose States owe something; none where the secretariat does."""
    return {
        StepOwner.SECRETARIAT: [],
        StepOwner.STATE_UNDER_REVIEW: [Side.UNDER_REVIEW],
        StepOwner.REVIEWING_STATES: [Side.REVIEWING],
        StepOwner.ALL: [Side.UNDER_REVIEW, Side.REVIEWING],
    }[StepOwner(owner)]


def debtors_of(review: Review, owner: str) -> list[User]:
    """The people who are reminded of an act that ``owner`` owes: focal points, or the officer in charge."""
    if owner == StepOwner.SECRETARIAT:
        return [review.officer] if review.officer else []
    focal_points = participants_of(review).filter(role=ParticipationRole.FOCAL_POINT, side__in=sides_owing(owner))
    return [participation.user for participation in focal_points]


@dataclass(frozen=True, slots=True)
class Debtors:
    """Of several reviews: the focal points and experts with their sides, by review, and the officers in charge."""

    participants: Mapping[UUID, Sequence[tuple[User, str]]]
    officers: Mapping[UUID, User]

    def of(self, review: Review, owed_by: str) -> dict[UUID, User]:
        """By key, who owes an act: the people of the sides that owe it, and whoever is in charge of the review."""
        people = [user for user, side in self.participants.get(review.pk, ()) if side in sides_owing(owed_by)]
        officer = self.officers.get(review.pk)
        return {user.pk: user for user in [*people, *([officer] if officer else [])]}


def debtors_in(reviews: Iterable[Review]) -> Debtors:
    """One query, where the officers of the reviews have been fetched with them."""
    reviews = list(reviews)
    rows = Participation.objects.filter(
        review__in=[review.pk for review in reviews],
        ended_at=None,
        role__in=EXPECTED_MILESTONES,
        user__is_active=True,
    )
    participants: dict[UUID, list[tuple[User, str]]] = {}
    for row in rows.select_related("user"):
        participants.setdefault(row.review_id, []).append((row.user, row.side))
    return Debtors(participants, {review.pk: review.officer for review in reviews if review.officer})


def focal_points_of(review: Review, side: Side | None = None, *, states: Iterable[Any] | None = None) -> list[User]:
    """Of all States, the one under review first; or of those on one ``side``, or of these ``states`` or their keys."""
    focal_points = participants_of(review).filter(role=ParticipationRole.FOCAL_POINT)
    if side is not None:
        focal_points = focal_points.filter(side=side)
    if states is not None:
        focal_points = focal_points.filter(state_party__in=list(states))
    return [participation.user for participation in focal_points]


def is_focal_point(user: User) -> bool:
    """Whether the person is the focal point of a State in any review now."""
    return Participation.objects.filter(user=user, role=ParticipationRole.FOCAL_POINT, ended_at=None).exists()


def focal_points_among(keys: Iterable[UUID]) -> set[UUID]:
    """Those of these people who are the focal point of a State in some review; one query."""
    rows = Participation.objects.filter(user__in=keys, role=ParticipationRole.FOCAL_POINT, ended_at=None)
    return set(rows.values_list("user", flat=True))
