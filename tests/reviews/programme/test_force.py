"""From when a treaty binds a State, over all deposits: the thirtieth day, and a Protocol not before its Convention."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from reviews.programme.force import Clause, entries_into_force

pytestmark = pytest.mark.unit

DAYS = st.dates(dt.date(2000, 12, 12), dt.date(2030, 12, 31))
CLAUSES = {
    "convention": Clause(30, dt.date(2003, 9, 29)),
    "protocol": Clause(30, dt.date(2003, 12, 25), "convention"),
    "elsewhere": Clause(30, dt.date(2005, 12, 14)),
}
DEPOSITS = st.dictionaries(st.sampled_from(sorted(CLAUSES)), DAYS)


def test_the_thirtieth_day_after_the_deposit() -> None:
    """China deposited on 23 September 2003, and the Convention entered into force for it on 23 October 2003."""
    assert entries_into_force({"convention": dt.date(2003, 9, 23)}, CLAUSES) == {"convention": dt.date(2003, 10, 23)}


def test_whoever_was_early_waited_for_the_treaty_itself() -> None:
    assert entries_into_force({"convention": dt.date(2001, 2, 1)}, CLAUSES) == {"convention": dt.date(2003, 9, 29)}


def test_a_protocol_waits_for_the_convention() -> None:
    deposits = {"protocol": dt.date(2004, 1, 1), "convention": dt.date(2006, 3, 1)}
    assert entries_into_force(deposits, CLAUSES)["protocol"] == dt.date(2006, 3, 31)


@given(DEPOSITS)
def test_nothing_binds_before_its_day(deposits: dict[str, dt.date]) -> None:
    days = entries_into_force(deposits, CLAUSES)
    for name, day in days.items():
        clause = CLAUSES[name]
        assert clause.in_force_on is not None
        assert day >= deposits[name] + dt.timedelta(days=30)
        assert day >= clause.in_force_on
    assert set(deposits) - set(days) == ({"protocol"} & set(deposits) if "convention" not in deposits else set())
    if "protocol" in days:
        assert days["protocol"] >= days["convention"]


@given(DEPOSITS)
def test_the_day_is_the_latest_of_those_that_are_asked_and_no_later(deposits: dict[str, dt.date]) -> None:
    for name, day in entries_into_force(deposits, CLAUSES).items():
        names = ["convention", "protocol"] if name == "protocol" else [name]
        bounds = {deposits[each] + dt.timedelta(days=30) for each in names}
        assert day in bounds | {CLAUSES[each].in_force_on for each in names}


@given(DEPOSITS, st.sampled_from(sorted(CLAUSES)), st.integers(0, 2_000))
def test_a_later_deposit_never_binds_earlier(deposits: dict[str, dt.date], name: str, later: int) -> None:
    if name not in deposits:
        return
    moved = {**deposits, name: deposits[name] + dt.timedelta(days=later)}
    before, after = (entries_into_force(each, CLAUSES) for each in (deposits, moved))
    assert all(after[each] >= before[each] for each in before)


def test_rows_that_wait_for_each_other_come_to_an_end() -> None:
    clauses = {"a": Clause(30, None, "b"), "b": Clause(30, None, "a")}
    deposits = {"a": dt.date(2020, 1, 1), "b": dt.date(2020, 1, 11)}
    assert set(entries_into_force(deposits, clauses).values()) == {dt.date(2020, 2, 10)}
