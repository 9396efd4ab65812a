"""Which names of the environment the settings read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SETTINGS = Path(__file__).resolve().parents[2] / "config" / "settings"
READERS = {"str", "int", "bool", "list", "float", "json", "url"}


def settings_read() -> set[str]:
    """Names of the environment that the settings read, by ``env.…`` or ``secret``."""
    return {name for path in SETTINGS.glob("*.py") for name, _is_secret in _names_in(path)}


def secrets_read() -> set[str]:
    """Those that can be given as a file, under their name with ``_FILE`` behind it."""
    return {name for path in SETTINGS.glob("*.py") for name, is_secret in _names_in(path) if is_secret}


def _names_in(path: Path) -> Iterator[tuple[str, bool]]:
    tree = ast.parse(path.read_text("utf-8"))
    # A name may be chosen first and read then: secret(_database_variable).
    assigned = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _is_reader(node.func):
            name = node.args[0]
            value = assigned.get(name.id, name) if isinstance(name, ast.Name) else name
            yield from ((each, isinstance(node.func, ast.Name)) for each in _upper_case_words(value))


def _is_reader(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in READERS and getattr(function.value, "id", "") == "env"
    return isinstance(function, ast.Name) and function.id == "secret"


def _upper_case_words(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(node.value)):
            yield str(node.value)
