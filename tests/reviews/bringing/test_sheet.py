"""Rows of steps and days, whatever they hold: what is in order goes through, and what is not is named; pure."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from reviews.bringing.sheet import (
    CourseRow,
    KnownMilestone,
    KnownProgramme,
    KnownReview,
    KnownStep,
    packed,
    read_courses,
    unpacked,
)
from tests.reviews.bringing.files import as_csv

pytestmark = pytest.mark.unit
TODAY = dt.date(2026, 11, 29)
SLUGS = ("first", "second", "third", "fourth", "last")
DAYS = st.dates(dt.date(2000, 1, 1), TODAY)


def programme(slugs: Sequence[str] = SLUGS) -> KnownProgramme:
    """A mechanism that is none of ours: other steps, other milestones."""
    return KnownProgramme(
        steps=[KnownStep(slug, frozenset({slug, f"step {slug}"}), lambda slug=slug: f"Step {slug}") for slug in slugs],
        plan=[
            KnownMilestone(f"done-{slug}", place, lambda slug=slug: f"Done {slug}") for place, slug in enumerate(slugs)
        ],
        reviews={"1-AAA": KnownReview("AAA", "1")},
        states={"aaa": "AAA"},
        today=TODAY,
    )


def read(**cells: str) -> CourseRow:
    (row,) = read_courses("f.csv", as_csv([{"review": "1-AAA", **cells}]).read(), programme())
    return row


@given(st.integers(1, len(SLUGS) - 1), st.lists(st.none() | DAYS, min_size=len(SLUGS), max_size=len(SLUGS)))
def test_days_that_run_as_the_steps_do_are_taken_as_they_are(here: int, days: list[dt.date | None]) -> None:
    run = sorted(day for day in days if day is not None) or [TODAY]
    known = [run.pop(0) if day is not None and run else None for day in days[: here + 1]]
    known[here] = TODAY
    cells = {f"step:{slug}": str(day or "") for slug, day in zip(SLUGS[1:], known[1:], strict=False)}
    row = read(step=SLUGS[here], opened_on=str(known[0] or ""), **cells)
    assert row.problems == {}
    assert row.reached == {slug: str(day) for slug, day in zip(SLUGS[1:], known[1:], strict=False) if day is not None}
    assert unpacked(packed([row])) == [row]


@given(DAYS, DAYS)
def test_of_two_days_that_run_backwards_the_later_step_is_named(one: dt.date, other: dt.date) -> None:
    row = read(step="third", **{"step:second": str(max(one, other)), "step:third": str(min(one, other))})
    assert set(row.problems) == ({"step:third"} if one != other else set())


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_whatever_a_cell_holds_it_is_a_day_or_named(cell: str) -> None:
    row = read(step="second", **{"step:second": f"x{cell}"})
    assert set(row.problems) <= {"step:second"}
    assert row.problems


@given(st.sampled_from(SLUGS), st.sampled_from(SLUGS))
def test_no_day_is_taken_of_a_step_to_which_the_review_has_not_come(step: str, of: str) -> None:
    if SLUGS.index(of) > SLUGS.index(step) > 0:
        row = read(step=step, **{f"step:{step}": "2020-01-01", f"step:{of}": "2021-01-01"})
        assert row.problems == {f"step:{of}": "The review has not come to this step."}


def test_milestones_have_columns_of_their_own_by_the_names_of_the_mechanism() -> None:
    cells = {"Done on: Done first": "2020-02-01", "Step second: reached on": "2020-03-01"}
    row = read(step="step second", opened_on="2020-01-01", **cells)
    assert (row.problems, row.milestones, row.reached) == ({}, {"done-first": "2020-02-01"}, {"second": "2020-03-01"})


@pytest.mark.parametrize("cell", ["en, fr", "en; fr", "en，fr", "en、fr", "en； fr", "الإنكليزية، الفرنسية"])
def test_languages_are_divided_as_any_language_divides_a_list(cell: str) -> None:
    assert read(step="first", languages=cell).languages == ("en", "fr")
