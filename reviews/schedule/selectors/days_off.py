"""On which days those who owe something in a review do not work."""

import datetime as dt
import uuid

from reviews.cases.models import Review
from reviews.clock import DaysOff
from reviews.due import states_owing
from reviews.programme.enums import StepOwner
from reviews.programme.models import Holiday

# The weekend of the secretariat in Vienna.
_SATURDAY_AND_SUNDAY = frozenset({6, 7})


def holidays_of(mechanism_id: uuid.UUID) -> frozenset[dt.date]:
    return frozenset(Holiday.objects.filter(mechanism=mechanism_id).values_list("day", flat=True))


def days_off_of(review: Review, holidays: frozenset[dt.date]) -> dict[str, DaysOff]:
    """When each of those who owe something in a review does not work; ``holidays`` are the secretariat's."""
    own = DaysOff(frozenset(review.state_under_review.weekend))
    others = DaysOff()
    for state in states_owing(review, StepOwner.REVIEWING_STATES):
        others |= DaysOff(frozenset(state.weekend))
    return {
        StepOwner.STATE_UNDER_REVIEW: own,
        StepOwner.REVIEWING_STATES: others,
        StepOwner.ALL: own | others,
        StepOwner.SECRETARIAT: DaysOff(_SATURDAY_AND_SUNDAY, holidays),
    }
