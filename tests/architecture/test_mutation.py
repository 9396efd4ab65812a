"""The rooms in which mistakes are made (`make mutate`) name what is there, and leave out no more than they say."""

import ast

import pytest

from tools.mutation.rooms import ROOMS, ROOT, Room
from tools.mutation.session import is_tried

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_a_room_names_modules_tests_and_functions_that_are_there(room: Room) -> None:
    assert [name for name in (*room.modules, *room.tests) if not (ROOT / name).exists()] == []
    trees = [ast.parse((ROOT / name).read_text()) for name in room.modules]
    functions = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert room.without - functions == set()


def test_pure_rules_are_tried_whole_and_have_to_be_found_out_more_often() -> None:
    for room in ROOMS.values():
        assert (room.share, room.floor) == ((0.5, 80) if room.has_database else (1.0, 90))


@pytest.mark.parametrize(
    ("operator", "text", "function", "is_mistake"),
    [
        ("core/ReplaceComparisonOperator_Lt_LtE", "    if 1 < 2:", "decides", True),
        ("core/ReplaceComparisonOperator_Lt_LtE", "    if 1 < 2:", "asks_the_database", False),
        ("core/ReplaceComparisonOperator_Lt_Is", "    if 1 < 2:", "decides", False),
        ("core/NumberReplacer", "    days: int = 3", None, True),
        ("core/ReplaceTrueWithFalse", "@dataclass(frozen=True)", None, False),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "    day: dt.date | None", None, False),
    ],
)
def test_a_mistake_is_one_that_a_person_might_make_in_what_decides(
    operator: str, text: str, function: str | None, is_mistake: bool
) -> None:
    room = Room(("a.py",), ("test_a.py",), without=frozenset({"asks_the_database"}))
    assert is_tried(room, "a.py", operator, text, function) is is_mistake
