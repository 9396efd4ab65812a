"""The editor (``static/editor``) writes Markdown: it stands over those fields alone that are kept as Markdown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = {"clean_markdown", "require_markdown"}


def fields_of_forms() -> Iterator[tuple[Path, str]]:
    for path in ROOT.glob("*/*/forms.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and "'data-editor'" in ast.unparse(node.value):
                yield path.parent, ast.unparse(node.targets[0])


def fields_of_templates() -> Iterator[tuple[Path, str]]:
    for path in (ROOT / "templates").rglob("*.html"):
        for field in re.findall(r"<textarea [^>]*data-editor[^>]*>", path.read_text("utf-8")):
            found = re.search(r' name="(?:{{.*?}})?(\w+)"', field)
            assert found, f"{path} has a field without a name"
            yield ROOT / path.relative_to(ROOT / "templates").parent, found[1]


def cleaned_by(feature: Path, field: str) -> set[str]:
    """How the services of a feature clean what they are given under this name."""
    calls = (
        node
        for path in [feature / "services.py", *feature.glob("services/*.py")]
        if path.exists()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
    )
    names = ((node.func.id, ast.unparse(node.args[0]).removesuffix(".strip()")) for node in calls)  # type: ignore[attr-defined]
    return {how for how, what in names if what.split(".")[-1] == field}


@pytest.mark.parametrize(
    ("feature", "field"),
    sorted({*fields_of_forms(), *fields_of_templates()}),
    ids=lambda part: part if isinstance(part, str) else part.relative_to(ROOT).as_posix(),
)
def test_what_the_editor_writes_is_kept_as_markdown(feature: Path, field: str) -> None:
    assert cleaned_by(feature, field) & MARKDOWN


def test_the_fields_are_found() -> None:
    assert len([*fields_of_forms()]) >= 8
    assert len([*fields_of_templates()]) == 5
