"""What this feature declares to the kernel: where acts on its rows are kept."""

from core import audit
from observations.needs.models import AssistanceType
from reviews.programme import place_in_mechanism


def declare() -> None:
    audit.register(AssistanceType, lambda actor, verb, row: place_in_mechanism(actor, row.instrument.mechanism))
