"""Each word of the domain that the code uses has a row in docs/glossary.md, and one meaning."""

import re
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
NO_FEATURES = {"management", "migrations", "templatetags"}
# Any dictionary says what these are, and they mean nothing else here.
PLAIN = set(
    """
    algorithm api core course day definition demo file hour lifecycle line link mail model notice overview partial
    participant people planned portal preparation reading search sign simulation supplement user web
""".split()
)
# No name of a feature or of a model, and yet not to be guessed.
TERMS = (
    "audit name", "canary", "capacity", "chain", "clock", "database identity", "declaration", "door", "drawer",
    "errand", "grant", "kind", "layout", "locator", "milestone", "mould", "phase", "piece", "place", "policy",
    "proposal", "pulse", "reauthentication", "record of acts", "relation to a State", "revision", "room",
    "row-level security", "scene", "shared table", "side", "stage", "standing", "step", "unsaved input", "version",
    "walk", "word count",
)  # fmt: skip


def rows() -> list[str]:
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    return [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]


def singular(word: str) -> str:
    word = word.lower()
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def words_of(text: str) -> set[str]:
    return {singular(word) for word in re.findall(r"[A-Za-z]+", text)}


def words_without_row(names: set[str], terms: list[str]) -> set[str]:
    known = {word for term in terms for word in words_of(term)}
    return {word for name in names for word in words_of(name)} - known - PLAIN


def features() -> set[str]:
    found = {path.parent.name for app in APPS for path in (ROOT / app).glob("*/__init__.py")}
    return (found - NO_FEATURES) | set(APPS)


def models() -> set[str]:
    ours = {model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS}
    return {" ".join(re.findall(r"[A-Z][a-z]*", model.__name__)) for model in ours}


def test_the_words_of_every_feature_and_model_have_rows() -> None:
    assert words_without_row(features() | models(), rows()) == set()


def test_every_term_of_the_code_has_a_row_of_its_own() -> None:
    named = {re.sub(r" \(.*\)", "", row).lower() for row in rows()}
    assert [term for term in TERMS if term.lower() not in named] == []


def test_what_is_plain_is_still_used() -> None:
    assert words_without_row(set(PLAIN), []) == set()
    used = {word for name in features() | models() for word in words_of(name)}
    assert PLAIN - used == set()


def test_a_word_without_a_row_is_found() -> None:
    assert words_without_row({"reviews", "hat_rooms", "Worn Hats"}, ["review", "room (of the code)"]) == {"hat", "worn"}
