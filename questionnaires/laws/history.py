"""The way an entry went, save by save; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.language.differences import Run, word_differences
from questionnaires.laws.models import LawVersion
from questionnaires.laws.sheet import COLUMNS, cell_of, words_of


@dataclass(frozen=True, slots=True)
class LawSave:
    """One save, and by column what it changed against the save before. ``ended``: what it said of its use, if that."""

    version: LawVersion
    changes: Sequence[tuple[str, Sequence[Run]]]
    is_ended: bool
    turned: bool


def steps_of(versions: Sequence[LawVersion], instruments: Mapping[str, str]) -> list[LawSave]:
    """``versions`` come with the last first, and so does the result."""
    befores: list[Mapping[str, Any]] = [*(version.content for version in versions[1:]), {}]
    return [_step(version, before, instruments) for version, before in zip(versions, befores, strict=True)]


def _step(version: LawVersion, before: Mapping[str, Any], instruments: Mapping[str, str]) -> LawSave:
    def words(content: Mapping[str, Any], key: str) -> str:
        return words_of(key, cell_of(content.get(key)), instruments)

    pairs = [(str(label), words(before, key), words(version.content, key)) for key, label in COLUMNS.items()]
    changes = [(label, word_differences(old, new)) for label, old, new in pairs if old != new]
    is_ended, was_ended = version.content["is_ended"], before.get("is_ended", False)
    return LawSave(version, changes, is_ended, is_ended != was_ended)


def step_since(versions: Sequence[LawVersion], seen: int, instruments: Mapping[str, str]) -> LawSave:
    """The last save against the one that somebody was shown; against nothing where there is no such.

    ``versions`` come with the last first.
    """
    before: Mapping[str, Any] = next((version.content for version in versions if version.number == seen), {})
    return _step(versions[0], before, instruments)
