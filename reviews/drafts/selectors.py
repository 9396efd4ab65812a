"""What of a review's content a reader may find: the shared table, and the rooms in which he or she reads.

That is the room of one's own State; where the reviewing States share their room, those of the others too.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from accounts.people import SECRETARIAT, secretariat_role
from accounts.people.models import User
from core.database.identity import found_for_policy, looking_past_rooms
from core.errors import found
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Review, ReviewingState

T = TypeVar("T", bound=Model)
_DRAFTS: list[Callable[[Review], QuerySet[Any]]] = []


def readable(pieces: QuerySet[T], user: User, review: Review) -> QuerySet[T]:
    """Those that the reader may read. The drafts of others are not in the query."""
    capacity = capacity_of(user, review)
    if capacity is not None and capacity.has(Grant.READ):
        return pieces.filter(Q(room=None) | Q(room__in=capacity.rooms), review=review)
    return pieces.filter(review=review, room=None) if secretariat_role(user) in SECRETARIAT else pieces.none()


def get_piece(pieces: QuerySet[T], user: User, review: Review, **lookup: Any) -> T:
    """One piece by ``lookup``; the caller asks the policy, which tells those who may not read it why not.

    Raises Http404 where there is none, or it lies in a room that is not the reader's.
    """
    capacity = capacity_of(user, review)
    rooms = capacity.rooms if capacity is not None else frozenset()
    return found(found_for_policy(pieces.filter(Q(room=None) | Q(room__in=rooms), review=review, **lookup).first))


def in_own_room(pieces: QuerySet[T], user: User, review: Review) -> QuerySet[T]:
    """Those that the reader's own State has written and not sent."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.READ):
        return pieces.none()
    return pieces.filter(review=review, room=capacity.state_party_id)


def rooms_of_reviewers(review: Review) -> QuerySet[ReviewingState]:
    """The reviewing States, with whether each opens its room to the others."""
    return ReviewingState.objects.filter(review=review).select_related("state_party")


def register_drafts(drafts: Callable[[Review], QuerySet[Any]]) -> None:
    """Register a kind of draft of the reviewing States: those of a review. Called from declarations."""
    _DRAFTS.append(drafts)


def reviewers_have_drafts(review: Review) -> bool:
    """Whether anything that a reviewing State has written lies unsent in its room.

    Asked past the rooms: the focal point who must know this may not find the drafts of the others.
    """
    with looking_past_rooms():
        return any(drafts(review).exists() for drafts in _DRAFTS)
