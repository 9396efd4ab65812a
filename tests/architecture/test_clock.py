"""The clock is read when something happens, not when a module is imported: midnight may lie between."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
READS_THE_CLOCK = {"localdate", "localtime", "now", "today", "utcnow"}
# Half a year ahead is right for as long as any run of the tests takes.
FAR_ENOUGH = {"tests/reviews/meetings/addresses.py"}


def run_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """All of a module but the bodies of its functions; a decorator and a default value are read at once."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
            case ast.Lambda():
                continue
            case _:
                yield node
                waiting += ast.iter_child_nodes(node)


def reads_the_clock(source: str) -> list[int]:
    calls = (node for node in run_at_import(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in READS_THE_CLOCK]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("NOW = timezone.now()", [1]),
        ("@parametrize('day', [\n    timezone.localdate(),\n])\ndef test(day): pass", [2]),
        ("class Row:\n    since = dt.date.today()", [2]),
        ("def due(day=timezone.localdate()): pass", [1]),
        ("def due():\n    return timezone.now()", []),
        ("since = field(default=lambda: timezone.now())", []),
        ("since = field(default=timezone.now)", []),
    ],
)
def test_what_a_module_reads_when_it_is_imported(source: str, lines: list[int]) -> None:
    assert reads_the_clock(source) == lines


def test_no_module_keeps_the_hour_of_its_import() -> None:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT)
        if name.parts[0].startswith((".", "node_modules", "var")) or str(name) in FAR_ENOUGH:
            continue
        if lines := reads_the_clock(path.read_text("utf-8")):
            found[str(name)] = lines
    assert found == {}
