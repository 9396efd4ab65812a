"""Without which States the others go ahead, and on what their word is not waited for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from reviews.cases.enums import ParticipationRole
from reviews.cases.models import PartialTeam, Participation, Review

Span = tuple[UUID, dt.datetime, dt.datetime | None]  # a State's focal point: from, until


@dataclass(frozen=True, slots=True)
class Absences:
    """When it was recorded that the others go ahead without a State, and when these States had focal points."""

    records: Sequence[tuple[UUID, dt.datetime]]
    focal_points: Sequence[Span]

    def not_waited_for(self, proposed_at: dt.datetime, until: dt.datetime | None = None) -> set[UUID]:
        """Keys of the States whose word a proposal made at that time, and standing ``until`` then, does not need.

        That is: the others go ahead without the State, and it had no focal point when the proposal was made or, where
        that was later, when the record was. A State that joins afterwards has a say in the next proposal.
        """
        latest = {state: at for state, at in self.records if until is None or at < until}
        return {state for state, at in latest.items() if not self._stood(state, max(at, proposed_at))}

    def _stood(self, state: UUID, at: dt.datetime) -> bool:
        return any(row == state and start <= at and (end is None or end > at) for row, start, end in self.focal_points)


def partial_teams_of(review: Review) -> QuerySet[PartialTeam]:
    """What was recorded, the earliest first."""
    return PartialTeam.objects.filter(review=review).select_related("state_party", "recorded_by")


def absences_in(reviews: Iterable[Review]) -> dict[UUID, Absences]:
    """By review, those in which something was recorded; one query where there is none, otherwise two."""
    recorded = PartialTeam.objects.filter(review__in=[review.pk for review in reviews]).order_by("created_at")
    records: dict[UUID, list[tuple[UUID, dt.datetime]]] = {}
    for review_id, state, at in recorded.values_list("review", "state_party", "created_at"):
        records.setdefault(review_id, []).append((state, at))
    if not records:
        return {}
    spans: dict[UUID, list[Span]] = {review_id: [] for review_id in records}
    for review_id, state, start, end in _focal_points(records):
        spans[review_id].append((state, start, end))
    return {review_id: Absences(rows, spans[review_id]) for review_id, rows in records.items()}


def absences_by(records: Sequence[PartialTeam]) -> Absences:
    """The same of the records of one review (``partial_teams_of``); a query where there is any."""
    spans = _focal_points({row.review_id for row in records}) if records else []
    return Absences(
        [(row.state_party_id, row.created_at) for row in records],
        [(state, start, end) for _review, state, start, end in spans],
    )


def _focal_points(reviews: Iterable[UUID]) -> Iterable[tuple[UUID, UUID, dt.datetime, dt.datetime | None]]:
    rows = Participation.objects.filter(review__in=list(reviews), role=ParticipationRole.FOCAL_POINT)
    return rows.values_list("review", "state_party", "started_at", "ended_at")


def absences_of(review: Review) -> Absences:
    """Those of one review; see ``absences_in``."""
    return absences_in([review]).get(review.pk) or Absences([], [])


def states_not_waited_for(review: Review, proposed_at: dt.datetime) -> set[UUID]:
    """See ``Absences.not_waited_for``."""
    return absences_of(review).not_waited_for(proposed_at)
