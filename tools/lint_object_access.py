"""No other way to an object: pages and the API get theirs from selectors, which know what a person may see.

    python tools/lint_object_access.py [FILE ...]

Bans `.objects`, other managers and `get_object_or_404` in views, API, filters, forms, PDF and export modules.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "core", "dialogue", "observations", "reviews", "questionnaires", "lots", "portal")
LAYERS = frozenset({"views", "pages", "api", "filters", "forms", "pdf", "docx", "exports", "templatetags"})
_BANNED_ATTRIBUTES = {"objects", "_default_manager", "_base_manager"}
_BANNED_NAMES = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
_ADVICE = "ask a selector (…_visible_to, get_…_for)"


def problems_in(source: str) -> Iterator[tuple[int, str]]:
    """Line and problem of every access to rows that goes past the selectors."""
    tree = ast.parse(source)
    # `.objects.none()` gives a form field its model, and no row.
    harmless = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _BANNED_ATTRIBUTES and node not in harmless:
            yield node.lineno, f"`.{node.attr}`: {_ADVICE}"
        elif isinstance(node, ast.Name) and node.id in _BANNED_NAMES:
            yield node.lineno, f"`{node.id}`: {_ADVICE}"
        elif isinstance(node, ast.ImportFrom):
            for name in sorted({alias.name for alias in node.names} & _BANNED_NAMES):
                yield node.lineno, f"`{name}`: {_ADVICE}"


def files() -> list[Path]:
    """Every module of the layers that may not fetch rows by themselves."""
    modules = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in modules if not LAYERS.isdisjoint(path.relative_to(ROOT).with_suffix("").parts))


def main(arguments: Sequence[str]) -> int:
    found = False
    for path in [Path(argument) for argument in arguments] or files():
        for line, problem in problems_in(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {problem}")
            found = True
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
