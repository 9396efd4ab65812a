"""The engine of dates by single examples: what a slip of one sign, one word or one day would change."""

import datetime as dt

import pytest

from reviews.clock.engine import (
    AgreedDate,
    DaysOff,
    DueDate,
    Events,
    Pause,
    PlanError,
    PlannedMilestone,
    compute_due_dates,
)

pytestmark = pytest.mark.unit

MONDAY = dt.date(2022, 1, 3)
WEEKEND = DaysOff(frozenset({6, 7}))


def day(number: int) -> dt.date:
    """Of January 2022: the 3rd is a Monday."""
    return dt.date(2022, 1, 1) + dt.timedelta(days=number - 1)


def after(days: int, **fields: object) -> PlannedMilestone:
    """So many days after the start, or after what is named."""
    known: dict[str, object] = {"slug": "it", "order": 9, "counted_from": None, "owed_by": "us"}
    return PlannedMilestone(amount=days, unit="days", **known | fields)  # type: ignore[arg-type]


def due(*plan: PlannedMilestone, events: Events | None = None, off: DaysOff | None = None) -> dict[str, DueDate]:
    return compute_due_dates(plan, MONDAY, events, {"us": off} if off else {})


@pytest.mark.parametrize("working", range(1, 8))
def test_one_working_day_a_week_is_waited_for(working: int) -> None:
    """And a week without any is a mistake in the data, that nobody waits for."""
    off = frozenset(range(1, 8)) - {working}
    for days, weekday in ((0, 1), (1, 2)):
        asked_for, waited = MONDAY + dt.timedelta(days=days), (working - weekday) % 7
        found = due(after(days), off=DaysOff(off))["it"]
        assert found.due_on == asked_for + dt.timedelta(days=waited)
        assert found.moved_from == (asked_for if waited else None)
        assert due(after(days), off=DaysOff(off | {working}))["it"].due_on == asked_for


def test_a_date_of_its_own_extension_stays_on_a_day_off_and_one_that_follows_from_it_does_not() -> None:
    plan = after(1, slug="first"), after(7, counted_from="first")
    extended = Events(extensions=[AgreedDate("first", day(8), day(3))])  # a Saturday
    found = due(*plan, events=extended, off=WEEKEND)
    assert (found["first"].due_on, found["first"].extended_to, found["first"].moved_from) == (day(8), day(8), None)
    assert (found["it"].due_on, found["it"].extended_to, found["it"].moved_from) == (day(17), None, day(15))


def test_an_agreed_date_stays_on_a_day_off_also_before_what_it_is_counted_from() -> None:
    plan = after(1, slug="first"), after(7, counted_from="first")
    agreed = Events(reached={"first": day(20)}, agreed=[AgreedDate("it", day(8), day(3))])
    found = due(*plan, events=agreed, off=WEEKEND)["it"]
    assert (found.due_on, found.agreed_on, found.moved_from) == (day(8), day(8), None)


def test_nothing_is_due_before_what_it_is_counted_from_was_reached() -> None:
    """Though the processing that it waits for was recorded earlier."""
    plan = (
        after(1, slug="sent", order=1),
        after(1, slug="processed", order=2, counted_from="sent", clock_stops=True),
        after(3, counted_from="sent"),
    )
    found = due(*plan, events=Events(reached={"sent": day(20), "processed": day(5)}))["it"]
    assert (found.origin, found.counted_from_on, found.due_on) == ("processed", day(5), day(20))


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        ([Pause(day(5), day(5))], 1),
        ([Pause(day(5), day(4))], 0),  # empty
        ([Pause(day(5), day(4)), Pause(day(6), day(6))], 1),
        ([Pause(day(4), day(20)), Pause(day(5), day(6))], 17),  # one within the other
        ([Pause(day(4), day(6)), Pause(day(5), day(20))], 17),
        ([Pause(day(4), day(6)), Pause(day(6), day(8))], 5),  # one begins on the other's last day
        ([Pause(day(4), day(5)), Pause(day(6), day(7))], 4),  # one after the other
        ([Pause(day(5), day(5)), Pause(day(8), day(8))], 2),
        ([Pause(day(4), day(4)), Pause(day(6), day(8)), Pause(day(8), day(9))], 5),  # of three the later two
        ([Pause(day(4), day(4)), Pause(day(6), day(9)), Pause(day(7), day(8))], 5),
        ([Pause(dt.date(2021, 12, 1), day(3))], 0),  # over by the day from which is counted
        ([Pause(dt.date(2021, 12, 1), day(4))], 1),
    ],
)
def test_each_paused_day_counts_once(pauses: list[Pause], days: int) -> None:
    found = due(after(4), events=Events(pauses=pauses))["it"]
    assert (found.paused_days, found.due_on) == (days, day(7 + days))


