"""Functions of at most 50 lines and modules of at most 400: what is longer has two subjects."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "accounts",
    "config",
    "core",
    "dialogue",
    "lots",
    "observations",
    "portal",
    "questionnaires",
    "reviews",
    "tests",
    "tools",
)
LONGEST_FUNCTION, LONGEST_MODULE = 50, 400
SCRIPTS = list((ROOT / "static" / "js").rglob("*.js"))


def modules() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def test_no_module_is_too_long() -> None:
    paths = {str(path.relative_to(ROOT)): path for path in [*modules(), *SCRIPTS]}
    lengths = {name: path.read_text("utf-8").count("\n") for name, path in paths.items()}
    assert {name: long for name, long in lengths.items() if long > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{path.relative_to(ROOT)}: {node.name}": length
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_the_check_looks_at_the_whole_tree() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(FOLDERS)
