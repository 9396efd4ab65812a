"""When an item is asked: the rules, the settled cases, and properties that hold for any answers."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, strategies as st

from questionnaires.definitions.conditions import (
    AnswerValue,
    ConditionCycleError,
    ConditionError,
    asked_codes,
    dependencies,
    evaluate,
    parent_code,
)
from questionnaires.definitions.definition import Item
from tests.questionnaires.official import CLUSTERS, load_definition, load_definitions

Answers = dict[str, AnswerValue]
YES, PART, NO = (AnswerValue((word,)) for word in ("Yes", "Yes, in part", "No"))
WORDS = AnswerValue(text="Law 12, section 3")
ITEMS: dict[str, tuple[Item, ...]] = {cluster: tuple(load_definition(cluster).items()) for cluster in CLUSTERS}


@dataclass(frozen=True)
class Node:
    """An item of an invented questionnaire."""

    code: str
    condition: dict[str, Any] | None = None
    options: tuple[str, ...] = ("Yes", "Yes, in part", "No")


def is_asked(code: str, answers: Answers) -> bool:
    return code in asked_codes(ITEMS[code.split(".")[0]], answers)


def random_answer(item: Item, rng: random.Random) -> AnswerValue:
    if item.kind == "multiple":
        return AnswerValue(tuple(option for option in item.options if rng.random() < 0.3))
    choices = (rng.choice(item.options),) if item.options else ()
    return AnswerValue(choices, rng.choice(("", " ", "words")))


@st.composite
def real_answers(draw: st.DrawFn) -> tuple[tuple[Item, ...], Answers]:
    items = ITEMS[draw(st.sampled_from(CLUSTERS))]
    rng = random.Random(draw(st.integers(0, 2**32)))
    share = draw(st.sampled_from((0.1, 0.5, 0.9, 1.0)))
    answerable = [item for item in items if item.kind != "group" and rng.random() < share]
    return items, {item.code: random_answer(item, rng) for item in answerable}


@given(real_answers(), st.integers(0, 2**32))
def test_an_answer_changed_and_changed_back_asks_the_same_items(
    drawn: tuple[tuple[Item, ...], Answers], seed: int
) -> None:
    items, answers = drawn
    before = asked_codes(items, answers)
    rng = random.Random(seed)
    item = rng.choice([item for item in items if item.kind != "group"])
    kept = answers.get(item.code)
    answers[item.code] = random_answer(item, rng)
    asked_codes(items, answers)
    del answers[item.code]
    if kept is not None:
        answers[item.code] = kept
    assert asked_codes(items, answers) == before


@given(real_answers())
def test_nothing_asked_depends_on_an_item_that_is_not_asked(
    drawn: tuple[tuple[Item, ...], Answers],
) -> None:
    items, answers = drawn
    asked = asked_codes(items, answers)
    seen = {code: answer for code, answer in answers.items() if code in asked}
    assert asked_codes(items, seen) == asked
    for item in items:
        if item.code in asked and item.condition is not None:
            assert evaluate(item.condition, seen), item.code


@given(real_answers())
def test_no_item_is_asked_under_one_that_is_not(drawn: tuple[tuple[Item, ...], Answers]) -> None:
    items, answers = drawn
    asked, codes = asked_codes(items, answers), {item.code for item in items}
    assert all(parent_code(code) in asked for code in asked if parent_code(code) in codes)


@given(real_answers())
def test_an_item_that_is_not_asked_has_a_false_condition_or_such_an_ancestor(
    drawn: tuple[tuple[Item, ...], Answers],
) -> None:
    items, answers = drawn
    asked, codes = asked_codes(items, answers), {item.code for item in items}
    seen = {code: answer for code, answer in answers.items() if code in asked}
    for item in items:
        if item.code not in asked:
            parent = parent_code(item.code)
            under_unasked = parent in codes and parent not in asked
            assert under_unasked or (item.condition is not None and not evaluate(item.condition, seen))


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_an_unanswered_questionnaire_asks_what_no_condition_holds_back(cluster: str) -> None:
    free: set[str] = set()
    codes = {item.code for item in ITEMS[cluster]}
    for item in ITEMS[cluster]:
        parent = parent_code(item.code)
        if item.condition is None and (parent in free or parent not in codes):
            free.add(item.code)
    assert asked_codes(ITEMS[cluster], {}) == free


CODES = [f"X.t.{number}" for number in range(1, 7)]
OPTIONS = ("Yes", "Yes, in part", "No")


def trees(codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    code = st.sampled_from(codes)
    values = st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True)
    least = st.integers(1, 3)
    leaf = st.one_of(
        st.fixed_dictionaries({"op": st.just("in"), "code": code, "values": values}),
        st.fixed_dictionaries({"op": st.just("selected"), "code": code, "min": least}, optional={"values": values}),
        st.fixed_dictionaries({"op": st.just("answered"), "code": code}),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.fixed_dictionaries(
                {"op": st.sampled_from(("any", "all")), "of": st.lists(inner, min_size=1, max_size=3)}
            ),
            st.fixed_dictionaries({"op": st.just("not"), "of": inner}),
        ),
        max_leaves=8,
    )


answer_values = st.builds(
    AnswerValue,
    st.lists(st.sampled_from(OPTIONS), unique=True).map(tuple),
    st.sampled_from(("", "  ", "words")),
)


def model(tree: Mapping[str, Any], answers: Mapping[str, AnswerValue]) -> bool:
    if tree["op"] == "not":
        return not model(tree["of"], answers)
    if tree["op"] in ("any", "all"):
        results = {model(branch, answers) for branch in tree["of"]}
        return True in results if tree["op"] == "any" else False not in results
    answer = answers.get(tree["code"], AnswerValue())
    chosen = set(answer.choices)
    if tree["op"] == "answered":
        return chosen != set() or answer.text.strip() != ""
    if tree["op"] == "in":
        return chosen & set(tree["values"]) != set()
    return len(chosen & set(tree.get("values", OPTIONS))) >= tree["min"]


@given(trees(CODES), st.dictionaries(st.sampled_from(CODES), answer_values))
def test_evaluate_agrees_with_a_naive_model(tree: dict[str, Any], answers: Answers) -> None:
    assert evaluate(tree, answers) == model(tree, answers)
    assert dependencies(tree) <= set(CODES)


@st.composite
def questionnaires(draw: st.DrawFn) -> list[Node]:
    """Items in any order, each depending on items drawn before it only."""
    nodes: list[Node] = []
    for _ in range(draw(st.integers(1, 7))):
        parent = draw(st.sampled_from(["X.t", *(node.code for node in nodes)]))
        code = f"{parent}.{len(nodes) + 1}"
        earlier = [node.code for node in nodes]
        nodes.append(Node(code, draw(st.none() | trees(earlier)) if earlier else None))
    return draw(st.permutations(nodes))


@given(questionnaires(), st.data())
def test_asked_codes_agrees_with_a_naive_model_in_any_order(items: list[Node], data: st.DataObject) -> None:
    codes = [item.code for item in items]
    answers = data.draw(st.dictionaries(st.sampled_from(codes), answer_values))
    asked: set[str] = set()
    for _ in range(len(items) + 1):  # repeats until nothing can change any more
        seen = {code: answer for code, answer in answers.items() if code in asked}
        asked = {
            item.code
            for item in items
            if (parent_code(item.code) not in codes or parent_code(item.code) in asked)
            and (item.condition is None or model(item.condition, seen))
        }
    assert asked_codes(items, answers) == asked


OUTSIDE = AnswerValue(is_outside_competence=True)


def under(code: str, heads: set[str]) -> bool:
    return any(code.startswith(f"{head}.") for head in heads)


@given(questionnaires(), st.data())
def test_what_is_asked_beside_a_competence_is_asked_whatever_would_be_answered_there(
    items: list[Node], data: st.DataObject
) -> None:
    """And what is asked of nobody who answers is asked of no organization; under such an item nothing is."""
    codes = [item.code for item in items]
    answers = data.draw(st.dictionaries(st.sampled_from(codes), answer_values))
    outside = data.draw(st.sets(st.sampled_from(codes), min_size=1))
    asked = asked_codes(items, answers | dict.fromkeys(outside, OUTSIDE))
    assert not any(under(code, outside & asked) for code in asked)
    completed = answers | data.draw(st.fixed_dictionaries(dict.fromkeys(sorted(outside), answer_values)))
    assert asked <= asked_codes(items, completed)


@given(questionnaires(), st.data())
def test_nothing_asked_hangs_on_a_competence_alone(items: list[Node], data: st.DataObject) -> None:
    """An item whose condition speaks of such items only is a follow-up of them, and not asked."""
    codes = [item.code for item in items]
    outside = data.draw(st.sets(st.sampled_from(codes), min_size=1))
    others = data.draw(st.dictionaries(st.sampled_from(codes), answer_values))
    asked = asked_codes(items, others | dict.fromkeys(outside, OUTSIDE))
    for item in items:
        if item.condition is not None and dependencies(item.condition) <= outside & asked:
            assert item.code not in asked


@given(real_answers(), st.integers(0, 2**32))
def test_in_the_official_questionnaires_an_organization_is_asked_no_more_than_a_state(
    drawn: tuple[tuple[Item, ...], Answers], seed: int
) -> None:
    items, answers = drawn
    rng = random.Random(seed)
    outside = {item.code for item in items if item.kind != "group" and rng.random() < 0.2}
    asked = asked_codes(items, answers | dict.fromkeys(outside, OUTSIDE))
    assert asked <= asked_codes(
        items, answers | {item.code: random_answer(item, rng) for item in items if item.code in outside}
    )
    assert not any(under(code, outside & asked) for code in asked)


def test_one_of_two_that_decides_alone_decides_beside_a_competence() -> None:
    assert is_asked("I.untoc.9", {"I.untoc.6": OUTSIDE, "I.untoc.7": YES})
    assert not is_asked("I.untoc.9", {"I.untoc.6": OUTSIDE, "I.untoc.7": NO, "I.untoc.8": NO})
    assert not is_asked("II.firearms.76.c.i", {"II.firearms.76.a": YES, "II.firearms.76.b": OUTSIDE})


SETTLED: list[tuple[str, list[Answers], list[Answers]]] = [
    ("I.untoc.3.d", [{"I.untoc.3.a": PART}, {"I.untoc.3.a": NO}], [{"I.untoc.3.a": YES}, {"I.untoc.3": NO}]),
    ("I.untoc.9", [{"I.untoc.6": YES}, {"I.untoc.7": YES}, {"I.untoc.8": YES}], [{"I.untoc.6": PART}]),
    ("I.untoc.12.b", [{"I.untoc.12": NO}], [{"I.untoc.12": YES}, {}]),
    ("I.untoc.21", [{"I.untoc.20": YES}], [{"I.untoc.20": PART}, {"I.untoc.22": YES}]),
    ("I.untoc.30", [{"I.untoc.29": YES}], [{"I.untoc.29": NO}]),
    ("I.firearms.69.f", [{"I.firearms.69.b": YES}, {"I.firearms.69.e": WORDS}], [{"I.firearms.69.a": PART}]),
    ("I.firearms.75.b", [{"I.firearms.75.d3": NO}], [{"I.firearms.75.d3": YES}]),
    ("II.untoc.17.d", [{"II.untoc.17.c.iii": YES}, {"II.untoc.17.a": YES}], [{"II.untoc.17.c.i": NO}]),
    (
        "II.firearms.72.a",
        [{"II.firearms.72": AnswerValue(("Requirement to mark ammunition",))}],
        [{"II.firearms.72": AnswerValue()}, {}],
    ),
    ("II.firearms.83.a", [{"II.firearms.83.d1": PART}], [{"II.firearms.83.d2": NO}]),
    ("III.untoc.9", [{"III.untoc.8": NO}], [{"III.untoc.8": YES}, {}]),
    ("III.untoc.32", [{"III.untoc.31": YES}], [{"III.untoc.31": NO}]),
    ("IV.untoc.5.d", [{"IV.untoc.5.c": YES}], [{"IV.untoc.5.c": NO}]),
    ("IV.untoc.18.g", [{"IV.untoc.18.a": NO, "IV.untoc.18.b": YES}], [{"IV.untoc.18.a": YES}]),
    ("IV.firearms.86.a", [{"IV.firearms.86.d2": PART}], [{"IV.firearms.86.d1": NO}]),
    ("IV.firearms.89.a", [{"IV.firearms.87": PART}], [{"IV.firearms.87": NO}]),
]


@pytest.mark.parametrize(("code", "asking", "not_asking"), SETTLED, ids=[case[0] for case in SETTLED])
def test_settled_cases(code: str, asking: list[Answers], not_asking: list[Answers]) -> None:
    ancestors = {"I.untoc.3": YES, "I.untoc.12": YES} if code == "I.untoc.3.d" else {}
    assert all(is_asked(code, {**ancestors, **answers}) for answers in asking)
    assert not any(is_asked(code, {**ancestors, **answers}) for answers in not_asking)


def test_both_licences_are_needed_for_the_first_licence_question() -> None:
    both = {"II.firearms.76.a": YES, "II.firearms.76.b": PART}
    assert is_asked("II.firearms.76.c.i", both)
    assert not is_asked("II.firearms.76.c.i", {**both, "II.firearms.76.b": NO})


def test_the_financial_intelligence_unit_is_asked_for_after_its_own_question() -> None:
    assert not is_asked("III.untoc.2.c", {"III.untoc.2": YES})
    assert is_asked("III.untoc.2.c", {"III.untoc.2": YES, "III.untoc.2.b": YES})
    assert not is_asked("III.untoc.2.c", {"III.untoc.2": NO, "III.untoc.2.b": YES})


@pytest.mark.parametrize(
    ("code", "asked_on", "not_asked_on"),
    [
        ("I.firearms.70.c", YES, NO),
        ("I.firearms.70.d", NO, YES),
        ("I.firearms.71.c", YES, NO),
        ("I.firearms.71.d", PART, YES),
        ("II.firearms.86.c", NO, YES),
        ("II.firearms.86.d", PART, NO),
    ],
)
def test_any_of_these_questions_means_the_sub_items_of_b(
    code: str, asked_on: AnswerValue, not_asked_on: AnswerValue
) -> None:
    question = parent_code(code)
    for token in ("i", "ii"):
        assert is_asked(code, {question: YES, f"{question}.b.{token}": asked_on})
        assert not is_asked(code, {question: YES, f"{question}.b.{token}": not_asked_on})
    # (b) itself is asked only after "Yes" or "Yes, in part"; its answers do not count otherwise.
    assert not is_asked(code, {question: NO, f"{question}.b.i": asked_on})


@pytest.mark.parametrize(
    "code",
    [
        "I.tip.42.a",
        "III.tip.37",
        "IV.tip.61",
        "I.untoc.21.a",
        "II.untoc.2.a",
        "IV.untoc.9.a.i",
        "IV.untoc.18.e",
    ],
)
def test_items_that_set_no_condition_of_their_own(code: str) -> None:
    items = {item.code: item for definition in load_definitions() for item in definition.items()}
    assert items[code].condition is None


def test_what_an_organization_would_not_be_asked_decides_nothing_by_its_silence() -> None:
    """Nobody answers under an item that is outside the competence: that nothing stands there asks for nothing."""
    silence = {"op": "not", "of": {"op": "answered", "code": "X.t.1.a"}}
    items = [Node("X.t.1"), Node("X.t.1.a"), Node("X.t.2", silence)]
    assert asked_codes(items, {"X.t.1": OUTSIDE}) == {"X.t.1"}
    assert asked_codes(items, {"X.t.1": YES}) == {"X.t.1", "X.t.1.a", "X.t.2"}


def test_a_circle_is_named() -> None:
    circle = [
        Node("X.t.9", {"op": "answered", "code": "X.t.0"}),
        Node("X.t.0", {"op": "answered", "code": "X.t.1"}),
        Node("X.t.1", {"op": "answered", "code": "X.t.2.a"}),
        Node("X.t.2", {"op": "in", "code": "X.t.1", "values": ["Yes"]}),
        Node("X.t.2.a"),
    ]
    with pytest.raises(ConditionCycleError, match=r"circle: X\.t\.1 -> X\.t\.2\.a -> X\.t\.2 -> X\.t\.1$"):
        asked_codes(circle, {node.code: YES for node in circle})


def test_evaluating_an_unknown_operator_is_an_error() -> None:
    with pytest.raises(ConditionError, match="unknown operator"):
        evaluate({"op": "maybe"}, {})


def test_items_left_out_count_as_unanswered() -> None:
    follow_up = Node("X.t.2", {"op": "in", "code": "X.t.1", "values": ["Yes"]})
    assert asked_codes([follow_up], {"X.t.1": YES}) == frozenset()
    assert asked_codes([Node("X.t.1"), follow_up], {"X.t.1": YES}) == {"X.t.1", "X.t.2"}
