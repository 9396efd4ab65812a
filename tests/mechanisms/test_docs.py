"""``docs/mechanisms.md`` tells each file and each key that a mechanism is written with."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "fixtures" / "mechanisms").glob("*/mechanism.json"))
TOLD = set(re.findall(r"`([\w-]+)`", (ROOT / "docs" / "mechanisms.md").read_text("utf-8")))
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
IN_ALL_FOLDERS = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def keys_in(node: Any) -> set[str]:
    """The keys of rows; texts by language and evidence are told once for all."""
    if isinstance(node, list):
        return {key for each in node for key in keys_in(each)}
    if not isinstance(node, dict) or node.keys() <= LANGUAGES:
        return set()
    return {key for key in node if "evidence" not in key} | {key for each in node.values() for key in keys_in(each)}


def test_all_that_are_shipped_are_looked_at() -> None:
    assert {"dark-skies", "untoc"} <= {folder.name for folder in FOLDERS}


@IN_ALL_FOLDERS
def test_every_key_of_the_rules_is_told(folder: Path) -> None:
    data = json.loads((folder / "mechanism.json").read_text("utf-8"))
    of_instruments = {row["slug"] for row in data["instruments"]}
    assert keys_in(data) - of_instruments - TOLD == set()


def test_every_key_of_the_reading_lists_is_told() -> None:
    lists = [folder / "reading_list.json" for folder in FOLDERS if (folder / "reading_list.json").exists()]
    assert lists
    for path in lists:
        assert keys_in(json.loads(path.read_text("utf-8"))) - TOLD == set()


def test_every_column_of_the_adherences_is_told() -> None:
    files = [folder / "adherences.csv" for folder in FOLDERS if (folder / "adherences.csv").exists()]
    assert files
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            assert set(next(csv.reader(file))) - TOLD == set()


@IN_ALL_FOLDERS
def test_every_file_is_told(folder: Path) -> None:
    words = (ROOT / "docs" / "mechanisms.md").read_text("utf-8")
    names = {path.name for path in folder.glob("*.*")} | {"questionnaires/*.json"}
    assert {name for name in names if f"`{name}`" not in words} == set()


@IN_ALL_FOLDERS
@pytest.mark.parametrize("name", ["mechanism.json", "blueprints.json"])
def test_every_text_is_there_in_english_and_arabic(folder: Path, name: str) -> None:
    def texts(node: Any) -> list[dict[str, str]]:
        if isinstance(node, list):
            return [text for each in node for text in texts(each)]
        if not isinstance(node, dict):
            return []
        return [node] if "en" in node else [text for each in node.values() for text in texts(each)]

    found = texts(json.loads((folder / name).read_text("utf-8")))
    assert found
    assert [text for text in found if not text.keys() >= {"ar", "en"} or not all(text.values())] == []
