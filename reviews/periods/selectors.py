"""The programme with the reviews in it, and what a change of its dates would do."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.states import all_states, sorted_by_name
from accounts.states.models import StateParty
from core.time.distances import since_or_until, time_between
from reviews.cases.models import Review
from reviews.opening import runs_on, with_last_days
from reviews.periods.grid import CellChange, CellKey, PairOfPhases, PeriodGrid, Span, changes_between, out_of_order_in
from reviews.programme import periods_of, phases_of
from reviews.programme.models import Mechanism, Phase, PhasePeriod, ReviewGroup


def key_of(period: PhasePeriod) -> CellKey:
    return CellKey(period.phase.number, period.review_group.number)


def span_of(period: PhasePeriod) -> Span:
    return Span(period.period.lower, period.period.upper - dt.timedelta(days=1))


def grid_of(periods: Iterable[PhasePeriod]) -> PeriodGrid:
    return {key_of(period): span_of(period) for period in periods}


@dataclass(slots=True)
class CellCounts:
    """``opened``: reviews that there are, ``later`` of which have not begun; they keep the dates they have.

    ``to_come``: States of the group without a review in this phase or a later one, if the groups stay as they are.
    ``opened_of`` and ``to_come_of`` are the keys of their States.
    """

    later: int = 0
    opened_of: list[UUID] = field(default_factory=list)
    to_come_of: list[UUID] = field(default_factory=list)

    @property
    def opened(self) -> int:
        return len(self.opened_of)

    @property
    def to_come(self) -> int:
        return len(self.to_come_of)


@dataclass(frozen=True, slots=True)
class ProgrammeCell:
    """``period`` is None where the group has no time in the phase."""

    group: ReviewGroup
    period: PhasePeriod | None
    counts: CellCounts
    today: dt.date

    @property
    def span(self) -> Span | None:
        return span_of(self.period) if self.period else None

    @property
    def begins(self) -> str:
        """ "began 5 years 11 months ago"."""
        past, now, coming = _("began %(time)s ago"), _("begins today"), _("begins in %(time)s")
        return since_or_until(self.span.first, self.today, past=past, now=now, coming=coming) if self.span else ""

    @property
    def ends(self) -> str:
        past, now, coming = _("ended %(time)s ago"), _("ends today"), _("ends in %(time)s")
        return since_or_until(self.span.last, self.today, past=past, now=now, coming=coming) if self.span else ""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    phase: Phase
    cells: list[ProgrammeCell]


def programme_of(mechanism: Mechanism, today: dt.date) -> list[ProgrammeRow]:
    """Every phase with a cell for every group, in their order. Five queries."""
    periods = {key_of(period): period for period in periods_of(mechanism)}
    counts, groups = counts_of(mechanism, today), list(mechanism.review_groups.all())
    rows = []
    for phase in phases_of(mechanism):
        keys = {group: CellKey(phase.number, group.number) for group in groups}
        cells = [ProgrammeCell(group, periods.get(key), counts[key], today) for group, key in keys.items()]
        rows.append(ProgrammeRow(phase, cells))
    return rows


def counts_of(mechanism: Mechanism, today: dt.date) -> Mapping[CellKey, CellCounts]:
    """For any cell. A State belongs to the group of its review in the last phase in which it has one. Two queries."""
    counts: dict[CellKey, CellCounts] = defaultdict(CellCounts)
    last: dict[UUID, CellKey] = {}
    reviews = Review.objects.filter(mechanism=mechanism).exclude(review_group=None).order_by("phase__number")
    columns = ("state_under_review_id", "phase__number", "review_group__number", "starts_on")
    for state, phase, group, starts_on in reviews.values_list(*columns):
        key = last[state] = CellKey(phase, group)
        counts[key].opened_of.append(state)
        counts[key].later += starts_on > today
    numbers = list(mechanism.phases.values_list("number", flat=True))
    for state, (phase, group) in last.items():
        for number in numbers:
            if number > phase:
                counts[CellKey(number, group)].to_come_of.append(state)
    return counts


@dataclass(frozen=True, slots=True)
class RunningPhase:
    """A phase would begin for its group while reviews of an earlier one go on, by their indicative dates.

    ``states``: those under review in them.
    """

    pair: PairOfPhases
    day: dt.date
    states: list[StateParty]

    @property
    def number(self) -> int:
        return len(self.states)


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A cell whose dates would change, with the States whose review in it is ``opened``, or ``to_come``."""

    change: CellChange
    opened: list[StateParty]
    to_come: list[StateParty]
    today: dt.date

    @property
    def moves(self) -> list[str]:
        """By how long, in words: once where both days move by the same time."""
        now, then = self.change.now, self.change.then
        if then is None:
            return [_("no dates any more")]
        if now is None:
            return [_("had no dates")]
        first, last = _distance(now.first, then.first), _distance(now.end, then.end)
        if first == last:
            return [first]
        return [_("first day: %(distance)s") % {"distance": first}, _("last day: %(distance)s") % {"distance": last}]

    @property
    def begins_in_past(self) -> str:
        """How long ago the first day would lie, where it moves and has passed; empty otherwise."""
        then = self.change.then
        is_same = then is not None and self.change.now is not None and then.first == self.change.now.first
        return "" if then is None or is_same or then.first >= self.today else time_between(then.first, self.today)


