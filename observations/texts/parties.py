"""What policies ask alike of a text and of what belongs to one: who agrees on it, in whose room it lies."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.policy import PolicyCondition, Predicate, may
from reviews.capacities import ReviewFacts, focal_point, in_own_rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts(ReviewFacts):
    """``is_party``: the asker's State agrees on the text. ``room``: whose it is while it lies in a room, None on the
    shared table. ``is_own``: the asker's State has made it.
    """

    is_party: bool = False
    room: Any = None
    is_own: bool = False


party: Predicate[PartyFacts] = Predicate(lambda facts: facts.is_party)
own: Predicate[PartyFacts] = Predicate(lambda facts: facts.is_own)
in_a_room: Predicate[PartyFacts] = Predicate(lambda facts: facts.room is not None)
in_own_room: Predicate[PartyFacts] = in_own_rooms(lambda facts: facts.room)
SPEAKS_FOR_A_PARTY: PolicyCondition[PartyFacts] = may(
    party & focal_point, else_=_("Only a focal point of a State that agrees on this text does this.")
)
