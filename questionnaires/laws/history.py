"""The way an entry went, save by save; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.language.differences import Run, word_differences
from questionnaires.laws.labels import language_words
from questionnaires.laws.models import LawVersion
from questionnaires.laws.sheet import COLUMNS, cell_of, words_of

COMPARED = 10  # saves of which one opening of a law works out what they changed


@dataclass(frozen=True, slots=True)
class LawSave:
    """One save, and by column what it changed against the save before; nothing where that is not worked out.

    ``turned``: whether it took the law out of use, or into use again.
    """

    version: LawVersion
    changes: Sequence[tuple[str, Sequence[Run]]]
    is_ended: bool
    turned: bool


def steps_of(versions: Sequence[LawVersion], instruments: Mapping[str, str]) -> list[LawSave]:
    """``versions`` come with the last first, and so does the result; what changed only of the last ``COMPARED``."""
    befores: list[Mapping[str, Any]] = [*(version.content for version in versions[1:]), {}]
    pairs = list(zip(versions, befores, strict=True))
    compared = [_step(version, before, instruments) for version, before in pairs[:COMPARED]]
    return [*compared, *(LawSave(version, (), *_use(version, before)) for version, before in pairs[COMPARED:])]


def _step(version: LawVersion, before: Mapping[str, Any], instruments: Mapping[str, str]) -> LawSave:
    def words(content: Mapping[str, Any], key: str) -> str:
        return words_of(key, cell_of(content.get(key)), instruments)

    pairs = [(str(label), words(before, key), words(version.content, key)) for key, label in COLUMNS.items()]
    pairs.append((_("Files"), file_lines(before), file_lines(version.content)))
    changes = [(label, word_differences(old, new)) for label, old, new in pairs if old != new]
    return LawSave(version, changes, *_use(version, before))


def file_lines(content: Mapping[str, Any]) -> str:
    """The files that an entry had, one a line: what each is, its language and its name."""
    return "\n".join(
        " · ".join(filter(None, (file["title"], language_words(file["language"]), file["name"])))
        for file in content.get("files", ())
    )


def _use(version: LawVersion, before: Mapping[str, Any]) -> tuple[bool, bool]:
    is_ended: bool = version.content["is_ended"]
    return is_ended, is_ended != before.get("is_ended", False)


def step_since(versions: Sequence[LawVersion], seen: int, instruments: Mapping[str, str]) -> LawSave:
    """The last save against the one that somebody was shown; against nothing where there is no such.

    ``versions`` come with the last first.
    """
    before: Mapping[str, Any] = next((version.content for version in versions if version.number == seen), {})
    return _step(versions[0], before, instruments)
