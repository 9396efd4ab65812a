"""Whom a note may mention."""

from collections.abc import Collection, Iterable

from accounts.people.models import User
from reviews.capacities import own_state_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.participation import participants_of


def people_by_name(rows: Iterable[Participation], *, but: User) -> list[User]:
    """Those who take part by these ``rows``, without whoever asks: nobody mentions oneself."""
    people = {row.user_id: row.user for row in rows if row.user_id != but.pk}
    return sorted(people.values(), key=lambda each: each.full_name)


def colleagues_of(user: User, review: Review, roles: Collection[ParticipationRole]) -> list[User]:
    """The others of the user's own State in these roles, by name; nobody where he or she acts for none."""
    state = own_state_of(user, review)
    if state is None:
        return []
    return people_by_name(participants_of(review).filter(state_party=state, role__in=roles), but=user)
