"""Who can be reached, for the directory: focal points by State, and the experts of one's own reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.people.models import User
from accounts.states import name_order, states_named
from accounts.states.models import StateParty
from reviews.capacities import Capacity, may_see_address
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.visibility import reviews_visible_to


@dataclass(frozen=True, slots=True)
class StateEntry:
    """The focal points of one State, each once in however many reviews; which reviews they are is not told."""

    state: StateParty
    people: Sequence[User]


def focal_points() -> QuerySet[Participation]:
    """Each person once for each State, by name."""
    return (
        Participation.objects.filter(role=ParticipationRole.FOCAL_POINT, ended_at=None, user__is_active=True)
        .select_related("user", "state_party__regional_group")
        .order_by("state_party_id", "user__full_name", "user_id")
        .distinct("state_party_id", "user__full_name", "user_id")
    )


def participations_named(rows: QuerySet[Participation], text: str) -> QuerySet[Participation]:
    """Those of a person whose name contains the text, or for a State that is called so."""
    return rows.filter(Q(user__full_name__icontains=text) | Q(state_party__in=states_named(text).values("pk")))


def people_by_state(rows: QuerySet[Participation]) -> list[StateEntry]:
    """The States of ``focal_points`` by name in the reader's language. One query: there are hardly more than States."""
    people: dict[StateParty, list[User]] = {}
    for row in rows:
        people.setdefault(row.state_party, []).append(row.user)
    return [StateEntry(state, people[state]) for state in sorted(people, key=name_order)]


def reviews_with_experts(user: User) -> QuerySet[Review]:
    """The reviews that the reader may know of and in which an expert serves."""
    reviews = reviews_visible_to(user).filter(pk__in=_experts().values("review"))
    return reviews.select_related("mechanism", "state_under_review").order_by("code")


def with_expert_named(reviews: QuerySet[Review], text: str) -> QuerySet[Review]:
    """Those in which an expert of that name serves, or one for that State."""
    return reviews.filter(pk__in=participations_named(_experts(), text).values("review"))


def _experts() -> QuerySet[Participation]:
    return Participation.objects.filter(role=ParticipationRole.GOVERNMENTAL_EXPERT, ended_at=None)


def experts_of(user: User, reviews: Sequence[Review]) -> list[tuple[Review, list[dict[str, Any]]]]:
    """Each review with its experts, and whether the reader sees how to reach them; two queries however many."""
    rows = Participation.objects.filter(ended_at=None).select_related("state_party", "user")
    experts = rows.filter(role=ParticipationRole.GOVERNMENTAL_EXPERT, review__in=reviews, user__is_active=True)
    experts = experts.order_by(F("side").desc(), "state_party__iso3", "user__full_name")
    own = {row.review_id: _capacity(row) for row in rows.filter(user=user, review__in=reviews)}
    found: dict[Any, list[dict[str, Any]]] = {review.pk: [] for review in reviews}
    for row in experts:
        shows = may_see_address(user, row, own.get(row.review_id))
        found[row.review_id].append({"participation": row, "shows_address": shows})
    return [(review, found[review.pk]) for review in reviews]


def _capacity(row: Participation) -> Capacity:
    """As much of the capacity as the rule on addresses reads."""
    return Capacity(row.pk, ParticipationRole(row.role), row.side, row.state_party_id, frozenset(), row.state_party)  # type: ignore[arg-type]
