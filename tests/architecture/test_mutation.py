"""The rooms in which mistakes are made (`make mutate`) name what is there, and leave out no more than they say."""

import ast
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tools.mutation.prepared import ENDED
from tools.mutation.rooms import ROOMS, ROOT, Room
from tools.mutation.session import Session, is_tried

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
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "    actor: User, day: dt.date | None = None,", None, False),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "kept: Kept[dict | None] = Kept(None)", None, False),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "Actor = User | SystemActor", None, False),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "writes = drafter | officer", None, True),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "READS: Predicate[Facts] = may(reader | officer)", None, True),
        ("core/ReplaceBinaryOperator_BitOr_BitAnd", "    Act.READ: Rule(may(reader | officer)),", None, True),
        ("core/NumberReplacer", "    day: int | None = 3,", None, True),
        ("core/ReplaceTrueWithFalse", 'F_contra = TypeVar("F_contra", contravariant=True)', None, False),
    ],
)
def test_a_mistake_is_one_that_a_person_might_make_in_what_decides(
    operator: str, text: str, function: str | None, is_mistake: bool
) -> None:
    room = Room(("a.py",), ("test_a.py",), without=frozenset({"asks_the_database"}))
    assert is_tried(room, "a.py", operator, text, function) is is_mistake


KILLED, SURVIVED = "TestOutcome.KILLED", "TestOutcome.SURVIVED"
ENDED_BADLY = f"1 failed\n{ENDED} 1"
TRIED = {
    "found": (KILLED, ENDED_BADLY),
    "found since it took too long": (KILLED, "timeout"),
    "no Python": (KILLED, f"SyntaxError: invalid syntax\n{ENDED} 2"),
    "missed": (SURVIVED, f"9 passed\n{ENDED} 0"),
    "ended from outside": (KILLED, "ConnectionRefusedError"),
}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Of a room in which each of these was tried, in a book as cosmic-ray keeps it."""
    monkeypatch.setattr("tools.mutation.session.FOLDER", tmp_path)
    monkeypatch.setattr(subprocess, "run", lambda *_command, **_how: None)
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "a.py").write_text("x = 1\n")
    with closing(sqlite3.connect(tmp_path / "clock.sqlite")) as book, book:
        book.execute("CREATE TABLE work_items (job_id)")
        book.execute("CREATE TABLE mutation_specs (job_id, module_path, start_pos_row, operator_name, definition_name)")
        book.execute("CREATE TABLE work_results (job_id, test_outcome, output)")
        tried = [[name] for name in TRIED]
        book.executemany("INSERT INTO mutation_specs VALUES (?, 'a.py', 1, 'core/AddNot', NULL)", tried)
        book.executemany("INSERT INTO work_results VALUES (?, ?, ?)", [[name, *of] for name, of in TRIED.items()])
    return Session("clock")


def test_what_was_ended_from_outside_is_tried_again_and_what_is_no_python_counts_for_nothing(session: Session) -> None:
    session.go_on()
    result = session.result()
    assert (result.found, result.by_time, result.missed) == (2, 1, ("a.py:1 AddNot: x = 1",))
    assert (result.tried, round(result.score, 1)) == (3, 66.7)


def test_a_run_is_taken_up_where_the_code_is_the_same_and_begun_anew_where_it_is_not(session: Session) -> None:
    def tried() -> set[str]:
        with closing(sqlite3.connect(session.folder.with_suffix(".sqlite"))) as book:
            tables = book.execute("SELECT name FROM sqlite_master WHERE name = 'work_results'").fetchall()
            return {name for (name,) in book.execute("SELECT job_id FROM work_results")} if tables else set()

    known = session.folder.with_suffix(".sha256")
    session._code = "modules everything"
    known.write_text("modules everything")
    session.begin("pytest", 9, again=False)
    assert tried() == TRIED.keys()
    known.write_text("modules other-tests")
    session.begin("pytest", 9, again=True)
    assert tried() == TRIED.keys() - {"missed"}
    (session.folder / "a.py").write_text("def what_is_no_mistake(): ...\n")
    session.begin("pytest", 9, again=True)
    assert tried() == set()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        session.begin("pytest", 9, again=False)
    assert tried() == set()
