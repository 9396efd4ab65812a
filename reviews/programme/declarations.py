"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from core import audit
from core.language import terminology
from reviews.programme.chains import place_in_mechanism
from reviews.programme.models import (
    Adherence,
    Article,
    Cluster,
    Holiday,
    Instrument,
    Limit,
    Mechanism,
    Phase,
    PhasePeriod,
    ReviewGroup,
    Step,
    StepPlan,
    StepPlanVersion,
)
from reviews.programme.terminologies import terminology_of


def declare() -> None:
    terminology.register(terminology_of)
    audit.register(Mechanism, lambda actor, verb, mechanism: place_in_mechanism(actor, mechanism))
    audit.register(PhasePeriod, lambda actor, verb, period: place_in_mechanism(actor, period.phase.mechanism))
    for of_instrument in (Adherence, Article):
        audit.register(of_instrument, lambda actor, verb, row: place_in_mechanism(actor, row.instrument.mechanism))
    for of_mechanism in (Cluster, Holiday, Instrument, Limit, Phase, ReviewGroup, Step, StepPlan, StepPlanVersion):
        audit.register(of_mechanism, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))
