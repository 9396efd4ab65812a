"""A door has at most twenty functions: a feature that needs many more is two features."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
MOST = 20


def module_at(path: Path) -> Path:
    return path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"


def imported(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Each name that a module imports: as what it is known there, from which module, and as what there."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, node.module or "", alias.name


def is_function(module: Path, name: str, root: Path = ROOT) -> bool:
    """Whether a name of a module is a function, also one that the module has from another. Constants and classes,
    models and enums among them, are none.
    """
    tree = ast.parse(module.read_text("utf-8"))
    if any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name for node in tree.body):
        return True
    return any(
        is_function(module_at(root.joinpath(*origin.split("."))), there, root)
        for here, origin, there in imported(tree)
        if here == name and (root / origin.split(".")[0]).is_dir()
    )


def functions_of(door: Path, root: Path = ROOT) -> list[str]:
    """The functions among the names of a door (``__init__.pyi``)."""
    names = imported(ast.parse(door.read_text("utf-8")))
    return [
        name
        for name, origin, there in names
        if is_function(module_at(door.parent.joinpath(*origin.split("."))), there, root)
    ]


def sizes() -> dict[str, int]:
    doors = sorted(ROOT.glob("*/*/__init__.pyi"))
    return {str(door.parent.relative_to(ROOT)): len(functions_of(door)) for door in doors}


def test_a_door_has_no_more_functions_than_it_should() -> None:
    assert {feature: size for feature, size in sizes().items() if size > MOST} == {}


def test_functions_are_told_from_what_else_a_door_has(tmp_path: Path) -> None:
    feature = tmp_path / "reviews" / "steps"
    feature.mkdir(parents=True)
    (feature / "services.py").write_text("from reviews.steps.moves import move\nLAST = 3\nclass Step: ...\n")
    (feature / "moves.py").write_text("from json import loads\nasync def move(): ...\n")
    door = feature / "__init__.pyi"
    door.write_text(
        "from .services import LAST as LAST, Step as Step, move as move\n"
        "from .moves import loads as loads, move as move_again\n"
    )
    assert functions_of(door, tmp_path) == ["move", "move_again"]
