"""The way an answer went, save by save."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.language.differences import Run, word_differences
from questionnaires.progress import AnswerSnapshot
from questionnaires.responses.models import AnswerRevision


@dataclass(frozen=True, slots=True)
class AnswerSave:
    """One save and what it changed against the save before (for a conflict: against what it was written on)."""

    revision: AnswerRevision | AnswerSnapshot
    choices: Sequence[Run]
    text: Sequence[Run]
    citations: Sequence[Run]
    competence: Sequence[Run]

    @property
    def is_empty(self) -> bool:
        given = self.revision
        return not (given.choices or given.text or given.citations or given.is_outside_competence)


def steps_of(revisions: Iterable[AnswerRevision]) -> list[AnswerSave]:
    """Compare each save with the one it was made on; ``revisions`` come with the last first, and so does the result."""
    ordered = list(revisions)
    stored = {revision.number: revision for revision in ordered if not revision.is_conflict}
    return [compared(revision, stored.get(_base_of(revision))) for revision in ordered]


def _base_of(revision: AnswerRevision) -> int:
    """The number of the save that it was made on; a conflict carries that number itself."""
    return revision.number if revision.is_conflict else revision.number - 1


def compared(revision: AnswerRevision | AnswerSnapshot, base: AnswerRevision | AnswerSnapshot | None) -> AnswerSave:
    """What an answer is at one save, or now, against what it was at another."""
    return AnswerSave(
        revision=revision,
        choices=word_differences(_lines(base.choices) if base else "", _lines(revision.choices)),
        text=word_differences(base.text if base else "", revision.text),
        citations=word_differences(_references(base), _references(revision)),
        competence=word_differences(_competence(base), _competence(revision)),
    )


def _competence(revision: AnswerRevision | AnswerSnapshot | None) -> str:
    return _("Not within our competence") if revision and revision.is_outside_competence else ""


def _lines(choices: Sequence[str]) -> str:
    return "\n".join(choices)


def _references(revision: AnswerRevision | AnswerSnapshot | None) -> str:
    return reference_lines(revision.citations) if revision else ""


def reference_lines(citations: Iterable[Mapping[str, str]]) -> str:
    """Legal references as they are compared: a line each."""
    parts = ((citation.get(name, "") for name in ("law", "provision", "link")) for citation in citations)
    return _lines([", ".join(filter(None, words)) for words in parts])
