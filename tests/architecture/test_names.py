"""One name, one thing: no class is called as another one is, and no word of a few people's own comes back."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "config", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
# Django looks for classes of these names: what a model or a form says of itself, and what a command is.
NAMED_BY_DJANGO = {"Command", "Media", "Meta"}
# What fields of work have a term for: capacity, compute.
PRIVATE_WORDS = {"hat", "hats", "reckon", "reckoned", "reckoner", "reckoning"}
# These say nothing of what a module or a class holds: identity, unsaved_input, messages, word_counts, reauthentication;
# what stands is a standing version, proposal or consent, and everything else has a status, an agreement, a relation.
PRIVATE_MODULES = {"acting", "letters", "recent", "standing", "standings", "trail", "typed", "words"}
PRIVATE_NAMES = {"ActingMiddleware", "Letter", "Standing", "Typed", "acting", "acting_as", "typed_into"}
_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def classes_named_twice(paths: Iterable[Path]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in NAMED_BY_DJANGO:
                found[node.name].append(f"{path}:{node.lineno}")
    return {name: places for name, places in found.items() if len(places) > 1}


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.alias(name=name):
                yield from name.split(".")


@cache  # a name stands in many places
def private_words(name: str) -> set[str]:
    parts = {part.lower() for part in _PARTS.findall(name)}
    return parts & PRIVATE_WORDS | {name} & PRIVATE_NAMES


def test_no_two_classes_have_one_name() -> None:
    assert classes_named_twice(modules(*APPS, "tools")) == {}


def test_no_private_word_comes_back() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in modules(*APPS, "tools", "tests")
        for name in identifiers(ast.parse(path.read_text("utf-8")))
        for word in private_words(name)
    }
    assert found == set()


def test_no_module_is_called_by_a_private_word() -> None:
    called = {path for path in modules(*APPS, "tools") if path.stem in PRIVATE_MODULES or private_words(path.stem)}
    assert called == set()


def test_these_checks_find_what_they_look_for(tmp_path: Path) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("class Place:\n    class Meta: ...\n\ndef hat_of(wornHat): ...\n")
    two.write_text("class Place:\n    class Meta: ...\n\nclass Typed: ...\nself.reckoning = what_that_chat\n")
    assert classes_named_twice([one, two]) == {"Place": [f"{one}:1", f"{two}:1"]}
    found: dict[str, list[str]] = defaultdict(list)
    for path in (one, two):
        for name in identifiers(ast.parse(path.read_text())):
            found[name] += sorted(private_words(name))
    assert {name for name, words in found.items() if words} == {"hat_of", "wornHat", "Typed", "reckoning"}
