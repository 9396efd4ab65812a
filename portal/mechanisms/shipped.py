"""Folders of mechanisms as files by name: what they hold in figures, and what another mechanism may begin with."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.language.i18n import code_in_files
from portal.mechanisms.checking.archive import ADHERENCES, BLUEPRINTS, LINKS, READING, RULES
from reviews.programme.enums import EvidenceMark

Files = Mapping[str, str]
# What a new mechanism begins with; all else is its own (instruments, articles, clusters, phases).
_GENERIC = (
    "review_groups", "steps", "step_plan_version", "step_plan", "observation_headings", "reminder_rules", "limits",
    "draw_rules",
)  # fmt: skip
_OF_INSTRUMENTS = "short_"  # of fixed words: what the mechanism that they come from calls its instruments


def read_folder(folder: Path) -> Files:
    """The files that a mechanism is loaded from."""
    names = [RULES, BLUEPRINTS, READING, ADHERENCES, LINKS]
    paths = [folder / name for name in names] + sorted((folder / "questionnaires").glob("*.json"))
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in paths if path.exists()}


@contextmanager
def as_folder(files: Files) -> Iterator[Path]:
    """A folder with these files, whose names were checked, for as long as it is read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "questionnaires").mkdir()
        for each, text in files.items():
            (folder / each).write_text(text, encoding="utf-8", newline="")
        yield folder


def text_in(texts: Mapping[str, Any], language: str) -> str:
    """A text of a file in a language, or else in English."""
    return str(texts.get(code_in_files(language)) or texts["en"])


def figures_of_files(files: Files) -> dict[str, int]:
    rules = json.loads(files[RULES])
    questionnaires = [json.loads(text) for name, text in files.items() if name.startswith("questionnaires/")]
    sections = [section for each in questionnaires for part in each["parts"] for section in part["sections"]]
    return {
        "instruments": len(rules["instruments"]),
        "clusters": len(rules["clusters"]),
        "questions": sum(len(item["number"]) == 1 for section in sections for item in section["items"]),
        "steps": len(rules["steps"]),
    }


def empty_files(like: Files, *, slug: str, name: Mapping[str, str], short_name: Mapping[str, str], note: str) -> Files:
    """A mechanism without instruments, with the steps, plan, limits, rules, headings and words of another one.

    Where they come from is said in ``note``: what was evidence for that mechanism is none for this one.
    """
    given = json.loads(like[RULES])
    rules: dict[str, Any] = {"slug": slug, "name": name, "short_name": short_name}
    rules |= {key: [] for key in ("instruments", "other_instruments", "articles", "clusters", "phases")}
    rules |= {key: _inferred(given[key], note) for key in _GENERIC}
    rules |= {key: given[key] for key in ("words", "symbol_shapes") if key in given}
    rules["public_status"] = {"is_open": False, **_evidence(note)}
    words = {
        kind: {key: _inferred(row, note) for key, row in rows.items() if not key.startswith(_OF_INSTRUMENTS)}
        for kind, rows in json.loads(like[BLUEPRINTS]).items()
        if isinstance(rows, dict) and kind in {"list_of_observations", "summary"}
    }
    return {RULES: as_text(rules), BLUEPRINTS: as_text(words)}


def as_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _evidence(note: str) -> dict[str, str]:
    return {"evidence": EvidenceMark.INFERENCE.value, "evidence_note": note}


def _inferred(node: Any, note: str) -> Any:
    if isinstance(node, list):
        return [_inferred(each, note) for each in node]
    if "evidence" in node:
        known = {key: value for key, value in node.items() if not key.endswith(("evidence", "evidence_note"))}
        return {**known, **_evidence(note)}
    return node
