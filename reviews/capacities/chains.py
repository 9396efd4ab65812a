"""Where in the record of acts an act in a review belongs, and which States it concerns.

Of a review's record a State reads the acts done for it and those on what lies on the shared table, never acts in
another State's room (docs/adr/0013).
"""

from typing import Any

from django.db.models import Q

from accounts.people import Actor
from accounts.states.models import StateParty
from core.audit import AuditPlace
from core.models import AuditEntry
from reviews.capacities.capacities import capacity_of, own_state_of
from reviews.cases.models import Review

_OF_WHO_ASKS = frozenset(
    f"{of}.{act}"
    for of in ("reviews.document", "portal.exchange", "portal.dossier")
    for act in ("requested", "made", "taken")
)


def chain_of_review(review: Review) -> str:
    return f"{review.mechanism.slug}/{review.code}"


def place_in_review(actor: Actor, review: Review, *, room_id: Any = None) -> AuditPlace:
    """In the chain of a review. ``room_id`` is the key of the State in whose room the act stays; one query."""
    codes = _codes_of_states(review)
    capacity = capacity_of(actor, review)
    room = codes.get(room_id, AuditEntry.NOBODY) if room_id else ""
    return AuditPlace(
        chain=chain_of_review(review),
        acting_state=codes.get(capacity.state_party_id, "") if capacity else "",
        concerned_states=(room,) if room else tuple(sorted(codes.values())),
        room=room,
    )


def place_of_request(actor: Actor, review: Review) -> AuditPlace:
    """That a State asked for a document, or took it, is nobody else's business: such an act stays in its own room."""
    return place_in_review(actor, review, room_id=own_state_of(actor, review))


def place_of_review(actor: Actor, verb: str, review: Review) -> AuditPlace:
    """On the shared table, but for what a State takes away of the review for itself."""
    return place_of_request(actor, review) if verb in _OF_WHO_ASKS else place_in_review(actor, review)


def _codes_of_states(review: Review) -> dict[Any, str]:
    """ISO codes of the States of a review by their keys."""
    taking_part = Q(pk=review.state_under_review_id) | Q(reviews_performed__review=review)
    return dict(StateParty.objects.filter(taking_part).values_list("pk", "iso3"))


def place_of_piece(actor: Actor, verb: str, piece: Any) -> AuditPlace:
    """Where the piece lies at this moment: what is sent lies on the table when the sending is recorded."""
    if verb in _OF_WHO_ASKS:
        return place_of_request(actor, piece.review)
    return place_in_review(actor, piece.review, room_id=piece.room_id)
