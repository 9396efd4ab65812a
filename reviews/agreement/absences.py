"""States without which the others go ahead: whose word a proposal needs, and whose it does not (record 17)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from reviews.cases.enums import ParticipationRole
from reviews.cases.models import PartialTeam, Participation, Review


@dataclass(frozen=True, slots=True)
class Absences:
    """When it was recorded that the others go ahead without a State, the earliest first; and from when until when these
    States had focal points.
    """

    records: list[tuple[UUID, dt.datetime]] = field(default_factory=list)
    focal_points: list[tuple[UUID, dt.datetime, dt.datetime | None]] = field(default_factory=list)

    def not_waited_for(self, proposed_at: dt.datetime, until: dt.datetime | None = None) -> set[UUID]:
        """Keys of the States whose word a proposal made at that time, and standing ``until`` then, does not need.

        That is: the others go ahead without the State, and it had no focal point when the proposal was made or, where
        that was later, when the record was. A State that joins afterwards has a say in the next proposal.
        """
        latest = {state: at for state, at in self.records if until is None or at < until}
        return {state for state, at in latest.items() if not self._stood(state, max(at, proposed_at))}

    def gone_since(self, states: Iterable[UUID]) -> set[UUID]:
        """Those of ``states`` that have had a focal point after the last record that the others go ahead."""
        latest = dict(self.records)
        return {
            state
            for state, _start, end in self.focal_points
            if state in states and state in latest and (end is None or end > latest[state])
        }

    def _stood(self, state: UUID, at: dt.datetime) -> bool:
        return any(row == state and start <= at and (end is None or end > at) for row, start, end in self.focal_points)


def absences_in(reviews: Iterable[Review]) -> defaultdict[UUID, Absences]:
    """By the key of any review; one query where nothing was recorded, otherwise two."""
    recorded = PartialTeam.objects.filter(review__in=[review.pk for review in reviews]).order_by("created_at")
    return absences_by(recorded.defer("reason"))


def absences_by(records: Iterable[PartialTeam]) -> defaultdict[UUID, Absences]:
    """The same from the records, the earliest first; a query where there is any."""
    found: defaultdict[UUID, Absences] = defaultdict(Absences)
    for record in records:
        found[record.review_id].records.append((record.state_party_id, record.created_at))
    if found:
        rows = Participation.objects.filter(review__in=list(found), role=ParticipationRole.FOCAL_POINT)
        for review, state, start, end in rows.values_list("review", "state_party", "started_at", "ended_at"):
            found[review].focal_points.append((state, start, end))
    return found
