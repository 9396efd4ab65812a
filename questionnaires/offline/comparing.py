"""What each answer of a file would do to what stands in the portal; pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.language.differences import Run, word_differences
from questionnaires.answers import reference_lines
from questionnaires.bringing import CITATION, AnswerRow, AskedQuestionnaire, values_of
from questionnaires.definitions import AnswerValue, Item, asked_codes
from questionnaires.offline.enums import RowState
from questionnaires.progress import EMPTY, AnswerSnapshot

_TAKEN = frozenset({RowState.NEW, RowState.CHANGED, RowState.CONFLICT})


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """An answer of the file beside the one that is stored; without ``item`` where the portal knows no such question."""

    row: AnswerRow
    state: RowState
    item: Item | None = None
    stored: AnswerSnapshot = EMPTY
    hangs: bool = False  # asked only if an answer is taken that is in conflict

    @property
    def can_be_taken(self) -> bool:
        return self.state in _TAKEN

    @property
    def is_suggested(self) -> bool:
        """Whether taking it replaces nothing that whoever wrote the file has not seen."""
        return self.can_be_taken and self.state != RowState.CONFLICT and not self.hangs

    def differences(self) -> dict[str, Sequence[Run]]:
        """What taking it would change, word by word."""
        old, new = self.stored, self.row
        return {
            "choices": word_differences("\n".join(old.choices), "\n".join(new.choices)),
            "text": word_differences(old.text, new.text),
            "citations": word_differences(reference_lines(old.citations), reference_lines(new.citations)),
        }


def compared(
    rows: Sequence[AnswerRow],
    asked: AskedQuestionnaire,
    stored: Mapping[str, AnswerSnapshot],
    was: Mapping[str, AnswerSnapshot],
) -> list[ComparedAnswer]:
    """In the order of the file. ``was``: what stood at the saves that the file was made of, by code.

    An answer that the file gives as it was then is left as it is, whatever was saved since. What the file leaves empty
    stays too, be it a whole answer, which is not in ``rows``, or a part of one.
    """
    items = {item.code: item for item in asked.items}
    wrong = {row.code for row in rows if row.problems}
    found = [
        _compared(_named(row, wrong), items.get(row.code), stored.get(row.code, EMPTY), was.get(row.code))
        for row in rows
    ]
    values = {code: AnswerValue(each.choices, each.text, each.is_outside_competence) for code, each in stored.items()}
    taken = [values_of([each.row for each in found if each.is_suggested])]
    taken.append(values_of([each.row for each in found if each.can_be_taken]))
    suggested, possible = (asked_codes(asked.items, values | some) for some in taken)
    return [_as_asked(each, suggested, possible) if each.can_be_taken else each for each in found]


def _named(row: AnswerRow, wrong: Collection[str]) -> AnswerRow:
    """A question with anything wrong is not taken in part: what is right of it would replace the rest."""
    if row.problems or not row.code or row.code not in wrong:
        return row
    return replace(row, problems={"code": _("Another row of this question is wrong.")})


def _as_asked(answer: ComparedAnswer, suggested: Collection[str], possible: Collection[str]) -> ComparedAnswer:
    code = answer.row.code
    if code in suggested:
        return answer
    return replace(answer, hangs=True) if code in possible else _not_asked(answer)


def filled_up(row: AnswerRow, stored: AnswerSnapshot) -> AnswerRow:
    """With what stands here where the file leaves something empty: it deletes nothing."""
    return replace(
        row,
        choices=row.choices or stored.choices,
        text=row.text or stored.text,
        citations=row.citations or stored.citations,
    )


def _compared(row: AnswerRow, item: Item | None, stored: AnswerSnapshot, was: AnswerSnapshot | None) -> ComparedAnswer:
    if not row.code:
        return ComparedAnswer(row, RowState.UNKNOWN)
    if item is None:
        return ComparedAnswer(row, RowState.NOT_YOURS)
    if row.problems:
        return ComparedAnswer(row, RowState.WRONG, item, stored)
    if was is not None and content_of(filled_up(row, was)) == content_of(was):
        return ComparedAnswer(row, RowState.SAME, item, stored)
    row = filled_up(row, stored)
    if content_of(row) == content_of(stored):
        state = RowState.SAME
    elif row.is_of_another or stored.revision not in {0, row.base}:
        state = RowState.CONFLICT
    else:
        is_empty = content_of(stored) == content_of(EMPTY) and not stored.is_outside_competence
        state = RowState.NEW if is_empty else RowState.CHANGED
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
