"""What would move if a group began later, or a step took longer: tried out, stored nowhere (docs/forecast.md).

The expected ends are those of the forecast, the dates of the programme those of its own page, the dates of reviews
those of the engine of dates; here they are only asked for twice, as things stand and as they would be.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.people.models import User
from core.time.deadlines import add
from portal.cockpit.selectors.forecasts import AS_IT_IS, Forecast, Forecaster, forecaster_of
from reviews.absences.models import Absence
from reviews.cases.models import Review
from reviews.clock import compute_due_dates
from reviews.meetings import agreed_meetings
from reviews.periods import (
    CellCounts,
    CellKey,
    PeriodGrid,
    ProgrammeEffects,
    Span,
    counts_of,
    effects_of,
    grid_of,
    moved,
    overlaps_in,
)
from reviews.programme import periods_of, phases_of
from reviews.programme.enums import DurationUnit, StepKind
from reviews.programme.models import Mechanism, Step, StepPlan, StepPlanVersion
from reviews.schedule import Move, moves_to, newest_for, planned_milestones, published_plans

Distance = tuple[int, str]
_ANY_DAY = dt.date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class SandboxTrial:
    """What is tried out: ``cell`` begins later by ``shift`` (``and_later``: its group's later phases too), ``step``
    takes longer by ``longer``. Either may be None; negative is earlier, and shorter.
    """

    cell: CellKey | None
    shift: Distance
    and_later: bool
    step: Step | None
    longer: Distance


@dataclass(frozen=True, slots=True)
class SandboxCell:
    """A phase of a group: its dates, when the last of its reviews is expected to end, and how many of them are then
    expected to go on when its next phase begins; each as things stand, and as they would be.
    """

    key: CellKey
    counts: CellCounts
    now: Span | None
    then: Span | None
    end_now: Forecast | None
    end_then: Forecast | None
    late_now: int
    late_then: int

    @property
    def is_moved(self) -> bool:
        return self.now != self.then or self.end_now != self.end_then or self.late_now != self.late_then


@dataclass(frozen=True, slots=True)
class MovedReview:
    """A review some of whose open indicative dates would move, if it followed the plan so changed."""

    review: Review
    dates: int
    meetings: int
    away: Sequence[User]


@dataclass(frozen=True, slots=True)
class Sandbox:
    cells: Sequence[SandboxCell]
    effects: ProgrammeEffects
    overlaps: Sequence[Any]
    then: PeriodGrid
    now: PeriodGrid
    reviews: Sequence[MovedReview]

    @property
    def moving(self) -> list[SandboxCell]:
        return [cell for cell in self.cells if cell.is_moved]

    @property
    def dates(self) -> int:
        return sum(row.dates for row in self.reviews)

    @property
    def meetings(self) -> int:
        return sum(row.meetings for row in self.reviews)

    @property
    def away(self) -> int:
        return len({user.pk for row in self.reviews for user in row.away})


def try_out(mechanism: Mechanism, trial: SandboxTrial, reader: User, today: dt.date) -> Sandbox:
    """In a number of queries that grows with the versions of the step plan alone."""
    now = grid_of(periods_of(mechanism))
    then = _shifted(now, trial)
    published = published_plans(mechanism)
    versions = {phase.number: newest_for(phase, published).pk for phase in phases_of(mechanism)}
    forecaster = forecaster_of(mechanism, today, versions=versions.values())
    longer = {trial.step.pk: days_of(trial.longer, today)} if trial.step else AS_IT_IS
    counts = counts_of(mechanism, today)
    ends = _ends_by_cell(mechanism, forecaster, longer)
    cells = [
        _cell(key, counts[key], (now, then), ends.get(key, []), _to_come(key, counts, versions, forecaster), longer)
        for key in sorted(now.keys() | ends.keys())
    ]
    effects = effects_of(mechanism, now, then, today)
    return Sandbox(cells, effects, overlaps_in(then), then, now, _moved_reviews(mechanism, trial, reader))


def days_of(distance: Distance, today: dt.date) -> int:
    """How many days that is, from today where it is months."""
    return (add(today, *distance) - today).days


def _shifted(now: PeriodGrid, trial: SandboxTrial) -> PeriodGrid:
    if trial.cell is None:
        return now
    phase, group = trial.cell
    keys = [key for key in now if key == trial.cell or (trial.and_later and key.group == group and key.phase > phase)]
    return moved(now, keys, *trial.shift)


def _ends_by_cell(
    mechanism: Mechanism, forecaster: Forecaster, longer: Mapping[Any, int]
) -> Mapping[CellKey, list[tuple[Forecast, Forecast]]]:
    """Of the reviews that are open: they keep their dates, whatever the programme becomes."""
    ends: dict[CellKey, list[tuple[Forecast, Forecast]]] = defaultdict(list)
    reviews = Review.objects.filter(mechanism=mechanism).exclude(review_group=None).exclude(step__kind=StepKind.CLOSING)
    for review in reviews.select_related("phase", "review_group", "step"):
        before, after, group = forecaster.of(review), forecaster.of(review, longer), review.review_group
        if before and after and group:
            ends[CellKey(review.phase.number, group.number)].append((before, after))
    return ends


@dataclass(frozen=True, slots=True)
class _ReviewsToCome:
    """Of a cell; all of them begin on its first day."""

    number: int
    version: UUID
    forecaster: Forecaster

    def end(self, span: Span | None, longer: Mapping[Any, int]) -> Forecast | None:
        if span is None or not self.number:
            return None
        return self.forecaster.of_one_to_come(self.version, span.first, longer)


def _to_come(
    key: CellKey, counts: Mapping[CellKey, CellCounts], versions: Mapping[int, UUID], forecaster: Forecaster
) -> _ReviewsToCome:
    return _ReviewsToCome(counts[key].to_come, versions[key.phase], forecaster)


def _cell(
    key: CellKey,
    counts: CellCounts,
    grids: tuple[PeriodGrid, PeriodGrid],
    opened: Sequence[tuple[Forecast, Forecast]],
    coming: _ReviewsToCome,
    longer: Mapping[Any, int],
) -> SandboxCell:
    told: list[tuple[Forecast | None, int]] = []
    for place, (grid, change) in enumerate(zip(grids, (AS_IT_IS, longer), strict=True)):
        ends = [pair[place] for pair in opened]
        of_coming = coming.end(grid.get(key), change)
        every = [*ends, of_coming] if of_coming else ends
        late = _late([(end, 1) for end in ends] + ([(of_coming, coming.number)] if of_coming else []), key, grid)
        told.append((max(every, key=lambda end: (end.middle, end.high), default=None), late))
    (end_now, late_now), (end_then, late_then) = told
    return SandboxCell(key, counts, grids[0].get(key), grids[1].get(key), end_now, end_then, late_now, late_then)


def _late(ends: Iterable[tuple[Forecast, int]], key: CellKey, grid: PeriodGrid) -> int:
    """How many reviews are expected to go on when the next phase of their group begins."""
    begins = min((span.first for other, span in grid.items() if other.group == key.group and other.phase > key.phase),
                 default=None)  # fmt: skip
    return sum(number for end, number in ends if begins is not None and end.middle >= begins)


# --- the dates of reviews


def last_milestone_of(version_id: UUID, step: Step) -> StepPlan | None:
    """With which a step ends by a version of the plan."""
    rows, plan = planned_milestones(version_id)
    due = compute_due_dates(plan, _ANY_DAY)
    own = [row for row in rows.values() if row.step_id == step.pk]
    return max(own, key=lambda row: (due[row.slug].due_on, row.order), default=None)


def filled_in(row: StepPlan, longer: Distance) -> Distance | None:
    """The duration that a milestone would get; None where its unit and that of the change do not go together."""
    week = 7
    days = {str(DurationUnit.DAYS): 1, str(DurationUnit.WEEKS): week}
    if row.unit == longer[1]:
        found = (row.amount + longer[0], longer[1])
    elif row.unit in days and longer[1] in days:
        found = (row.amount * days[row.unit] + longer[0] * days[longer[1]], str(DurationUnit.DAYS))
    else:
        return None
    return found if found[0] >= 0 else None


def _moved_reviews(mechanism: Mechanism, trial: SandboxTrial, reader: User) -> list[MovedReview]:
    """Each review by the version of the plan that it follows."""
    if trial.step is None:
        return []
    moves: list[Move] = []
    versions = StepPlanVersion.objects.filter(mechanism=mechanism, reviews__isnull=False).distinct()
    for version in versions.order_by("number"):
        last = last_milestone_of(version.pk, trial.step)
        running = Review.objects.filter(plan_version=version).exclude(step__kind=StepKind.CLOSING)
        if last is not None:
            reviews = running.select_related("mechanism", "state_under_review", "step", "officer").order_by("code")
            moves += moves_to(version, reviews, longer={last.slug: trial.longer})
    moves = [move for move in moves if move.moved]
    meetings, away = _meetings_hit(moves, reader), _away_then(moves)
    return [
        MovedReview(move.review, len(move.moved), meetings[move.review.pk], away.get(move.review.pk, ()))
        for move in moves
    ]


def _meetings_hit(moves: Sequence[Move], reader: User) -> Mapping[Any, int]:
    """By review, the agreed meetings that lie before one of its dates now and after it then, or the other way about."""
    spans = {move.review.pk: [sorted((row.now, row.then)) for row in move.moved] for move in moves}
    hit: dict[Any, int] = defaultdict(int)
    for meeting in agreed_meetings(reader, spans):
        day = timezone.localdate(meeting.starts_at)
        hit[meeting.review_id] += any(first <= day <= last for first, last in spans[meeting.review_id])
    return hit


def _away_then(moves: Sequence[Move]) -> Mapping[Any, Sequence[User]]:
    """By review, who owes dates that move, or is in charge, and would be away on one of them, and on none of them now.

    Each person is asked about those dates alone which that person owes.
    """
    absences: dict[UUID, list[Absence]] = defaultdict(list)
    people = {person for move in moves for person in move.told}
    for absence in Absence.objects.filter(user__in=people).select_related("user").order_by("starts_on"):
        absences[absence.user_id].append(absence)
    found: dict[Any, list[User]] = defaultdict(list)
    for move in moves:
        for person in move.told & absences.keys():
            own, dates = absences[person], [row for row in move.moved if person in row.told]
            if _meets(own, [row.then for row in dates]) and not _meets(own, [row.now for row in dates]):
                found[move.review.pk].append(own[0].user)
    return {key: sorted(users, key=lambda user: user.full_name) for key, users in found.items()}


def _meets(absences: Iterable[Absence], days: Iterable[dt.date]) -> bool:
    return any(absence.starts_on <= day <= absence.ends_on for absence in absences for day in days)
