"""On which day each review of a draw would begin."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from lots.draws import opening_days
from lots.draws.models import Draw
from lots.results import DrawnState
from reviews.programme import begin_to_bind
from reviews.programme.models import Adherence


class ReviewStarts:
    """On which day the review of each State would begin. Two queries, however many States there are."""

    def __init__(self, draw: Draw, states: Sequence[DrawnState]) -> None:
        self.first_days = opening_days(draw.phase)
        self._binding = _days_of_binding(states)

    def binds_from(self, drawn: DrawnState) -> dt.date | None:
        """The day on which the first instrument of its draw binds the State; None where none does."""
        begins = self._binding[drawn.state.pk]
        return min((begins[each.pk] for each in drawn.instruments if each.pk in begins), default=None)

    def of(self, drawn: DrawnState) -> dt.date:
        """The first day of the group's period; that on which the first instrument binds the State, if it is later.

        Raises ServiceError where the group has no period.
        """
        first_day = self.first_days.get(drawn.group_number)
        if first_day is None:
            message = _("Group %(number)s has no period in this phase.")
            raise ServiceError(message % {"number": drawn.group_number})
        return max(first_day, self.binds_from(drawn) or first_day)


def _days_of_binding(states: Sequence[DrawnState]) -> Mapping[Any, dict[Any, dt.date]]:
    """By State and instrument the day from which it binds."""
    joined: dict[Any, list[Adherence]] = defaultdict(list)
    rows = Adherence.objects.filter(state_party__in=[drawn.state.pk for drawn in states])
    for row in rows.select_related("instrument"):
        joined[row.state_party_id].append(row)
    days: dict[Any, dict[Any, dt.date]] = defaultdict(dict)
    for state, adherences in joined.items():
        begins = begin_to_bind(adherences)
        days[state] = {row.instrument_id: begins[row.pk] for row in adherences if row.pk in begins}
    return days
