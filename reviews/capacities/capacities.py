"""In what capacity a person acts in a review: the grants of a role, and what a participation gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import context
from core.database.made_once import MadeOnce
from core.policy import INVISIBLE, PolicyRefusedError, SystemActor
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review, ReviewingState
from reviews.programme.enums import StepKind

ROLE_GRANTS: Mapping[tuple[Side, ParticipationRole], frozenset[Grant]] = {
    (Side.UNDER_REVIEW, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT, Grant.CLEAR}),
    (Side.UNDER_REVIEW, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT}),
    (Side.UNDER_REVIEW, ParticipationRole.NATIONAL_CONTRIBUTOR): frozenset({Grant.VIEW, Grant.CONTRIBUTE}),
    (Side.UNDER_REVIEW, ParticipationRole.OBSERVER): frozenset({Grant.VIEW, Grant.READ}),
    (Side.REVIEWING, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT, Grant.CLEAR}),
    (Side.REVIEWING, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT}),
    (Side.REVIEWING, ParticipationRole.OBSERVER): frozenset({Grant.VIEW, Grant.READ}),
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """In what capacity a person acts in one review: role, side, State and grants.

    ``shared_rooms``: where the reviewing States share their room, the keys of all of them. ``state_party`` is there
    where a page may show it.
    """

    participation_id: Any
    role: ParticipationRole
    side: Side
    state_party_id: Any
    grants: frozenset[Grant]
    shared_rooms: frozenset[Any] = frozenset()
    state_party: StateParty | None = field(default=None, compare=False)

    def has(self, grant: Grant) -> bool:
        return grant in self.grants

    @property
    def rooms(self) -> frozenset[Any]:
        """Keys of the States in whose rooms one reads in it; writing there is for the own State alone."""
        return frozenset({self.state_party_id}) | self.shared_rooms if self.has(Grant.READ) else frozenset()


# Under which words they are kept in ``core.context``.
_CAPACITY, STATE_RELATION = "capacity", "relation to a State"
# From the sending of the answers until the review is closed the States exchange views and draft the outputs.
EXCHANGE_KINDS = frozenset({StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.AGREED_TEXT})


def capacity_of(actor: Actor, review: Review) -> Capacity | None:
    """The actor's active participation in the review and what it gives; one query for each person and review."""
    if isinstance(actor, SystemActor):
        return None
    return context.looked_up((_CAPACITY, actor.pk, review.pk), lambda: _fetch_capacity(actor, review))


def takes_part_with(grant: Grant, user: User | UUID) -> Q:
    """Reviews in which the user (or whose key it is) takes part now, in a role that gives the grant."""
    roles = {role for (_side, role), grants in ROLE_GRANTS.items() if grant in grants}
    return Q(participations__user=user, participations__ended_at=None, participations__role__in=roles)


def require_capacity(actor: Actor, review: Review) -> Capacity:
    """The capacity of somebody whom the policy lets act for a State; it has refused everybody else by then."""
    capacity = capacity_of(actor, review)
    if capacity is None:
        raise PolicyRefusedError(INVISIBLE)
    return capacity


def own_state_of(actor: Actor, review: Review) -> Any:
    """The key of the State for which somebody acts in the review; None for the secretariat and the system."""
    capacity = capacity_of(actor, review)
    return capacity.state_party_id if capacity else None


def speaker_of(actor: Actor, review: Review) -> tuple[User | None, Any]:
    """By whom something is done, None for the system; and for which State, as ``own_state_of``."""
    return None if isinstance(actor, SystemActor) else actor, own_state_of(actor, review)


def remember_capacity(actor: Actor, review: Review, capacity: Capacity | None) -> None:
    """Keep for ``capacity_of`` what a query has brought along."""
    context.keep((_CAPACITY, actor.pk, review.pk), capacity)


def remember_capacities(actor: User, reviews: Iterable[Review] = ()) -> None:
    """Look up all of the actor's capacities at once, for a page over many reviews; one query.

    ``reviews`` are others on the page, in which he or she may take no part.
    """
    capacities = {row.review_id: _capacity(row) for row in _participations(actor.pk)}
    for review_id in {*capacities, *(review.pk for review in reviews)}:
        context.keep((_CAPACITY, actor.pk, review_id), capacities.get(review_id))


def known_capacities(actor: Actor) -> list[Capacity]:
    """The capacities of the actor that were asked for until now; on a page under a review, the one of that review."""
    return [capacity for capacity in context.all_kept(_CAPACITY, actor.pk) if capacity is not None]


def forget_capacities(actor: Actor) -> None:
    """Make the next question look up the actor's participations anew (after one changed)."""
    context.forget(_CAPACITY, actor.pk)
    context.forget(STATE_RELATION, actor.pk)


def _fetch_capacity(actor: User, review: Review) -> Capacity | None:
    row = _IN_REVIEW.first(person=actor.pk, review=review.pk)
    return _capacity(row) if row else None


def _participations(person: Any) -> QuerySet[Participation]:
    sharing = ReviewingState.objects.filter(review=OuterRef("review"), review__reviewers_share_room=True)
    return (
        Participation.objects.filter(user=person, ended_at=None)
        .select_related("state_party")
        .annotate(shared=ArraySubquery(sharing.values("state_party")))
    )


_IN_REVIEW: MadeOnce[Participation] = MadeOnce(lambda person, review: _participations(person).filter(review=review))


def _capacity(row: Any) -> Capacity:
    role, side = ParticipationRole(row.role), Side(row.side)
    return Capacity(
        row.pk,
        role,
        side,
        row.state_party_id,
        ROLE_GRANTS[side, role],
        frozenset(row.shared) if side == Side.REVIEWING else frozenset(),
        row.state_party,
    )


def with_state(capacity: Capacity) -> Capacity:
    """The same capacity with its State, fetched where the saving of an answer has left it out."""
    return (
        capacity
        if capacity.state_party
        else replace(capacity, state_party=StateParty.objects.get(pk=capacity.state_party_id))
    )
