"""Where the items of a version go in the next one, and which answers can go with them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from questionnaires.definitions.definition import Item, QuestionnaireDefinition
from questionnaires.definitions.mapping import ItemMove, moves_between, new_items, said_over
from tests.questionnaires.official import load_definition

CODE = "I.untoc.3"


def with_item(definition: QuestionnaireDefinition, code: str, **changes: Any) -> QuestionnaireDefinition:
    """The same with another item in the place of one, or without it and its sub-items (``gone``)."""
    is_gone = changes.pop("gone", False)

    def kept(item: Item) -> bool:
        return not (is_gone and (item.code == code or item.code.startswith(f"{code}.")))

    parts = [
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    items=tuple(
                        replace(item, **changes) if item.code == code else item for item in section.items if kept(item)
                    ),
                )
                for section in part.sections
            ),
        )
        for part in definition.parts
    ]
    return replace(definition, parts=tuple(parts))


def move(said: dict[str, str] | None = None, *, code: str = CODE, **changes: Any) -> ItemMove:
    old = load_definition("I")
    return moves_between(old, with_item(old, code, **changes), said or {})[code]


@pytest.mark.parametrize(
    ("changes", "fate", "changed"),
    [
        ({}, "equal", ()),
        ({"text": "Other words?"}, "words", ("words",)),
        ({"voluntary": True}, "words", ("words",)),
        ({"options": ("Yes", "No", "Unknown")}, "carried", ("options",)),
        ({"kind": "yes_part_no", "options": ("Yes", "Yes, in part", "No")}, "carried", ("options", "kind")),
        ({"kind": "multiple"}, "carried", ("kind",)),
        ({"options": ("Yes", "Never")}, "person", ("options",)),
        ({"kind": "text", "options": ()}, "person", ("options", "kind")),
        ({"condition": {"op": "answered", "code": "I.untoc.1", "source": ""}}, "carried", ("condition",)),
        ({"gone": True}, "gone", ()),
    ],
)
def test_what_becomes_of_an_item(changes: dict[str, Any], fate: str, changed: tuple[str, ...]) -> None:
    found = move(**changes)
    assert (found.fate, found.changed) == (fate, changed)


def test_an_answer_goes_where_it_can_stand_as_it_is() -> None:
    lost = move(options=("Yes", "Never"))
    assert (lost.carries(["Yes"]), lost.carries(["No"]), lost.carries([])) == (True, False, True)
    to_words = move(kind="text", options=())
    assert (to_words.carries(["Yes"]), to_words.carries([])) == (False, True)
    from_words = move(code="I.untoc.3.c", kind="yes_no", options=("Yes", "No"))
    assert from_words.fate == "person"
    assert not from_words.carries([])
    assert not move(gone=True).carries([])


def test_that_it_is_not_within_the_competence_goes_wherever_something_is_asked() -> None:
    assert move(code="I.untoc.3.c", kind="yes_no", options=("Yes", "No")).carries([], is_outside=True)
    assert move(kind="text", options=()).carries([], is_outside=True)
    assert not move(kind="group", options=()).carries([], is_outside=True)
    assert not move(gone=True).carries([], is_outside=True)


def test_an_officer_has_an_item_go_elsewhere_or_nowhere() -> None:
    moved = move({CODE: "I.untoc.4"})
    assert moved.new is not None
    assert (moved.new.code, moved.is_said) == ("I.untoc.4", True)
    assert move({CODE: ""}).fate == "gone"
    old = load_definition("I")
    moves = moves_between(old, old, {CODE: "I.untoc.4"})
    assert moves["I.untoc.4"].new is None, "another one is there already"
    assert [item.code for item in new_items(old, moves)] == [CODE]


@given(st.dictionaries(st.sampled_from([item.code for item in load_definition("I").items()]), st.just("")))
def test_no_two_items_go_to_one_and_each_has_its_place(said: dict[str, str]) -> None:
    old = load_definition("I")
    moves = moves_between(old, old, said)
    reached = [each.new.code for each in moves.values() if each.new]
    assert len(reached) == len(set(reached)) == len(moves) - len(said)
    assert {item.code for item in new_items(old, moves)} == set(said)


def test_what_is_said_of_two_steps_holds_for_the_whole_way() -> None:
    over = said_over({"5": "6", "6": "7"}, {"6": "8", "9": ""}, {})
    assert (over["5"], over["6"], over["9"]) == ("8", "7", "")
    assert said_over({"5": ""}, {}, {}) == {"5": ""}
    assert said_over({"5": "6", "6": "7"}, {"6": "8"}, {"6": "8"})["5"] == "", "two do not go to one"
    assert said_over({}, {"5": "6"}, {"5": "5"})["5"] == "5", "said of the whole way, it stands before the steps"


_CODES = "abcd"
_SAID = st.dictionaries(st.sampled_from(_CODES), st.sampled_from(["", *_CODES])).filter(
    lambda said: len(found := [place for place in said.values() if place]) == len(set(found))
)


def _goes(said: dict[str, str], code: str) -> str:
    return said[code] if code in said else "" if code in said.values() else code


@given(first=_SAID, then=_SAID, direct=_SAID)
def test_over_two_steps_each_item_goes_where_it_would_step_by_step(
    first: dict[str, str], then: dict[str, str], direct: dict[str, str]
) -> None:
    steps = {code: _goes(then, _goes(first, code)) if _goes(first, code) else "" for code in _CODES}
    over = said_over(first, then, {})
    assert {code: _goes(over, code) for code in _CODES} == steps
    places = [place for code in _CODES if (place := _goes(said_over(first, then, direct), code))]
    assert len(places) == len(set(places))
