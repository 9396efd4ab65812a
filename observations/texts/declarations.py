"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from core import audit, policy as table
from observations.texts import policy
from observations.texts.models import AgreedText, BlueprintText, ObservationHeading
from reviews.capacities import place_of_piece
from reviews.programme import place_in_mechanism


def declare() -> None:
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(AgreedText, place_of_piece)
    for of_mechanism in (BlueprintText, ObservationHeading):
        audit.register(of_mechanism, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))
