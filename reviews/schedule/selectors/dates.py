"""What the engine of dates is fed with: the plan of a review, and what has happened in it."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from reviews.cases.enums import TimeChangeKind, TimeChangeStatus
from reviews.cases.models import Review, ReviewingState, ReviewMilestone, TimeChange
from reviews.clock import NO_DAYS_OFF, AgreedDate, DueDate, Events, Pause, compute_due_dates
from reviews.participation import debtors_in
from reviews.programme.enums import DayRule, MilestoneKind
from reviews.programme.models import StepPlan, StepPlanVersion
from reviews.schedule.selectors.days_off import days_off_of, holidays_of
from reviews.schedule.selectors.plans import planned_milestones

AS_PLANNED: Mapping[str, tuple[int, str]] = MappingProxyType({})
_WORDS = ("reason", "recorded_how")  # of a change; dates are computed for readers who may not read them


@dataclass(frozen=True, slots=True)
class ComputedDates:
    """The dates of a review by milestone, with the rows of its plan and the milestones that it has so far."""

    rows: dict[str, StepPlan]
    milestones: dict[str, ReviewMilestone]
    due: dict[str, DueDate]
    planned: dict[str, DueDate]


def computed_dates_of(review: Review, *, version_id: uuid.UUID | None = None) -> ComputedDates:
    """Compute the dates of a review anew from all that has happened in it; nothing is stored.

    ``version_id`` asks what they would be by another version of the plan. ``planned`` are the dates by the plan alone.
    """
    rows, plan = planned_milestones(version_id or review.plan_version_id)
    milestones = {row.plan.slug: row for row in review.milestones.select_related("plan")}
    moves = any(row.version.day_rule == DayRule.NEXT_WORKING_DAY for row in rows.values())
    days_off = days_off_of(review, holidays_of(review.mechanism_id)) if moves else NO_DAYS_OFF
    events = events_of(review, milestones.values(), agreed_changes(review))
    return ComputedDates(
        rows=rows,
        milestones=milestones,
        due=compute_due_dates(plan, review.starts_on, events, days_off),
        planned=compute_due_dates(plan, review.starts_on, days_off=days_off),
    )


def agreed_changes(review: Review) -> list[TimeChange]:
    changes = TimeChange.objects.filter(review=review, status=TimeChangeStatus.AGREED)
    return list(changes.select_related("milestone__plan").defer(*_WORDS))


def with_agreed_changes() -> "Prefetch[str]":
    """Of many reviews, one query: each has its changes that were agreed as ``agreed_time_changes``."""
    agreed = TimeChange.objects.filter(status=TimeChangeStatus.AGREED).select_related("milestone__plan")
    return Prefetch("time_changes", agreed.defer(*_WORDS), to_attr="agreed_time_changes")


def events_of(review: Review, milestones: Iterable[ReviewMilestone], changes: Collection[TimeChange]) -> Events:
    """What has happened in a review, as the engine reads it. ``changes`` are those that were agreed."""
    milestones = list(milestones)
    reached = {row.plan.slug: row.reached_on for row in milestones if row.reached_on}
    # Dates of the consultations are agreed by the day on which these were held.
    held_on = (row.reached_on for row in milestones if row.reached_on and row.plan.kind == MilestoneKind.CONSULTATION)
    consulted_on = next(held_on, review.starts_on)
    return Events(
        reached=reached,
        agreed=[AgreedDate(row.plan.slug, row.agreed_on, consulted_on) for row in milestones if row.agreed_on],
        extensions=[
            AgreedDate(change.milestone.plan.slug, change.until, change.decided_on)
            for change in changes
            if change.milestone and change.decided_on
        ],
        pauses=[pause_of(change) for change in changes if change.kind == TimeChangeKind.PAUSE],
    )


def pause_of(change: TimeChange) -> Pause:
    """The days of a pause: until its last one, or until the day before it was ended."""
    last = change.until if change.ended_on is None else min(change.until, change.ended_on - dt.timedelta(days=1))
    return Pause(change.starts_on or change.until, last)


def running_pause(review: Review) -> TimeChange | None:
    """The agreed pause that today's date lies in, or that is still to come; the earliest of them."""
    today = timezone.localdate()
    coming = TimeChange.objects.filter(
        review=review, kind=TimeChangeKind.PAUSE, status=TimeChangeStatus.AGREED, until__gte=today, ended_on=None
    )
    return coming.order_by("starts_on").defer(*_WORDS).first()


@dataclass(frozen=True, slots=True)
class MovedDate:
    """An open milestone whose date would move; ``told`` are the keys of those who owe it, or are in charge."""

    name: str
    now: dt.date
    then: dt.date
    told: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Move:
    """What another version of the plan would do to a review; ``lost`` are the names of milestones that it has not."""

    review: Review
    moved: list[MovedDate]
    lost: list[str]

    @property
    def told(self) -> frozenset[uuid.UUID]:
        return frozenset(key for date in self.moved for key in date.told)


def moves_to(
    version: StepPlanVersion, reviews: QuerySet[Review], *, longer: Mapping[str, tuple[int, str]] = AS_PLANNED
) -> list[Move]:
    """What moving each of the reviews to a version would change, in a constant number of queries.

    ``longer``: as if milestones of the version were due by so much later (earlier, if negative), such as (2, "weeks").
    What moves by that alone is told: from the date that the clock reckons without it, and not from the stored one,
    which may be stale.
    """
    rows, as_it_is = planned_milestones(version.pk)
    plan = [replace(row, longer=longer[row.slug]) if row.slug in longer else row for row in as_it_is]
    loaded = reviews.prefetch_related(
        Prefetch("milestones", ReviewMilestone.objects.select_related("plan").order_by("plan__order")),
        Prefetch("reviewing_states", ReviewingState.objects.select_related("state_party")),
        with_agreed_changes(),
    )
    holidays, debtors = holidays_of(version.mechanism_id), debtors_in(loaded)
    found = []
    for review in loaded:
        milestones = list(review.milestones.all())
        days_off = days_off_of(review, holidays) if version.day_rule == DayRule.NEXT_WORKING_DAY else NO_DAYS_OFF
        changes: list[TimeChange] = review.agreed_time_changes  # type: ignore[attr-defined]
        events = events_of(review, milestones, changes)
        due = compute_due_dates(plan, review.starts_on, events, days_off)
        without = compute_due_dates(as_it_is, review.starts_on, events, days_off) if longer else {}
        open_ones = [row for row in milestones if row.reached_on is None]
        moved, lost = [], []
        for row in open_ones:
            slug = row.plan.slug
            if slug not in rows:
                lost.append(row.plan.name)
                continue
            now, then = without[slug].due_on if longer else row.due_on, due[slug].due_on
            if now != then:
                moved.append(MovedDate(row.plan.name, now, then, frozenset(debtors.of(review, rows[slug].owed_by))))
        found.append(Move(review, moved, lost))
    return found