def test_of_a_milestone_that_was_reached_only_the_pauses_until_then_count() -> None:
    pauses = [Pause(day(4), day(5)), Pause(day(6), day(9))]
    for reached, days in ((day(3), 0), (day(4), 1), (day(5), 2), (day(7), 4)):
        assert due(after(1), events=Events(reached={"it": reached}, pauses=pauses))["it"].paused_days == days


def test_a_day_off_is_moved_past_a_pause_that_follows_it_and_past_a_day_off_that_follows_that() -> None:
    """Due on Saturday; paused on Monday, or from Monday to Friday: neither takes any of the time that counts."""
    for last, expected in ((day(10), day(11)), (day(14), day(17)), (day(17), day(18))):
        found = due(after(5), events=Events(pauses=[Pause(day(10), last)]), off=WEEKEND)["it"]
        assert (found.moved_from, found.due_on) == (day(8), expected)


def test_a_day_that_the_states_named_may_lie_in_a_pause_that_they_had_agreed_on() -> None:
    pause = Pause(day(5), day(10))
    agreed = Events(agreed=[AgreedDate("it", day(10), day(10))], pauses=[pause])
    assert due(after(1), events=agreed)["it"].due_on == day(10)
    assert due(after(7), events=Events(pauses=[pause]))["it"].due_on == day(16)
    for last in (3, 10):
        start = Events(pauses=[Pause(MONDAY, day(last))])
        assert due(after(0), events=start)["it"].due_on == day(last + 1)


def test_a_day_that_the_states_named_before_a_pause_that_begins_on_it_comes_after_that() -> None:
    named = Events(agreed=[AgreedDate("it", day(10), day(4))], pauses=[Pause(day(10), day(12))])
    assert due(after(1), events=named)["it"].due_on == day(13)


@pytest.mark.parametrize("named_on", [4, 5, 6, 7])
def test_two_pauses_of_which_one_follows_the_other_are_one(named_on: int) -> None:
    for agreed in ([], [AgreedDate("it", day(named_on), day(named_on))]):
        one, two = [Pause(day(4), day(9))], [Pause(day(4), day(6)), Pause(day(7), day(9))]
        apart, together = (due(after(4), events=Events(agreed=agreed, pauses=each)) for each in (two, one))
        assert apart == together


def test_the_last_processing_before_a_milestone_begins_its_time() -> None:
    def processing(slug: str, order: int, counted_from: str | None = "sent") -> PlannedMilestone:
        return after(order, slug=slug, order=order, counted_from=counted_from, clock_stops=True)

    sent, other = after(1, slug="sent", order=0), after(2, slug="other", order=1)
    plan = sent, other, processing("one", 3), processing("two", 2), processing("later", 9), processing("last", 10)
    assert due(*plan, after(1, counted_from="sent"))["it"].origin == "one"
    assert due(sent, processing("later", 9), after(1, counted_from="sent"))["it"].origin == "sent"
    assert due(sent, processing("elsewhere", 3, None), after(1, counted_from="sent"))["it"].origin == "sent"
    assert due(*plan, after(1, order=4, counted_from="other"))["it"].origin == "other"
    # A processing counts from what it processes, and not from another one.
    assert due(*plan)["one"].origin == "sent"
    assert due(*plan, after(1))["it"].origin is None


def test_a_plan_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(PlanError, match=r"^unknown milestones: a, b$"):
        due(after(1, counted_from="b"), after(1, slug="other", counted_from="a"))
    with pytest.raises(PlanError, match=r"^milestones count in a circle: (one, two, one|two, one, two)$"):
        due(after(1, slug="one", counted_from="two"), after(1, slug="two", counted_from="one"))