def _distance(now: dt.date, then: dt.date) -> str:
    if now == then:
        return _("stays")
    time = {"time": time_between(now, then, is_exact=True)}
    return (_("%(time)s later") if then > now else _("%(time)s earlier")) % time


@dataclass(frozen=True, slots=True)
class ProgrammeEffects:
    """``running`` and ``disorder`` are warnings, which somebody may override with a reason."""

    rows: list[EffectRow]
    running: list[RunningPhase]
    disorder: list[PairOfPhases]
    opened: int = field(init=False)
    to_come: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "opened", sum(len(row.opened) for row in self.rows))
        object.__setattr__(self, "to_come", sum(len(row.to_come) for row in self.rows))

    @property
    def needs_reason(self) -> bool:
        return bool(self.running or self.disorder)

    @property
    def in_past(self) -> list[EffectRow]:
        return [row for row in self.rows if row.begins_in_past]

    @property
    def emptied(self) -> list[EffectRow]:
        return [row for row in self.rows if row.change.then is None]


def effects_of(mechanism: Mechanism, now: PeriodGrid, then: PeriodGrid, today: dt.date) -> ProgrammeEffects:
    """Four queries, however many reviews there are."""
    changes, counts = changes_between(now, then), counts_of(mechanism, today)
    by_name = sorted_by_name(all_states())
    touched = {change.key for change in changes}
    disorder = [pair for pair in out_of_order_in(then) if touched & set(pair)]

    def named(keys: Collection[UUID]) -> list[StateParty]:
        return [state for state in by_name if state.pk in keys]

    cells = ((change, counts[change.key]) for change in changes)
    rows = [EffectRow(change, named(cell.opened_of), named(cell.to_come_of), today) for change, cell in cells]
    return ProgrammeEffects(rows, _running_into(changes, _ends_of_reviews(mechanism), named, today), disorder)


def _running_into(
    changes: Iterable[CellChange],
    ends: Mapping[CellKey, Mapping[UUID, dt.date | None]],
    named: Callable[[Collection[UUID]], list[StateParty]],
    today: dt.date,
) -> list[RunningPhase]:
    found = []
    for change in changes:
        if change.then is None or (change.now and change.now.first == change.then.first):
            continue
        day, (phase, group) = change.then.first, change.key
        for earlier in sorted(key for key in ends if key.group == group and key.phase < phase):
            if still := {state for state, end in ends[earlier].items() if runs_on(end, day, today)}:
                found.append(RunningPhase(PairOfPhases(earlier, change.key), day, named(still)))
    return found


def _ends_of_reviews(mechanism: Mechanism) -> Mapping[CellKey, Mapping[UUID, dt.date | None]]:
    """The last indicative date of each review that is not closed, by the cell that it belongs to and its State."""
    ends: dict[CellKey, dict[UUID, dt.date | None]] = defaultdict(dict)
    rows = with_last_days(Review.objects.filter(mechanism=mechanism).exclude(review_group=None)).order_by()
    columns = ("phase__number", "review_group__number", "state_under_review_id", "ends_on")
    for phase, group, state, end in rows.values_list(*columns):
        ends[CellKey(phase, group)][state] = end
    return ends
