"""Who can be reached, for the directory: focal points by State, and the experts of one's own reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.people.models import User
from accounts.states import name_order
from accounts.states.models import StateParty
from reviews.cases import Capacity, may_see_address, reviews_visible_to
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review


@dataclass(frozen=True, slots=True)
class StateEntry:
    """The focal points of one State, each once in however many reviews; which reviews they are is not told."""

    state: StateParty
    people: Sequence[User]


def focal_points_by_state(text: str, group_slug: str) -> list[StateEntry]:
    """States with focal points by name in the reader's language. ``text``: a part of a State's or a person's name.

    One query: there are hardly more focal points than States.
    """
    rows = (
        Participation.objects.filter(role=ParticipationRole.FOCAL_POINT, ended_at=None, user__is_active=True)
        .select_related("user", "state_party__regional_group")
        .order_by("state_party_id", "user__full_name", "user_id")
        .distinct("state_party_id", "user__full_name", "user_id")
    )
    if group_slug:
        rows = rows.filter(state_party__regional_group__slug=group_slug)
    people: dict[StateParty, list[User]] = {}
    for row in rows:
        if _is_named(text, row.state_party.name, row.state_party.iso3, row.user.full_name):
            people.setdefault(row.state_party, []).append(row.user)
    states = sorted(people, key=name_order)
    return [StateEntry(state, people[state]) for state in states]


def reviews_with_experts(user: User, text: str) -> QuerySet[Review]:
    """The reviews that the reader may know of and in which an expert serves (of that name, or for that State)."""
    experts = Q(participations__role=ParticipationRole.GOVERNMENTAL_EXPERT, participations__ended_at=None)
    if text:
        states = [state.pk for state in StateParty.objects.all() if _is_named(text, state.name, state.iso3)]
        experts &= Q(participations__user__full_name__icontains=text) | Q(participations__state_party__in=states)
    keys = Review.objects.filter(experts).values("pk")
    return (
        reviews_visible_to(user).filter(pk__in=keys).select_related("mechanism", "state_under_review").order_by("code")
    )


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


def _is_named(text: str, name: str, iso3: str, person: str = "") -> bool:
    text = text.strip().casefold()
    return text in name.casefold() or text in person.casefold() or text == iso3.casefold()
