"""However measures are asked for, each finds the world that it names: those on fewer reviews come first."""

from itertools import permutations

import pytest

from tools.bench.__main__ import in_order

pytestmark = pytest.mark.unit


def names(*wanted: str) -> list[str]:
    return [measure.__name__ for measure in in_order(wanted)]


def test_they_run_in_one_order_whatever_order_they_are_named_in() -> None:
    orders = {tuple(names(*wanted)) for wanted in permutations(("walls", "list", "cockpit", "saves"))}
    assert orders == {("_saves", "_shortest_list", "_cockpit", "_list", "_walls")}


def test_the_cockpit_is_measured_between_the_shortest_list_and_the_longest() -> None:
    assert names("list", "cockpit") == names("cockpit", "list") == ["_shortest_list", "_cockpit", "_list"]


def test_what_adds_reviews_without_saying_how_many_comes_after_all_that_name_a_number() -> None:
    everything = names()
    assert everything == names(*reversed(("saves", "middleware", "section", "document", "texts", "list", "cockpit",
                                          "walls", "desk", "reminders", "crowd", "draw")))  # fmt: skip
    assert max(map(everything.index, ("_list", "_cockpit", "_walls"))) < everything.index("_reminders")
    assert everything.index("_reminders") < everything.index("_crowd")


def test_a_name_that_is_none_is_refused_before_anything_is_built() -> None:
    with pytest.raises(SystemExit, match="No such measure: lists"):
        in_order(["lists"])
