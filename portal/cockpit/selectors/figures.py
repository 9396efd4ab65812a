"""Figures over many reviews: steps reached, who is waited for, and who has how much to do. Never how well."""

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accounts.people import officers
from accounts.people.models import User
from accounts.states import name_order
from accounts.states.models import StateParty
from core.time.deadlines import add
from portal.cockpit.selectors.cockpit import Stay, stays_of
from reviews.cases.models import Review, ReviewingState, ReviewMilestone
from reviews.due import next_milestone_of
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.programme.enums import StepKind, StepOwner
from reviews.programme.models import Mechanism, Step


@dataclass(frozen=True, slots=True)
class Month:
    """How many reviews stood at each step (in the order of the steps) at the end of a month, or today."""

    day: dt.date
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """Who owes the next act of a review, and since when it has been waited for."""

    review: Review
    owner: StepOwner
    since: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """All that is owed by one side at one step: how many reviews, and the median and the most of their days."""

    owner: StepOwner
    step: Step
    count: int
    median_days: int
    most_days: int


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """``officer`` None: reviews that nobody is in charge of. ``notes``: notes verbales that this officer may check."""

    officer: User | None
    reviews: int
    owed: int
    notes: int


@dataclass(frozen=True, slots=True)
class StateLoad:
    """The open reviews that a State performs at the same time."""

    state: StateParty
    count: int
    codes: list[str]


def months_of(stays: Mapping[Any, list[Stay]], steps: Sequence[Step], today: dt.date) -> list[Month]:
    """One column for each month since the first review began; the running month is counted as of today."""
    all_stays = [stay for each in stays.values() for stay in each if stay.since <= today]
    if not all_stays:
        return []
    days, first = [], min(stay.since for stay in all_stays).replace(day=1)
    while (end := add(first, 1, "months") - dt.timedelta(days=1)) < today:
        days.append(end)
        first = add(first, 1, "months")
    days.append(today)
    months = []
    for day in days:
        counts = Counter(
            stay.step_id for stay in all_stays if stay.since <= day and (stay.until is None or day < stay.until)
        )
        months.append(Month(day, [counts[step.pk] for step in steps]))
    return months


def waiting_for(reviews: QuerySet[Review], today: dt.date) -> list[WaitingReview]:
    """The begun reviews in which something is owed, by code; three queries.

    It has been waited for since the review came to its step, or since the last milestone was reached.
    """
    rows = list(
        reviews.filter(starts_on__lte=today)
        .exclude(step__kind=StepKind.CLOSING)
        .annotate(owing=next_milestone_of("plan__owed_by"), last_reached=_last_reached())
        .filter(owing__isnull=False)
        .select_related("mechanism", "state_under_review", "step", "officer")
        .order_by("code")
    )
    stays = stays_of(rows)
    waiting = []
    for review in rows:
        entered = stays[review.pk][-1].since if stays[review.pk] else review.starts_on
        since = min(today, max(entered, review.last_reached or entered))
        owner = StepOwner(review.owing)
        waiting.append(WaitingReview(review, owner, since, (today - since).days))
    return waiting


def _last_reached() -> Subquery:
    """A subquery, since an aggregate would group by every column and ask for the next act once more for each group."""
    rows = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False).order_by("-reached_on")
    return Subquery(rows.values("reached_on")[:1])


# By what a list of what is waited for may be sorted.
WAITING_ORDER: Mapping[str, Callable[[WaitingReview], Any]] = {
    "state": lambda row: name_order(row.review.state_under_review),
    "owner": lambda row: list(StepOwner).index(row.owner),
    "step": lambda row: row.review.step.order,
    "days": lambda row: row.days,
}


def waiting_groups(waiting: Iterable[WaitingReview]) -> list[WaitingGroup]:
    """By side and step, in their own order."""
    groups: dict[tuple[StepOwner, Step], list[int]] = defaultdict(list)
    for row in waiting:
        groups[row.owner, row.review.step].append(row.days)
    order = list(StepOwner)
    keys = sorted(groups, key=lambda key: (order.index(key[0]), key[1].order))
    return [
        WaitingGroup(owner, step, len(days), round(statistics.median(days)), max(days))
        for (owner, step), days in ((key, groups[key]) for key in keys)
    ]


def officer_loads(reviews: QuerySet[Review], mechanism: Mechanism) -> list[OfficerLoad]:
    """Officers by name, then what nobody is in charge of; three queries."""
    rows = reviews.exclude(step__kind=StepKind.CLOSING).annotate(owing=next_milestone_of("plan__owed_by"))
    in_charge: Counter[Any] = Counter()
    owed: Counter[Any] = Counter()
    for officer_id, owner in rows.order_by().values_list("officer_id", "owing"):
        in_charge[officer_id] += 1
        owed[officer_id] += owner == StepOwner.SECRETARIAT
    waiting = NoteVerbale.objects.filter(mechanism=mechanism, status=NoteStatus.SUBMITTED).order_by()
    recorded: dict[Any, int] = dict(
        waiting.values("recorded_by").annotate(number=Count("pk")).values_list("recorded_by", "number")
    )
    notes = sum(recorded.values())
    people = officers().order_by("full_name", "pk")
    loads = [OfficerLoad(each, in_charge[each.pk], owed[each.pk], notes - recorded.get(each.pk, 0)) for each in people]
    return [*loads, OfficerLoad(None, in_charge[None], owed[None], 0)] if in_charge[None] else loads


def state_loads(reviews: QuerySet[Review], today: dt.date) -> list[StateLoad]:
    """Reviewing States by name (no ranking): the begun reviews among these that they perform now; one query."""
    begun = reviews.order_by().filter(starts_on__lte=today).exclude(step__kind=StepKind.CLOSING)
    rows = ReviewingState.objects.filter(review__in=begun.values("pk"))
    states: dict[Any, StateParty] = {}
    codes: dict[Any, list[str]] = defaultdict(list)
    for row in rows.select_related("state_party", "review").order_by("review__code"):
        states[row.state_party_id] = row.state_party
        codes[row.state_party_id].append(row.review.code)
    return [
        StateLoad(state, len(codes[state.pk]), codes[state.pk]) for state in sorted(states.values(), key=name_order)
    ]
