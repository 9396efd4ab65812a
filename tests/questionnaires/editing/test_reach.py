"""Which items can never be asked, and which conditions decide nothing: exactly, against trying every answer."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st

from questionnaires.definitions.conditions import AnswerValue, asked_codes, evaluate, parent_code
from questionnaires.editing.reach import STEPS_OF_ONE, Reach
from tests.questionnaires.official import CLUSTERS, load_definition

YES, NO = ("Yes",), ("No",)


@dataclass(frozen=True)
class Node:
    """An item of an invented questionnaire."""

    code: str
    condition: dict[str, Any] | None = None
    kind: str = "yes_no"
    options: tuple[str, ...] = ("Yes", "No")


def answered(code: str, *values: str) -> dict[str, Any]:
    return {"op": "in", "code": code, "values": list(values)}


def both(*of: dict[str, Any]) -> dict[str, Any]:
    return {"op": "all", "of": list(of)}


def unless(of: dict[str, Any]) -> dict[str, Any]:
    return {"op": "not", "of": of}


FIRST, SECOND = Node("X.t.1"), Node("X.t.2", answered("X.t.1", "Yes"))


@pytest.mark.parametrize(
    "condition",
    [
        both(answered("X.t.1", "Yes"), answered("X.t.1", "No")),
        both(answered("X.t.2", "Yes"), answered("X.t.1", "No")),
        both(answered("X.t.2", "Yes"), unless(answered("X.t.1", "Yes"))),
        both(answered("X.t.1", "Yes"), unless({"op": "answered", "code": "X.t.1"})),
        answered("X.t.99", "Yes"),
    ],
    ids=["two answers at once", "through another item", "an opposite", "an answer and none", "no such item"],
)
def test_conditions_that_contradict_each_other_are_found(condition: dict[str, Any]) -> None:
    items = [FIRST, SECOND, Node("X.t.3", condition), Node("X.t.3.a")]
    assert Reach(items).never_asked == {"X.t.3", "X.t.3.a"}


def test_more_boxes_than_there_are_cannot_be_chosen() -> None:
    boxes = Node("X.t.1", kind="multiple", options=("A", "B", "C"))
    two = {"op": "selected", "code": "X.t.1", "values": ["A", "B"], "min": 2}
    none_of_them = unless({"op": "selected", "code": "X.t.1", "values": ["A"], "min": 1})
    items = [boxes, Node("X.t.2", two), Node("X.t.3", both(two, none_of_them))]
    assert Reach(items).never_asked == {"X.t.3"}


def test_what_heads_its_sub_items_is_never_answered() -> None:
    head = Node("X.t.1", kind="group", options=())
    assert Reach([head, Node("X.t.2", {"op": "answered", "code": "X.t.1"})]).never_asked == {"X.t.2"}


def test_a_condition_that_always_holds_is_told_from_one_that_holds_once_something_is_answered() -> None:
    whatever = Node("X.t.3", {"op": "any", "of": [answered("X.t.1", "Yes"), unless(answered("X.t.1", "Yes"))]})
    either = Node("X.t.4", answered("X.t.1", "Yes", "No"))
    reach = Reach([FIRST, SECOND, whatever, either])
    assert reach.always_met == {"X.t.3"}
    assert reach.met_once_answered == {"X.t.3", "X.t.4"}
    assert reach.never_asked == set()


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_item_of_the_official_questionnaires_can_be_asked(cluster: str) -> None:
    reach = Reach(load_definition(cluster).items())
    assert (reach.never_asked, reach.always_met, reach.undecided) == (set(), set(), set())


def test_a_check_list_of_many_options_is_decided_at_once() -> None:
    """Subsets of forty options cannot be tried one by one."""
    boxes = Node("X.t.1", kind="multiple", options=tuple(f"Option {number}" for number in range(40)))
    some = {"op": "selected", "code": "X.t.1", "values": list(boxes.options[:20]), "min": 15}
    most = {"op": "selected", "code": "X.t.1", "min": 39}
    reach = Reach([boxes, Node("X.t.2", some), Node("X.t.3", both(most, unless(some)))])
    assert reach.never_asked == {"X.t.3"}


def test_many_items_that_depend_on_each_other_are_decided_at_once() -> None:
    items = [Node("X.t.0")]
    items += [Node(f"X.t.{number}", answered(f"X.t.{number - 1}", "Yes")) for number in range(1, 60)]
    wrong = both(answered("X.t.59", "Yes"), {"op": "any", "of": [answered(f"X.t.{n}", "No") for n in range(60)]})
    assert Reach([*items, Node("X.t.60", wrong)]).never_asked == {"X.t.60"}


def with_follow_ups(kind: str) -> list[Node]:
    """A list of nineteen options, as official questionnaires have them, and a question on each."""
    boxes = Node("X.t.1", kind=kind, options=tuple(f"Option {number}" for number in range(19)))
    return [boxes, *(Node(f"X.t.{n}", answered("X.t.1", option)) for n, option in enumerate(boxes.options, start=2))]


@pytest.mark.parametrize("kind", ["multiple", "single"])
def test_a_list_with_a_follow_up_on_each_option_is_decided_in_few_steps(kind: str) -> None:
    items = with_follow_ups(kind)
    at_once = Node("X.t.30", both(answered("X.t.2", "Yes"), answered("X.t.3", "Yes")))
    reach = Reach([*items, at_once])
    assert reach.never_asked == (set() if kind == "multiple" else {"X.t.30"})
    assert (reach.always_met, reach.met_once_answered, reach.undecided) == (set(), set(), set())
    assert reach.steps_taken < 3_000


def test_what_would_take_too_many_steps_is_told_and_the_others_are_decided() -> None:
    items = with_follow_ups("multiple")
    hard = Node("X.t.30", {"op": "any", "of": [answered(item.code, "Yes", "No") for item in items[1:]]})
    wrong = Node("X.t.31", both(answered("X.t.2", "Yes"), answered("X.t.2", "No")))
    reach = Reach([*items, hard, wrong])
    assert (reach.undecided, reach.never_asked) == ({"X.t.30"}, {"X.t.31"})
    assert reach.steps_taken < 1.1 * STEPS_OF_ONE


# --- the same by trying everything


KINDS = {"yes_no": ("Yes", "No"), "multiple": ("A", "B"), "text": (), "group": ()}


@st.composite
def leaf(draw: st.DrawFn, items: list[Node]) -> dict[str, Any]:
    item = draw(st.sampled_from(items))
    ops = ["answered", *(["in", "selected"] if item.options else [])]
    op = draw(st.sampled_from(ops))
    tree: dict[str, Any] = {"op": op, "code": item.code}
    if op != "answered":
        tree["values"] = draw(st.lists(st.sampled_from(item.options), min_size=1, unique=True))
    if op == "selected":
        tree["min"] = draw(st.integers(1, len(item.options)))
        if draw(st.booleans()):
            del tree["values"]
    return tree


@st.composite
def questionnaire(draw: st.DrawFn) -> list[Node]:
    items: list[Node] = []
    for number in range(draw(st.integers(2, 5))):
        above = [item.code for item in items if item.code.count(".") < 4]
        parent = draw(st.sampled_from(["X.t", *above]))
        kind = draw(st.sampled_from(sorted(KINDS)))
        item = Node(f"{parent}.{number}", kind=kind, options=KINDS[kind])
        if items and draw(st.integers(0, 3)):
            trees = st.recursive(
                leaf(items),
                lambda below: st.one_of(
                    st.builds(unless, below),
                    st.builds(lambda op, of: {"op": op, "of": of}, st.sampled_from(["any", "all"]),
                              st.lists(below, min_size=1, max_size=3)),
                ),
                max_leaves=4,
            )  # fmt: skip
            item = replace(item, condition=draw(trees))
        items.append(item)
    return items


def every_answer(item: Node) -> list[AnswerValue]:
    if item.kind == "group":
        return [AnswerValue()]
    if item.kind == "multiple":
        chosen = [(), ("A",), ("B",), ("A", "B")]
    else:
        chosen = [(), *((option,) for option in item.options)]
    return [AnswerValue(choices, text) for choices in chosen for text in ("", "words")]


def is_complete(items: list[Node], answers: dict[str, AnswerValue], asked: frozenset[str]) -> bool:
    """Whether each question that is asked is answered: one with boxes by a choice."""
    return all(
        (answers[item.code].choices if item.options else answers[item.code].is_given)
        for item in items
        if item.code in asked and item.kind != "group"
    )


@settings(max_examples=120, deadline=None)
@given(questionnaire())
@example([Node("X.t.0"), Node("X.t.1", both(answered("X.t.0", "Yes"), unless({"op": "answered", "code": "X.t.0"})))])
def test_it_is_what_comes_of_trying_every_answer(items: list[Node]) -> None:
    by_code = {item.code: item for item in items}
    reached: set[str] = set()
    fails: set[str] = set()
    fails_when_complete: set[str] = set()
    for given_answers in product(*(every_answer(item) for item in items)):
        answers = dict(zip(by_code, given_answers, strict=True))
        asked = asked_codes(items, answers)
        reached |= asked
        seen = {code: answer for code, answer in answers.items() if code in asked}
        for item in items:
            above = parent_code(item.code)
            if item.condition and (above not in by_code or above in asked) and not evaluate(item.condition, seen):
                fails.add(item.code)
                if is_complete(items, answers, asked):
                    fails_when_complete.add(item.code)
    conditional = {item.code for item in items if item.condition} & reached
    reach = Reach(items)
    assert reach.undecided == set()
    assert reach.never_asked == by_code.keys() - reached
    assert reach.always_met == conditional - fails
    assert reach.met_once_answered == conditional - fails_when_complete
