"""Reading a questionnaire file: what is accepted and what is refused, with the reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from questionnaires.files.content import DefinitionError, parse_definition
from tests.questionnaires.official import FIXTURES, load_definition, load_definitions


def content() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FIXTURES / "questionnaires" / "cluster-1.json").read_text(encoding="utf-8"))
    return data


def first_item(data: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = data["parts"][0]["sections"][0]["items"][0]
    return item


def test_the_four_questionnaires() -> None:
    assert [(definition.cluster, definition.slug) for definition in load_definitions()] == [
        ("I", "untoc-cluster-1"),
        ("II", "untoc-cluster-2"),
        ("III", "untoc-cluster-3"),
        ("IV", "untoc-cluster-4"),
    ]
    assert load_definition("II").source == "Conference of the Parties resolution 10/1, annex IV"
    assert parse_definition(content()) == load_definition("I")


def set_version(data: dict[str, Any]) -> None:
    data["format_version"] = 2


def drop_title(data: dict[str, Any]) -> None:
    del data["title"]


def repeat_code(data: dict[str, Any]) -> None:
    items = data["parts"][0]["sections"][0]["items"]
    items.append(items[0])


def wrong_code(data: dict[str, Any]) -> None:
    first_item(data)["code"] = "I.untoc.99"


def orphan(data: dict[str, Any]) -> None:
    del data["parts"][0]["sections"][0]["items"][0]


def unknown_value(data: dict[str, Any]) -> None:
    first_item(data)["condition"] = {"op": "in", "code": "I.untoc.2", "values": ["Perhaps"], "source": ""}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_version, "format version 2"),
        (drop_title, "'title' is missing"),
        (repeat_code, "I.untoc.1 occurs twice"),
        (wrong_code, "I.untoc.99 is not the code of number 1"),
        (orphan, "I.untoc.1.a stands before its parent"),
        (unknown_value, "condition of I.untoc.1: I.untoc.2 has no option “Perhaps”"),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(change: Callable[[dict[str, Any]], None], message: str) -> None:
    data = content()
    change(data)
    with pytest.raises(DefinitionError, match=message):
        parse_definition(data)
