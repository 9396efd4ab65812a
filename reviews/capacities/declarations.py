"""What this feature declares to the kernel: who may do what in a review, and where what is done in one is kept."""

from accounts.people import Actor
from core import audit, policy as table
from core.audit import AuditPlace
from reviews.capacities import policy
from reviews.capacities.chains import place_in_review, place_of_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review


def declare() -> None:
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Review, place_of_review)
    audit.register(Participation, _of_participation)


def _of_participation(actor: Actor, verb: str, participation: Participation) -> AuditPlace:
    """Whom a State consults at home the other States do not know."""
    is_at_home = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR
    room_id = participation.state_party_id if is_at_home else None
    return place_in_review(actor, participation.review, room_id=room_id)
