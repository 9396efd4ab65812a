"""What each answer of a file would do to what stands in the portal; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.language.differences import Run, word_differences
from questionnaires.answers import reference_lines
from questionnaires.bringing import CITATION, AnswerRow, AskedQuestionnaire, values_of
from questionnaires.definitions import AnswerValue, Item, asked_codes
from questionnaires.offline.enums import RowState
from questionnaires.responses import EMPTY, AnswerSnapshot

_TAKEN = frozenset({RowState.NEW, RowState.CHANGED, RowState.CONFLICT})


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """An answer of the file beside the one that is stored; without ``item`` where the portal knows no such question."""

    row: AnswerRow
    state: RowState
    item: Item | None = None
    stored: AnswerSnapshot = EMPTY

    @property
    def can_be_taken(self) -> bool:
        return self.state in _TAKEN

    @property
    def is_suggested(self) -> bool:
        """Whether taking it replaces nothing that whoever wrote the file has not seen."""
        return self.can_be_taken and self.state != RowState.CONFLICT

    @property
    def choices(self) -> Sequence[Run]:
        return word_differences("\n".join(self.stored.choices), "\n".join(self.row.choices))

    @property
    def text(self) -> Sequence[Run]:
        return word_differences(self.stored.text, self.row.text)

    @property
    def citations(self) -> Sequence[Run]:
        return word_differences(reference_lines(self.stored.citations), reference_lines(self.row.citations))


def compared(
    rows: Sequence[AnswerRow],
    asked: AskedQuestionnaire,
    stored: Mapping[str, AnswerSnapshot],
    was: Mapping[str, AnswerSnapshot],
) -> list[ComparedAnswer]:
    """In the order of the file. ``was``: what stood at the saves that the file was made of, by code.

    An answer that the file gives as it was then is left as it is, whatever was saved since. What the file leaves empty
    is not in ``rows``: it stays too.
    """
    items = {item.code: item for item in asked.items}
    found = [_compared(row, items.get(row.code), stored.get(row.code, EMPTY), was.get(row.code)) for row in rows]
    values = {code: AnswerValue(each.choices, each.text, each.is_outside_competence) for code, each in stored.items()}
    values |= values_of([each.row for each in found if each.can_be_taken])
    codes = asked_codes(asked.items, values)
    return [_not_asked(each) if each.can_be_taken and each.row.code not in codes else each for each in found]


def _compared(row: AnswerRow, item: Item | None, stored: AnswerSnapshot, was: AnswerSnapshot | None) -> ComparedAnswer:
    if not row.code:
        return ComparedAnswer(row, RowState.UNKNOWN)
    if item is None:
        return ComparedAnswer(row, RowState.NOT_YOURS)
    if row.problems:
        return ComparedAnswer(row, RowState.WRONG, item, stored)
    given = content_of(row)
    if given == content_of(stored) or (was is not None and given == content_of(was)):
        state = RowState.SAME
    elif content_of(stored) == content_of(EMPTY):
        state = RowState.NEW
    else:
        state = RowState.CHANGED if row.base == stored.revision else RowState.CONFLICT
    return ComparedAnswer(row, state, item, stored)


def content_of(answer: AnswerRow | AnswerSnapshot) -> tuple[Any, ...]:
    """What a file can say of an answer."""
    citations = [tuple(citation.get(name, "") for name in CITATION) for citation in answer.citations]
    return tuple(answer.choices), answer.text, tuple(citations)


def _not_asked(answer: ComparedAnswer) -> ComparedAnswer:
    problems = {"code": _("This question is not asked, given the answers above it.")}
    return replace(answer, row=replace(answer.row, problems=problems), state=RowState.WRONG)


def counted(answers: Iterable[ComparedAnswer]) -> dict[RowState, int]:
    """All states, in their order."""
    counts = Counter(answer.state for answer in answers)
    return {state: counts[state] for state in RowState}
