"""How many of the numbered questions need no answer of their own, as the documentation says."""

import csv
import re
from pathlib import Path

import pytest

from questionnaires.files.content import load_definitions
from tools.questionnaires.links import FILE, MECHANISMS, links_file

pytestmark = pytest.mark.unit

FOLDER = MECHANISMS / "untoc"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "questionnaires.md"


def linked() -> dict[str, set[str]]:
    """By code the other questions of its blocks."""
    blocks: dict[str, set[str]] = {}
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            blocks.setdefault(row["block"], set()).add(row["code"])
    found: dict[str, set[str]] = {}
    for codes in blocks.values():
        for code in codes:
            found.setdefault(code, set()).update(codes - {code})
    return found


def figures() -> dict[str, int]:
    """Of the numbered questions of a State party to all instruments: how many have a linked one that it has answered
    before, in the print of the same questionnaire or in the questionnaire of an earlier phase.
    """
    others, here, before, numbered = linked(), 0, 0, 0
    earlier: set[str] = set()
    for definition in load_definitions(FOLDER):
        above: set[str] = set()
        for item in definition.items():
            if item.is_question:
                numbered += 1
                here += bool(others.get(item.code, set()) & above)
                before += bool(others.get(item.code, set()) & earlier)
            above.add(item.code)
        earlier |= above
    return {"numbered": numbered, "within one response": here, "from an earlier phase": before, "second": numbered}


def test_the_documentation_says_how_many_questions_can_be_reused() -> None:
    text = re.sub(r"\s+", " ", DOCS.read_text("utf-8"))
    found = re.search(
        r"Of the (\d+) numbered questions .*? can take over an answer: (\d+) within one response, "
        r"(\d+) from an earlier phase and (\d+) in a second cycle",
        text,
    )
    assert found is not None
    assert [int(number) for number in found.groups()] == list(figures().values())


def test_the_links_are_those_that_the_official_texts_give() -> None:
    assert (FOLDER / FILE).read_text("utf-8") == links_file(FOLDER)


def test_every_linked_code_is_a_question_that_takes_an_answer() -> None:
    kinds = {item.code: item.kind for each in load_definitions(FOLDER) for item in each.items()}
    assert {code for code in linked() if kinds.get(code, "group") == "group"} == set()
