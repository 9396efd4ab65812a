"""Milestones and steps are found by kind: their slugs are data of the files, and of tests and the demo."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "config", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
WITHOUT = ("portal/demo/",)
MECHANISM = json.loads((ROOT / "fixtures" / "mechanisms" / "untoc" / "mechanism.json").read_text("utf-8"))
MILESTONES = {row["slug"] for row in MECHANISM["step_plan"]}
STEPS = {row["slug"] for row in MECHANISM["steps"]}
# Slugs that are words of any kind ("summary") stand in many other places: there, only what is done with them tells.
TELLING = MILESTONES | {slug for slug in STEPS if "_" in slug}
# News to a person, whose stored word happens to be the same.
OTHERWISE = {("reviews/cases/enums.py", "feedback_sent")}


def modules() -> Iterator[tuple[str, str]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "migrations" not in path.parts and not name.startswith(WITHOUT):
                yield name, path.read_text("utf-8")


def is_slug(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="slug"):
            return True
        case ast.Call(func=ast.Name(id="advance")):
            return True
        case ast.keyword(arg=str(name)):
            return name == "slug" or name.endswith("__slug") or name == "to_slug"
    return False


def slugs_in(source: str) -> Iterator[str]:
    """Slugs of milestones and steps that a module names."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(value)) if value in TELLING:
                yield value
            case ast.Compare(left=left, comparators=right) if any(is_slug(each) for each in (left, *right)):
                yield from (step for each in (left, *right) if (step := step_in(each)))
            case ast.Call(args=values) if is_slug(node):
                yield from (step for each in values if (step := step_in(each)))
            case ast.keyword(value=value) if is_slug(node) and (step := step_in(value)):
                yield step


def step_in(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) and node.value in STEPS - TELLING else ""


def test_no_module_names_a_milestone_or_a_step() -> None:
    found = {(name, slug) for name, source in modules() for slug in slugs_in(source)}
    assert found == OTHERWISE


def test_what_names_one_is_found() -> None:
    source = """
reach_milestone(review, "answers_sent", day)
advance(actor, review, "dialogue")
if review.step.slug == "summary": ...
Step.objects.filter(step__slug="closed")
name = "observations"
"""
    assert sorted(slugs_in(source)) == ["answers_sent", "closed", "dialogue", "summary"]
