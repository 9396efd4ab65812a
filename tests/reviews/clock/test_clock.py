"""The engine of dates as a pure function, for any plan and any course of a review."""

import datetime as dt
import random
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given, strategies as st

from reviews.clock.engine import AgreedDate, DaysOff, DueDate, Events, Pause, PlannedMilestone, compute_due_dates
from reviews.clock.workflow import due_dates
from reviews.programme.enums import DurationUnit

pytestmark = pytest.mark.unit

START = dt.date(2021, 11, 1)
PLAN = (
    PlannedMilestone("consultations_held", 3, 6, "weeks", None, owed_by="state_under_review"),
    PlannedMilestone("answers_sent", 4, 6, "months", None, owed_by="state_under_review"),
    PlannedMilestone("answers_processed", 5, 1, "months", "answers_sent", clock_stops=True, owed_by="secretariat"),
    PlannedMilestone("feedback_sent", 6, 6, "months", "answers_sent", owed_by="reviewing_states"),
)
OWNERS = ("state_under_review", "reviewing_states", "secretariat")
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))
WEEKENDS = st.sampled_from([{6, 7}, {5, 6}, {5}, {7}, set(), {1, 2, 3, 4, 5, 6, 7}])


@dataclass(frozen=True)
class Course:
    """A review as it may go."""

    plan: list[PlannedMilestone]
    starts_on: dt.date
    events: Events
    days_off: dict[str, DaysOff]

    def due_dates(self) -> dict[str, DueDate]:
        return compute_due_dates(self.plan, self.starts_on, self.events, self.days_off)

    def due(self) -> dict[str, dt.date]:
        return {slug: each.due_on for slug, each in self.due_dates().items()}

    def having(self, **changes: object) -> "Course":
        return replace(self, events=replace(self.events, **changes))  # type: ignore[arg-type]


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    first = draw(DATES)
    return Pause(first, first + dt.timedelta(days=draw(st.integers(-1, 200))))


@st.composite
def agreements(draw: st.DrawFn, slug: str) -> AgreedDate:
    until = draw(DATES)
    return AgreedDate(slug, until, until - dt.timedelta(days=draw(st.integers(0, 300))))


