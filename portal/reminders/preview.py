"""Who would get what on the days to come, as things stand now: the planner's own decisions, one run after the other.

Nothing is written. It supposes that the planner goes on running each day, and that nobody does anything meanwhile.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from core.database.identity import looking_past_rooms
from core.institution.facts import home_zone
from core.time.task_days import days_of
from portal.reminders.days import gap_began, local_time
from portal.reminders.digest import DigestFacts, facts_for, once_each
from portal.reminders.planner import TASK, chosen_on, default_hour, hours_of, last_digests, run_on, zone_of
from portal.reminders.upcoming import when
from reviews.cases.models import Review, ReviewMilestone
from reviews.programme.models import Mechanism
from reviews.reminders import DraftRules, DueReminder, dues_of_runs
from reviews.reminders.enums import ReminderAudience

FARTHEST = dt.timedelta(days=30)
COMPARED = dt.timedelta(days=28)
_DAY = dt.timedelta(days=1)
_MONDAY = 7


@dataclass(frozen=True, slots=True)
class ForeseenDigest:
    """The mail that somebody would get on a day, where that person is, and the acts of which it would tell."""

    person: UUID
    day: dt.date
    acts: Sequence[DueReminder]


@dataclass(frozen=True, slots=True)
class Foresight:
    digests: Sequence[ForeseenDigest]
    facts: DigestFacts

    def acts_on(self, day: dt.date, mechanism: Mechanism) -> Iterator[DueReminder]:
        """What the mails of a day would tell of this mechanism."""
        for digest in self.digests:
            if digest.day == day:
                yield from (act for act in digest.acts if self.facts.reviews[act.review].mechanism_id == mechanism.pk)


def next_monday(now: dt.datetime) -> dt.date:
    """Where the institution is; on a Monday that in a week."""
    today = now.astimezone(home_zone()).date()
    return today + dt.timedelta(days=_MONDAY - today.weekday())


def foresee(now: dt.datetime, until: dt.date, *, draft: DraftRules | None = None) -> Foresight:
    """The digests that are still to be sent up to the day ``until``; a constant number of queries.

    It looks past the rooms, as the planner does, since whether a State has done its share decides. The caller asks
    the policy, and tells of it how many people are written to.
    """
    gaps = _gaps(now, until)
    with looking_past_rooms():
        rows = list(dues_of_runs([run_on(day, gap) for day, gap in gaps.items()], draft=draft))
        facts = facts_for(rows)
    people = sorted({row.addressee for row in rows})
    hours, last, default = hours_of(people), last_digests(people, now), default_hour()
    digests: list[ForeseenDigest] = []
    for person, own in groupby(rows, key=attrgetter("addressee")):
        habits = _Habits(hours.get(person, default), last.get(person))
        digests += _digests_of(person, list(own), habits, facts, gaps, now)
    return Foresight([digest for digest in digests if digest.day <= until], facts)


@dataclass(frozen=True, slots=True)
class _Habits:
    hour: int
    last_digest: dt.date | None


def _gaps(now: dt.datetime, until: dt.date) -> Mapping[dt.date, dt.date | None]:
    """The days (UTC) on which the planner will run, with the gaps that it will find; a day more for the far west."""
    ran, gaps = days_of(TASK), {}
    today = now.astimezone(dt.UTC).date()
    for number in range((until - today).days + 2):
        day = today + number * _DAY
        gaps[day] = gap_began(day, ran)
        ran = [day, *ran]
    return gaps


def _digests_of(
    person: UUID,
    rows: Sequence[DueReminder],
    habits: _Habits,
    facts: DigestFacts,
    gaps: Mapping[dt.date, dt.date | None],
    now: dt.datetime,
) -> Iterator[ForeseenDigest]:
    """One day after the other, since what was sent on one is not sent on the next."""
    last = habits.last_digest
    for run, found in groupby(rows, key=attrgetter("run")):
        of_run = list(found)
        zone = zone_of(facts.people[person], of_run, facts)
        for day in _days_in(run, habits.hour, zone, now):
            if last is not None and last >= day:
                continue
            if chosen := chosen_on(day, of_run, facts, last, gaps[run]):
                yield ForeseenDigest(person, day, once_each(chosen))
                last = day


def _days_in(run: dt.date, hour: int, zone: str, now: dt.datetime) -> Iterator[dt.date]:
    """The days of somebody's calendar on which the hour comes, or has come, while it is ``run`` by UTC."""
    begin = max(now, dt.datetime.combine(run, dt.time.min, dt.UTC))
    end = dt.datetime.combine(run, dt.time(23, 59), dt.UTC)
    first, last = (local_time(moment, zone, home_zone().key) for moment in (begin, end))
    if first.date() < last.date():
        yield first.date()
    if last.hour >= hour:
        yield last.date()


# --- as the page shows it


