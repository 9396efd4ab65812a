"""From which day on the silence of a State counts as its yes. Resolution 10/1 knows no such rule; it is ours."""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.states.models import StateParty
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """``days`` without an answer count as a yes; the State is told that day ``notice_days`` before, or more."""

    days: int
    notice_days: int

    def counts_on(self, since: dt.date, today: dt.date) -> dt.date:
        """From which day on the silence of a State counts that could answer since ``since`` and was told nothing yet.

        As things stand ``today``: whatever ``days`` are, ``notice_days`` lie between being told and that day.
        """
        return max(since + dt.timedelta(days=self.days), today + dt.timedelta(days=self.notice_days))

    def turns(self, days: Mapping[Any, dt.date], told: Container[Any], today: dt.date) -> tuple[set[Any], set[Any]]:
        """Of silent States, by key with the day that counts for each: which are told that day now, and whose silence
        counts. Nobody's does who was not ``told``.
        """
        notice = dt.timedelta(days=self.notice_days)
        near = {key for key, day in days.items() if key not in told and day - notice <= today}
        return near, {key for key, day in days.items() if key in told and day <= today}

    def days_of(
        self,
        states: Iterable[StateParty],
        review: Review,
        *,
        asked_at: dt.datetime,
        told: Mapping[UUID, dt.date],
        today: dt.date,
    ) -> dict[UUID, dt.date]:
        """For each of ``states`` whose silence will count: the first day on which it does; one query at most.

        A State that was ``told`` a day keeps it. A State without a focal point has nobody who could answer: its silence
        does not count, and where it named one after ``asked_at``, its time runs from that day.
        """
        keys = [state.pk for state in states]
        focal_points = Participation.objects.filter(
            review=review, state_party__in=keys, role=ParticipationRole.FOCAL_POINT
        ).order_by()
        named = focal_points.values("state_party").annotate(
            since=Min("started_at"), present=Count("pk", filter=Q(ended_at=None))
        )
        return {
            state: told.get(state) or self.counts_on(timezone.localtime(max(since, asked_at)).date(), today)
            for state, since in named.filter(present__gt=0).values_list("state_party", "since")
        }
