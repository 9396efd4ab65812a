"""On small tables the draw is compared with all draws that there are."""

import pytest
from hypothesis import example, given, settings, strategies as st

from lots.algorithm import FinishedDraw, ImpossibleDrawError, PartyTable, Switches, draw
from tests.lots.brute_force import Best, best_draw
from tests.lots.tables import full_table, small_tables

pytestmark = pytest.mark.unit


def drawn(table: PartyTable, switches: Switches, seed: str) -> FinishedDraw | None:
    try:
        return draw(table, switches, as_of="2020-10-12", seed=seed)
    except ImpossibleDrawError:
        return None


def quality(result: FinishedDraw | None) -> Best | None:
    return result and Best(result.extras, sum(load * load for load in result.loads.values()))


@pytest.mark.parametrize("load", ["hard", "soft", "two"])
@settings(max_examples=12)
@given(table=small_tables(), seed=st.text(max_size=5))
def test_a_draw_is_found_where_there_is_one_and_it_is_the_best(load: str, table: PartyTable, seed: str) -> None:
    switches = Switches(load=load)
    assert quality(drawn(table, switches, seed)) == best_draw(table, switches)


@settings(max_examples=12)
@given(table=small_tables(), data=st.data())
def test_exclusions_make_no_difference_to_that(table: PartyTable, data: st.DataObject) -> None:
    codes = [party.code for party in table.parties]
    pairs = st.tuples(st.sampled_from(codes), st.sampled_from(codes)).filter(lambda pair: pair[0] != pair[1])
    excluded = data.draw(st.sets(pairs, max_size=4))
    switches = Switches(exclude=tuple(sorted(excluded)))
    assert quality(drawn(table, switches, "s")) == best_draw(table, switches)


@settings(max_examples=12)
@given(table=small_tables(), load=st.sampled_from(["hard", "soft", "two"]))
@example(full_table(3, 3), "hard")
def test_no_bound_claims_more_than_is_true(table: PartyTable, load: str) -> None:
    switches = Switches(load=load)
    best, result = best_draw(table, switches), drawn(table, switches, "bound")
    if best is None or result is None:
        assert best is result
        return
    extras, squares = result.bounds
    assert extras.value <= best.extras
    assert squares.value <= best.squares