@dataclass(frozen=True, slots=True)
class Recipients:
    """So many people of one capacity, for one State (None: of the secretariat)."""

    audience: ReminderAudience
    state: StateParty | None
    number: int


@dataclass(frozen=True, slots=True)
class ForeseenAct:
    """An act of which mails tell on a day, by one rule (``days``; None: it was put off until then)."""

    review: Review
    milestone: ReviewMilestone
    days: int | None
    recipients: Sequence[Recipients]

    @property
    def rule(self) -> str:
        return _("Put off until then") if self.days is None else when(self.days)

    @property
    def number(self) -> int:
        return sum(each.number for each in self.recipients)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the reader wants to see: one rule, what is in one officer's charge, who is written to for one State."""

    audience: str = ""
    days: int | None = None
    officer: UUID | None = None
    state: UUID | None = None

    def lets(self, act: DueReminder, review: Review) -> bool:
        is_rule = not self.audience or (act.audience, act.days) == (self.audience, self.days)
        is_charge = self.officer is None or review.officer_id == self.officer
        return is_rule and is_charge and (self.state is None or act.state == self.state)


@dataclass(frozen=True, slots=True)
class DayPreview:
    """``people``: how many mails; one tells of all acts of a person."""

    people: int
    acts: Sequence[ForeseenAct]


def preview_of(
    foresight: Foresight,
    day: dt.date,
    mechanism: Mechanism,
    narrowing: Narrowing,
    states: Mapping[UUID, StateParty],
) -> DayPreview:
    """``states`` are all of them, by key."""
    people: set[UUID] = set()
    told: dict[tuple[UUID, UUID, int | None], dict[tuple[str, UUID | None], set[UUID]]] = defaultdict(dict)
    for act in foresight.acts_on(day, mechanism):
        if narrowing.lets(act, foresight.facts.reviews[act.review]):
            people.add(act.addressee)
            key = (act.review, act.milestone, act.days)
            told[key].setdefault((act.audience, act.state), set()).add(act.addressee)
    acts = [
        ForeseenAct(foresight.facts.reviews[review], _milestone(foresight, review, milestone), days, _of(group, states))
        for (review, milestone, days), group in told.items()
    ]
    acts.sort(key=lambda act: (act.milestone.due_on, act.review.code, act.days is None, act.days))
    return DayPreview(len(people), acts)


def _milestone(foresight: Foresight, review: UUID, milestone: UUID) -> ReviewMilestone:
    rows: Iterable[ReviewMilestone] = foresight.facts.reviews[review].open_milestones  # type: ignore[attr-defined]
    return next(row for row in rows if row.pk == milestone)


def _of(group: Mapping[tuple[str, UUID | None], set[UUID]], states: Mapping[UUID, StateParty]) -> Sequence[Recipients]:
    order = ReminderAudience.values
    found = [
        Recipients(ReminderAudience(audience), states[state] if state else None, len(people))
        for (audience, state), people in group.items()
    ]
    return sorted(found, key=lambda each: (each.state is None, str(each.state or ""), order.index(each.audience)))


# --- what other rules would do


@dataclass(frozen=True, slots=True)
class DayOfDraft:
    """Mails of a day by the rules in force and by the draft; ``more`` and ``fewer`` are acts told to people."""

    day: dt.date
    now: int
    then: int
    more: int
    fewer: int


@dataclass(frozen=True, slots=True)
class DraftEffects:
    until: dt.date
    days: Sequence[DayOfDraft]

    @property
    def more(self) -> int:
        return sum(day.more for day in self.days)

    @property
    def fewer(self) -> int:
        return sum(day.fewer for day in self.days)

    @property
    def now(self) -> int:
        return sum(day.now for day in self.days)

    @property
    def then(self) -> int:
        return sum(day.then for day in self.days)

    @property
    def differing(self) -> list[DayOfDraft]:
        return [day for day in self.days if day.more or day.fewer]


def effects_of(draft: DraftRules, now: dt.datetime) -> DraftEffects:
    """What a draft would send in the coming weeks, beside the rules in force: all mails, of whatever mechanism."""
    until = now.astimezone(home_zone()).date() + COMPARED
    told = [_told(foresee(now, until, draft=rules)) for rules in (None, draft)]
    days = []
    for day in sorted(told[0].keys() | told[1].keys()):
        before, after = (each.get(day, frozenset()) for each in told)
        now_mails, then_mails = (len({person for person, _act in each}) for each in (before, after))
        days.append(DayOfDraft(day, now_mails, then_mails, len(after - before), len(before - after)))
    return DraftEffects(until, days)


def _told(foresight: Foresight) -> Mapping[dt.date, frozenset[tuple[UUID, UUID]]]:
    """Of each day, who would be told of which act."""
    days: dict[dt.date, set[tuple[UUID, UUID]]] = defaultdict(set)
    for digest in foresight.digests:
        days[digest.day] |= {(digest.person, act.milestone) for act in digest.acts}
    return {day: frozenset(told) for day, told in days.items()}