@st.composite
def plans(draw: st.DrawFn) -> list[PlannedMilestone]:
    """Any plan whose milestones count from the start or from one before them."""
    return [
        PlannedMilestone(
            slug=f"m{number}",
            order=number,
            amount=draw(st.integers(0, 24)),
            unit=draw(st.sampled_from(DurationUnit.values)),
            counted_from=draw(st.sampled_from([None, *(f"m{before}" for before in range(number))])),
            clock_stops=draw(st.booleans()),
            owed_by=draw(st.sampled_from(OWNERS)),
        )
        for number in range(draw(st.integers(1, 7)))
    ]


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Whatever happened in whatever review, also at odd times; no processing ends before what it processes."""
    plan = draw(plans())
    slugs = st.sampled_from([milestone.slug for milestone in plan])
    unprocessed = [milestone.slug for milestone in plan if not milestone.clock_stops]
    reached = draw(st.sets(st.sampled_from(unprocessed))) if unprocessed else set()
    holidays = st.frozensets(DATES, max_size=5)
    return Course(
        plan,
        draw(DATES),
        Events(
            reached={slug: draw(DATES) for slug in sorted(reached)},
            agreed=[draw(agreements(slug)) for slug in sorted(draw(st.sets(slugs, max_size=2)))],
            extensions=draw(st.lists(slugs.flatmap(agreements), max_size=3)),
            pauses=draw(st.lists(pauses(), max_size=3)),
        ),
        {owner: DaysOff(frozenset(draw(WEEKENDS)), draw(holidays)) for owner in draw(st.sets(st.sampled_from(OWNERS)))},
    )


def _due(events: Events, days_off: dict[str, DaysOff] | None = None) -> dict[str, dt.date]:
    return Course(list(PLAN), START, events, days_off or {}).due()


def test_without_events_the_dates_are_those_of_the_plan() -> None:
    assert _due(Events()) == {
        "consultations_held": dt.date(2021, 12, 13),
        "answers_sent": dt.date(2022, 5, 1),
        "answers_processed": dt.date(2022, 6, 1),
        "feedback_sent": dt.date(2022, 12, 1),
    }


def test_an_extension_moves_the_milestone_and_what_depends_on_it() -> None:
    extension = AgreedDate("answers_sent", dt.date(2022, 6, 15), decided_on=dt.date(2022, 4, 1))
    due = _due(Events(extensions=[extension]))
    assert due["consultations_held"] == dt.date(2021, 12, 13)
    assert due["answers_sent"] == dt.date(2022, 6, 15)
    assert due["answers_processed"] == dt.date(2022, 7, 15)
    assert due["feedback_sent"] == dt.date(2023, 1, 15)


def test_once_reached_the_actual_day_counts_and_not_the_extension() -> None:
    extension = AgreedDate("answers_sent", dt.date(2022, 6, 15), decided_on=dt.date(2022, 4, 1))
    due = _due(Events(reached={"answers_sent": dt.date(2022, 5, 20)}, extensions=[extension]))
    assert due["answers_sent"] == dt.date(2022, 6, 15), "its own date stays what was agreed"
    assert due["answers_processed"] == dt.date(2022, 6, 20)


def test_the_days_of_a_pause_count_for_nothing_that_is_open() -> None:
    pause = Pause(dt.date(2022, 2, 1), dt.date(2022, 2, 10))
    due = _due(Events(reached={"consultations_held": dt.date(2021, 12, 10)}, pauses=[pause]))
    assert due["consultations_held"] == dt.date(2021, 12, 13), "it was reached before"
    assert due["answers_sent"] == dt.date(2022, 5, 11)
    assert due["feedback_sent"] == dt.date(2022, 12, 11)


def test_a_pause_before_the_answers_were_received_does_not_lengthen_the_time_for_the_feedback() -> None:
    pause = Pause(dt.date(2022, 2, 1), dt.date(2022, 2, 10))
    due = _due(Events(reached={"answers_sent": dt.date(2022, 5, 20)}, pauses=[pause]))
    assert due["feedback_sent"] == dt.date(2022, 12, 20)


def test_a_date_agreed_after_a_pause_is_not_moved_by_it() -> None:
    known = Pause(dt.date(2021, 12, 1), dt.date(2021, 12, 10))
    later = Pause(dt.date(2022, 3, 1), dt.date(2022, 3, 5))
    agreed = AgreedDate("answers_sent", dt.date(2022, 6, 1), decided_on=dt.date(2021, 12, 20))
    assert _due(Events(agreed=[agreed], pauses=[known]))["answers_sent"] == dt.date(2022, 6, 1)
    assert _due(Events(agreed=[agreed], pauses=[known, later]))["answers_sent"] == dt.date(2022, 6, 6)


def test_a_date_on_a_day_off_of_whoever_owes_it_moves_to_the_next_working_day() -> None:
    vienna = DaysOff(frozenset({6, 7}), frozenset({dt.date(2022, 6, 1)}))
    friday_and_saturday = DaysOff(frozenset({5, 6}))
    due = _due(Events(), {"state_under_review": friday_and_saturday, "secretariat": vienna})
    assert due["answers_sent"] == dt.date(2022, 5, 1), "a Sunday, on which that State works"
    assert due["answers_processed"] == dt.date(2022, 6, 2)
    assert due["feedback_sent"] == dt.date(2022, 12, 1), "counted by the calendar; moving one does not move all"


def test_a_week_without_a_working_day_moves_nothing() -> None:
    assert _due(Events(), {"state_under_review": DaysOff(frozenset(range(1, 8)))}) == _due(Events())


def test_where_several_owe_the_days_off_of_each_count() -> None:
    both = DaysOff(frozenset({6, 7})) | DaysOff(frozenset({5, 6}))
    monday = dt.date(2022, 5, 2)
    week = [monday + dt.timedelta(days=number) for number in range(7)]
    assert [day.isoweekday() for day in week if day in both] == [5, 6, 7]
    tuesday, thursday = week[1], week[3]
    holidays = DaysOff(holidays=frozenset({tuesday})) | DaysOff(holidays=frozenset({thursday}))
    assert [day for day in week if day in holidays] == [tuesday, thursday]


def test_the_reasons_are_told() -> None:
    pause = Pause(dt.date(2022, 2, 1), dt.date(2022, 2, 10))
    extension = AgreedDate("answers_sent", dt.date(2022, 6, 15), decided_on=dt.date(2022, 4, 1))
    events = Events(extensions=[extension], pauses=[pause])
    answers = compute_due_dates(PLAN, START, events)["answers_sent"]
    assert (answers.origin, answers.counted_from_on) == (None, START)
    assert (answers.extended_to, answers.paused_days) == (dt.date(2022, 6, 15), 0)
    feedback = compute_due_dates(PLAN, START, events)["feedback_sent"]
    assert (feedback.origin, feedback.counted_from_on) == ("answers_processed", dt.date(2022, 7, 15))
    assert feedback.extended_to is None
    paused = compute_due_dates(PLAN, START, Events(pauses=[pause]))["answers_sent"]
    assert paused.paused_days == 10


@given(courses())
def test_without_events_and_days_off_any_plan_gives_its_own_dates(course: Course) -> None:
    assert {slug: each.due_on for slug, each in compute_due_dates(course.plan, course.starts_on).items()} == due_dates(
        course.plan, course.starts_on, {}
    )


@given(courses())
def test_computing_twice_gives_the_same(course: Course) -> None:
    assert course.due_dates() == course.due_dates()


@given(courses(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_recorded_does_not_matter(course: Course, chance: random.Random) -> None:
    events = course.events
    shuffled = course.having(
        **{
            name: chance.sample(list(getattr(events, name)), len(getattr(events, name)))
            for name in ("agreed", "extensions", "pauses")
        },
        reached=dict(chance.sample(list(events.reached.items()), len(events.reached))),
    )
    assert shuffled.due() == course.due()


@given(courses())
def test_no_date_comes_before_its_cause(course: Course) -> None:
    due = course.due()
    agreed = {each.slug for each in course.events.agreed}
    for milestone in course.plan:
        cause = milestone.counted_from
        begins = course.starts_on if cause is None else course.events.reached.get(cause, due[cause])
        # A day that the States named themselves holds whatever else happens.
        assert milestone.slug in agreed or due[milestone.slug] >= begins


@given(courses(), pauses())
def test_a_further_pause_makes_no_date_earlier(course: Course, pause: Pause) -> None:
    before, after = course.due(), course.having(pauses=[*course.events.pauses, pause]).due()
    assert all(after[slug] >= before[slug] for slug in before)


@given(courses(), pauses(), st.integers(0, 100), st.integers(0, 100))
def test_a_longer_pause_makes_no_date_earlier(course: Course, pause: Pause, sooner: int, later: int) -> None:
    longer = Pause(pause.first - dt.timedelta(days=sooner), pause.last + dt.timedelta(days=later))
    before = course.having(pauses=[*course.events.pauses, pause]).due()
    after = course.having(pauses=[*course.events.pauses, longer]).due()
    assert all(after[slug] >= before[slug] for slug in before)


@given(courses(), st.data(), st.integers(0, 300))
def test_an_extension_or_a_longer_one_makes_no_date_earlier(course: Course, data: st.DataObject, days: int) -> None:
    slug = data.draw(st.sampled_from([milestone.slug for milestone in course.plan]))
    extension = data.draw(agreements(slug))
    longer = replace(extension, until=extension.until + dt.timedelta(days=days))
    none = course.due()
    short = course.having(extensions=[*course.events.extensions, extension]).due()
    long = course.having(extensions=[*course.events.extensions, longer]).due()
    assert all(none[each] <= short[each] <= long[each] for each in none)


def _at_once_in_a_pause(start: dt.date, pause: Pause) -> Course:
    """A milestone of no days, counted from a start that lies in a pause."""
    return Course([PlannedMilestone("m0", 0, 0, "days", None)], start, Events(pauses=[pause]), {})


@given(courses())
@example(_at_once_in_a_pause(dt.date(2020, 1, 1), Pause(dt.date(2020, 1, 1), dt.date(2020, 1, 2))))
@example(_at_once_in_a_pause(dt.date(2020, 1, 2), Pause(dt.date(2020, 1, 1), dt.date(2020, 1, 2))))
def test_no_open_milestone_is_due_on_a_day_that_does_not_count(course: Course) -> None:
    due = course.due()
    causes = {milestone.slug: milestone.counted_from for milestone in course.plan}
    for slug, day in due.items():
        moved_by_its_cause = day in {due.get(causes[slug] or ""), *course.events.reached.values()}
        if (
            slug in course.events.reached
            or moved_by_its_cause
            or any(each.slug == slug for each in course.events.agreed)
        ):
            continue
        assert not any(pause.first <= day <= pause.last for pause in course.events.pauses)


@given(courses(), pauses())
def test_what_was_reached_before_a_pause_keeps_its_date(course: Course, pause: Pause) -> None:
    before, after = course.due_dates(), course.having(pauses=[*course.events.pauses, pause]).due_dates()
    for slug, day in course.events.reached.items():
        origin = before[slug].origin
        if day < pause.first and (origin is None or origin in course.events.reached):
            assert after[slug].due_on == before[slug].due_on
