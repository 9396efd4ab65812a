"""The rules of time once more, in the plainest words: day by day, with lists and dictionaries, and nothing of ours.

What the portal says over two simulated years is compared with this. It takes no care of speed, and knows no database.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)
CATCH_UP = 3 * DAY


@dataclass(frozen=True)
class Milestone:
    """``after`` is the milestone that it is counted from, empty for the start; ``step`` the place of its step."""

    slug: str
    order: int
    step: int
    amount: int
    unit: str
    after: str
    owed_by: str
    stops_clock: bool


@dataclass
class PlainReview:
    """``states``: the one reviewed first; ``extensions``: milestone, until, agreed on; ``pauses``: first, last day."""

    code: str
    starts_on: dt.date
    plan: Sequence[Milestone]
    states: Sequence[str]
    officer: str
    step: int = 1
    is_closed: bool = False
    reached: dict[str, dt.date] = field(default_factory=dict)
    extensions: list[tuple[str, dt.date, dt.date]] = field(default_factory=list)
    pauses: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    focal_points: list[tuple[str, str]] = field(default_factory=list)  # State, person
    experts: list[tuple[str, str]] = field(default_factory=list)

    def due(self, milestone: Milestone) -> dt.date:
        last = max(self._walk(milestone, since, day) for since, day in self._ways(milestone))
        return max(last, self._day_of(self._waits_for(milestone)), self._day_of(milestone.after))

    def next_act(self) -> Milestone | None:
        left = (each for each in self.plan if each.slug not in self.reached and each.step >= self.step)
        return None if self.is_closed else next(left, None)

    def owing(self, milestone: Milestone) -> list[str]:
        """The States that owe it; none for the secretariat."""
        return {
            "state_under_review": [self.states[0]],
            "reviewing_states": list(self.states[1:]),
            "all": list(self.states),
            "secretariat": [],
        }[milestone.owed_by]

    def _named(self, slug: str) -> Milestone:
        return next(each for each in self.plan if each.slug == slug)

    def _day_of(self, slug: str) -> dt.date:
        if not slug:
            return self.starts_on
        return self.reached[slug] if slug in self.reached else self.due(self._named(slug))

    def _waits_for(self, milestone: Milestone) -> str:
        """Processing after the same event comes first."""
        if not milestone.after or milestone.stops_clock:
            return milestone.after
        before = [
            each.slug
            for each in self.plan
            if each.stops_clock and each.after == milestone.after and each.order < milestone.order
        ]
        return before[-1] if before else milestone.after

    def _ways(self, milestone: Milestone) -> list[tuple[dt.date, dt.date]]:
        """From which day time counts, and the day by the calendar alone: by the plan, and by each extension."""
        slug = self._waits_for(milestone)
        if not slug or slug in self.reached:
            begins = [(self._day_of(slug), self._day_of(slug))]
        else:
            begins = self._ways(self._named(slug))
        by_plan = [(since, _later(day, milestone.amount, milestone.unit)) for since, day in begins]
        return by_plan + [(agreed, until) for slug, until, agreed in self.extensions if slug == milestone.slug]

    def _walk(self, milestone: Milestone, since: dt.date, day: dt.date) -> dt.date:
        """As many days on as there are from ``since`` to ``day``, not counting those of a pause."""
        if not self.pauses:
            return max(since, day)
        ends = self.reached.get(milestone.slug, dt.date.max)
        left, here = (day - since).days, since
        while left > 0 or (left == 0 and here != since and self._is_paused(here, ends)):
            here += DAY
            if not self._is_paused(here, ends):
                left -= 1
        return here

    def _is_paused(self, day: dt.date, ends: dt.date) -> bool:
        return any(first <= day <= min(last, ends) for first, last in self.pauses)


def is_past(review: PlainReview, milestone: Milestone, now: dt.datetime, zones: dict[str, str], own_zone: str) -> bool:
    """A date ends at midnight where it is owed, and where several owe it, when it has ended for all."""
    places = [zones[state] or own_zone for state in review.owing(milestone)] or [own_zone]
    return all(now.astimezone(zoneinfo.ZoneInfo(place)).date() > review.due(milestone) for place in places)


@dataclass
class Reminders:
    """Who is written to. ``rules``: audience and days after the date; ``missions``: State and person."""

    rules: Sequence[tuple[str, int]]
    missions: Sequence[tuple[str, str]]
    last: dict[str, dt.date] = field(default_factory=dict)
    sent: dict[tuple[str, dt.date], set[tuple[str, dt.date]]] = field(default_factory=dict)

    def plan(self, reviews: Iterable[PlainReview], today: dt.date) -> None:
        """Note the digests of a day: each person's, with code and date of each act."""
        digests: dict[str, set[tuple[str, dt.date]]] = {}
        for review in reviews:
            act = review.next_act()
            if act is None:
                continue
            due_on = review.due(act)
            for audience, days in self.rules:
                day = _send_day(due_on, days)
                for person in self._people(review, act, audience):
                    if max(self.last.get(person, dt.date.min), today - CATCH_UP) < day <= today:
                        digests.setdefault(person, set()).add((review.code, due_on))
        for person, items in digests.items():
            self.last[person] = today
            self.sent[person, today] = items

    def _people(self, review: PlainReview, act: Milestone, audience: str) -> list[str]:
        owing = review.owing(act)
        if audience == "experts":
            return [person for state, person in review.experts if state in owing]
        if audience == "focal_points":
            own = [person for state, person in review.focal_points if state in owing]
            return own if owing else [review.officer]
        if audience == "permanent_missions":
            return [person for state, person in self.missions if state in owing]
        return [review.officer]


def _later(day: dt.date, amount: int, unit: str) -> dt.date:
    """By the calendar; the last day of the month where the month has no such day."""
    if unit != "months":
        return day + amount * (7 * DAY if unit == "weeks" else DAY)
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    for number in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    return dt.date(year, month + 1, min(day.day, 27))


def _send_day(due_on: dt.date, days: int) -> dt.date:
    """Not on a Saturday or Sunday: on the Friday before, or after the date on the Monday after."""
    day = due_on + days * DAY
    while days and day.isoweekday() > 5:
        day += DAY if days > 0 else -DAY
    return day
