"""The workflow as pure functions: moves, and indicative dates for any plan."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from reviews.clock.workflow import ALLOWED_MOVES, PlanError, PlannedMilestone, due_dates, is_allowed_move
from reviews.programme.enums import DurationUnit, StepKind

pytestmark = pytest.mark.unit

START = dt.date(2021, 11, 1)
# The plan of resolution 10/1 as far as the written feedback (annex I, figure and note b).
PLAN = (
    PlannedMilestone("consultations_held", 3, 6, "weeks", None),
    PlannedMilestone("answers_sent", 4, 6, "months", None),
    PlannedMilestone("answers_processed", 5, 1, "months", "answers_sent", clock_stops=True),
    PlannedMilestone("feedback_sent", 6, 6, "months", "answers_sent"),
)
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> list[PlannedMilestone]:
    """Any plan whose milestones count from the start or from one before them."""
    size = draw(st.integers(1, 8))
    return [
        PlannedMilestone(
            slug=f"m{number}",
            order=number,
            amount=draw(st.integers(0, 24)),
            unit=draw(st.sampled_from(DurationUnit.values)),
            counted_from=draw(st.sampled_from([None, *(f"m{before}" for before in range(number))])),
            clock_stops=draw(st.booleans()),
        )
        for number in range(size)
    ]


@st.composite
def plans_with_facts(draw: st.DrawFn) -> tuple[list[PlannedMilestone], dict[str, dt.date]]:
    """Facts as they come in any order; but no processing ends before what it processes (nobody can do that)."""
    plan = draw(plans())
    slugs = [milestone.slug for milestone in plan if not milestone.clock_stops]
    reached = draw(st.sets(st.sampled_from(slugs))) if slugs else set()
    return plan, {slug: draw(DATES) for slug in sorted(reached)}


def test_the_dates_of_the_official_plan() -> None:
    assert due_dates(PLAN, START, {}) == {
        "consultations_held": dt.date(2021, 12, 13),
        "answers_sent": dt.date(2022, 5, 1),
        "answers_processed": dt.date(2022, 6, 1),
        "feedback_sent": dt.date(2022, 12, 1),
    }


def test_later_dates_follow_what_actually_happened() -> None:
    due = due_dates(PLAN, START, {"answers_sent": dt.date(2022, 7, 15)})
    assert due["answers_sent"] == dt.date(2022, 5, 1), "its own date stays what it was"
    assert due["answers_processed"] == dt.date(2022, 8, 15)
    assert due["feedback_sent"] == dt.date(2023, 2, 15), "six months after the processing, during which the clock stops"


def test_the_clock_runs_again_when_processing_really_ended() -> None:
    reached = {"answers_sent": dt.date(2022, 5, 1), "answers_processed": dt.date(2022, 5, 20)}
    assert due_dates(PLAN, START, reached)["feedback_sent"] == dt.date(2022, 11, 20)


@given(plans_with_facts(), DATES)
def test_every_milestone_has_one_date(facts: tuple[list[PlannedMilestone], dict[str, dt.date]], start: dt.date) -> None:
    plan, reached = facts
    assert due_dates(plan, start, reached).keys() == {milestone.slug for milestone in plan}


@given(plans_with_facts(), DATES)
def test_no_date_comes_before_its_cause(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date]], start: dt.date
) -> None:
    plan, reached = facts
    due = due_dates(plan, start, reached)
    for milestone in plan:
        cause = milestone.counted_from
        assert due[milestone.slug] >= (start if cause is None else reached.get(cause, due[cause]))


@given(plans_with_facts(), DATES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date]], start: dt.date, random: object
) -> None:
    plan, reached = facts
    shuffled = list(plan)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert due_dates(shuffled, start, reached) == due_dates(plan, start, reached)


@given(plans_with_facts(), DATES)
def test_what_was_reached_on_its_own_date_changes_nothing(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date]], start: dt.date
) -> None:
    plan, _reached = facts
    due = due_dates(plan, start, {})
    assert due_dates(plan, start, due) == due


AGREED = {"answers_sent": dt.date(2022, 8, 1), "feedback_sent": dt.date(2023, 3, 15)}


def test_a_date_that_the_states_agreed_on_goes_before_that_of_the_plan() -> None:
    due = due_dates(PLAN, START, {}, AGREED)
    assert due == {
        "consultations_held": dt.date(2021, 12, 13),
        "answers_sent": dt.date(2022, 8, 1),
        "answers_processed": dt.date(2022, 9, 1),
        "feedback_sent": dt.date(2023, 3, 15),
    }


def test_what_is_counted_from_an_agreed_date_follows_what_really_happened() -> None:
    due = due_dates(PLAN, START, {"answers_sent": dt.date(2022, 10, 1)}, {"answers_sent": dt.date(2022, 8, 1)})
    assert due["answers_sent"] == dt.date(2022, 8, 1), "its own date stays what was agreed"
    assert due["feedback_sent"] == dt.date(2023, 5, 1), "six months after a month of processing"


@st.composite
def plans_with_agreements(
    draw: st.DrawFn,
) -> tuple[list[PlannedMilestone], dict[str, dt.date], dict[str, dt.date]]:
    """Plan, facts, and dates agreed for any of the milestones, also for some that were reached since."""
    plan, reached = draw(plans_with_facts())
    slugs = draw(st.sets(st.sampled_from([milestone.slug for milestone in plan])))
    return plan, reached, {slug: draw(DATES) for slug in sorted(slugs)}


@given(plans_with_agreements(), DATES)
def test_every_agreed_date_holds(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date], dict[str, dt.date]], start: dt.date
) -> None:
    plan, reached, agreed = facts
    due = due_dates(plan, start, reached, agreed)
    assert {slug: due[slug] for slug in agreed} == agreed
    assert due.keys() == {milestone.slug for milestone in plan}


@given(plans_with_agreements(), DATES)
def test_an_agreement_moves_what_follows_and_nothing_else(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date], dict[str, dt.date]], start: dt.date
) -> None:
    plan, reached, agreed = facts
    planned, due = due_dates(plan, start, reached), due_dates(plan, start, reached, agreed)
    free = {milestone.slug for milestone in plan if milestone.counted_from is None} - agreed.keys()
    assert {slug: due[slug] for slug in free} == {slug: planned[slug] for slug in free}


@given(plans_with_agreements(), DATES)
def test_agreeing_on_the_dates_as_they_are_changes_nothing(
    facts: tuple[list[PlannedMilestone], dict[str, dt.date], dict[str, dt.date]], start: dt.date
) -> None:
    plan, reached, agreed = facts
    due = due_dates(plan, start, reached, agreed)
    assert due_dates(plan, start, reached, due) == due
    assert due_dates(plan, start, reached, agreed) == due


def test_a_circle_is_named() -> None:
    plan = [replace(PLAN[0], slug="a", counted_from="b"), replace(PLAN[0], slug="b", counted_from="a")]
    with pytest.raises(PlanError, match="circle"):
        due_dates(plan, START, {})


def test_an_unknown_milestone_is_named() -> None:
    with pytest.raises(PlanError, match="nowhere"):
        due_dates([replace(PLAN[0], counted_from="nowhere")], START, {})


def test_a_review_moves_forward_only() -> None:
    order = [
        StepKind.CONSULTATION,
        StepKind.QUESTIONNAIRE,
        StepKind.FEEDBACK,
        StepKind.DIALOGUE,
        StepKind.AGREED_TEXT,
        StepKind.CLOSING,
    ]
    backwards = [(a, b) for number, a in enumerate(order) for b in order[:number] if is_allowed_move(a, b)]
    assert backwards == []


def test_the_dialogue_may_be_left_out() -> None:
    assert is_allowed_move(StepKind.FEEDBACK, StepKind.AGREED_TEXT)
    assert not is_allowed_move(StepKind.CONSULTATION, StepKind.FEEDBACK)


def test_every_kind_of_step_has_its_moves() -> None:
    assert set(ALLOWED_MOVES) == set(StepKind)
