"""Content goes from a room to the shared table at these places and no others, each the act of a focal point."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
NAMES = {"room", "room_id"}
# Functions that ask something of rows and change none.
ASKS = {"filter", "exclude", "get", "Q", "Count", "replace"}

# file, function: what it does with a room
WRITES = {
    ("questionnaires/answers/services.py", "_keep_in_history"): {"answer.room_id"},
    ("questionnaires/ministries/services.py", "adopt_proposal"): {"row.room_id"},
    ("questionnaires/ministries/services.py", "add_consulted_body"): {"locked.room_id"},
    ("questionnaires/clearance/services.py", "read_as_second"): {"locked.room_id"},
    ("questionnaires/margin/services.py", "_add"): {"thread.room_id"},
    ("questionnaires/margin/services.py", "_mention"): {"note.room_id"},
    ("questionnaires/margin/services.py", "start_thread"): {"response.room_id"},
    ("questionnaires/sending/putting_back.py", "_save"): {"answer.room_id"},
    ("questionnaires/reuse/services.py", "_create"): {"response.review.state_under_review_id"},
    ("questionnaires/sending/services.py", "open_response"): {"review.state_under_review"},
    # The empty response of answers that were sent elsewhere.
    ("questionnaires/sending/services.py", "receive_brought_answers"): {"review.state_under_review"},
    ("reviews/ministries/services.py", "_named"): {"room"},
    ("reviews/minutes/services.py", "_begin"): {"state"},
    ("dialogue/slips/services.py", "_slip"): {"state"},
    ("dialogue/split/services.py", "_set_keepers"): {"state"},
    ("dialogue/split/services.py", "_set_leads"): {"state"},
    ("dialogue/clarifications/services.py", "draft_answer"): {"locked.review.state_under_review_id"},
    ("dialogue/clarifications/services.py", "_draft"): {"state_party_id"},
    ("dialogue/asides/services.py", "begin_aside"): {"require_capacity(actor, review).state_party_id"},
    ("dialogue/asides/services.py", "_note"): {"aside.room_id"},
    ("dialogue/threads/services.py", "_draft"): {"state"},
    ("dialogue/threads/services.py", "recall_message"): {"locked.state_party_id"},
    ("dialogue/supplements/services.py", "add_supplement"): {"review.state_under_review_id"},
    ("dialogue/feedback/services.py", "open_feedback"): {"state"},
    ("dialogue/feedback/services.py", "recall_feedback"): {"locked.state_party_id"},
    ("dialogue/readings/services.py", "read_as_second"): {"locked.state_party_id"},
    ("dialogue/replies/services.py", "draft_reply"): {"review.state_under_review_id"},
    ("dialogue/replies/services.py", "recall_reply"): {"locked.review.state_under_review_id"},
    ("observations/observations/services.py", "_draft"): {"state_party_id"},
    ("questionnaires/sharing/services.py", "share_answers"): {"review.state_under_review_id"},
    ("observations/follow_up/services.py", "record_follow_up"): {
        "observation.review.state_under_review_id",
        "row.room_id",
    },
    ("observations/follow_up/services.py", "share_follow_up"): {"row.room_id"},
    ("observations/summaries/services.py", "draft_passage"): {"state_party_id"},
    ("observations/suggestion_notes/services.py", "_placed"): {"room"},
    ("observations/suggestions/services.py", "suggest"): {"state"},
    ("observations/translations/services.py", "order_translation"): {"state"},
}
# To the table: the policy lets only somebody with the grant to clear do these (tests/permissions/*_matrix.csv).
# What was sent elsewhere begins on the table and was in no room here: a worker lays it there, marked (docs/adr/0050).
# One more moves words and no row: ``lay_passage`` puts a draft in the place of a passage, by the right to change that.
TO_TABLE = {
    ("questionnaires/sending/services.py", "freeze"),
    ("questionnaires/sending/services.py", "receive_brought_answers"),
    ("dialogue/feedback/services.py", "receive_brought_feedback"),
    ("dialogue/clarifications/services.py", "send_answer"),
    ("dialogue/clarifications/services.py", "send_clarification"),
    ("dialogue/supplements/services.py", "send_supplement"),
    ("dialogue/feedback/services.py", "_lay_on_table"),
    ("reviews/minutes/services.py", "lay_notes"),
    ("dialogue/threads/services.py", "release_message"),
    ("dialogue/replies/services.py", "send_reply"),
    ("observations/observations/services.py", "lay"),
    ("observations/suggestions/services.py", "_lay"),
    ("observations/translations/services.py", "confirm_translation"),
    ("observations/bringing/services.py", "_write_observations"),
}


# The record of acts notes in which room a thing lay, and moves nothing.
RECORD = {"entries.py", "chains.py", "declarations.py"}


def files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and path.name not in RECORD | {"policy.py", "capacities.py"}:
                yield path


def places() -> set[tuple[str, str, str]]:
    found = set()
    for path in files():
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for value in written_in(function):
                    found.add((path.relative_to(ROOT).as_posix(), function.name, value))
    return found


def written_in(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from _assigned(node)
        elif isinstance(node, ast.Call) and _name(node.func) not in ASKS:
            yield from (ast.unparse(word.value) for word in node.keywords if word.arg in NAMES)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (
                ast.unparse(value) for key, value in pairs if isinstance(key, ast.Constant) and key.value in NAMES
            )


def _assigned(node: ast.Assign) -> Iterator[str]:
    for target in node.targets:
        pairs = (
            zip(target.elts, node.value.elts, strict=True)
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            else [(target, node.value)]
        )
        for one, value in pairs:
            if isinstance(one, ast.Attribute) and one.attr in NAMES:
                yield ast.unparse(value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_content_reaches_the_table_by_these_acts_alone() -> None:
    assert {(file, function) for file, function, value in places() if value == "None"} == TO_TABLE


def test_content_begins_in_the_room_of_the_state_that_writes() -> None:
    begun: dict[tuple[str, str], set[str]] = {}
    for file, function, value in places():
        if value != "None":
            begun.setdefault((file, function), set()).add(value)
    assert begun == WRITES


def test_no_statement_written_by_hand_sets_a_room() -> None:
    """The answers' one statement copies the room of the response into the answer, and changes none."""
    hits = [path.relative_to(ROOT).as_posix() for path in files() if "SET room" in path.read_text("utf-8")]
    assert hits == []


def test_the_search_finds_what_it_looks_for() -> None:
    source = "def f(x):\n    x.room, x.y = None, 1\n    X(room_id=a.b)\n    x.filter(room=None)\n    d = {'room': c}\n"
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert sorted(written_in(function)) == ["None", "a.b", "c"]
